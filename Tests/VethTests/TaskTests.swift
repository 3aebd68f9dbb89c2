import Foundation
import Netlink
import RTNetlink
import SystemCalls
import TestSupport
import Testing
import Veth

/// One runnable example for each task, in a namespace of its own; the container is a process that sleeps in another.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct TaskTests {
  private func withContainer(_ body: @Sendable (Int32) throws -> Void) async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run { try body(sleeper.pid) }
  }

  private static func namespace(of process: Int32) throws -> Namespace {
    try .at(path: Array("/proc/\(process)/ns/net".utf8))
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func pair(_ process: Int32, mtu: UInt32) throws -> NewPair {
    let host = try PairEnd(bytes("web0"), in: .current())
    host.later.isUp = true
    let guest = try PairEnd(bytes("eth0"), in: namespace(of: process))
    guest.set(bytes("mtu")) { $0.set(.mtu, to: mtu) }
    guest.later.isUp = true
    guest.later.addresses = [EndAddress(prefix("10.0.0.2", 24))]
    return NewPair(host, guest)
  }

  private static func prefix(_ text: String, _ length: UInt8) -> IPPrefix {
    IPPrefix(address: IPAddress(text.split(separator: ".").map { UInt8($0)! })!, length: length)
  }

  @Test("make a pair, or mend the one that is there")
  func ensure() async throws {
    try await withContainer { process in
      guard case .created = try Self.pair(process, mtu: 1400).ensure() else { throw Missing() }
      guard case .unchanged = try Self.pair(process, mtu: 1400).ensure() else { throw Missing() }
      guard case .changed(let words) = try Self.pair(process, mtu: 512).ensure() else { throw Missing() }
      #expect(words == [Self.bytes("mtu")])
      let error = #expect(throws: PairError.self) { try Self.pair(process, mtu: 1400).make() }
      #expect(error?.kernelErrno == .fileExists && error?.isRemoved == nil)
    }
  }

  @Test("find the other end, and who is there")
  func survey() async throws {
    try await withContainer { process in
      try Self.pair(process, mtu: 1400).make()
      var kernel = try NetlinkSocket.open()
      let survey = try PairSurvey(&kernel)
      let places = try NamespaceSurvey(survey.namespaces, &kernel)
      let pair = try #require(survey.pairs.first)
      #expect(survey.pairs.count == 1 && pair.hasPeer)
      survey.withOwn(pair) { #expect($0[.name] == "web0") }
      survey.withPeer(pair) { #expect($0[.name] == "eth0") }
      let id = try #require(pair.peerNamespace)
      #expect(places.place(id)?.processes == [process])
      #expect(ProcessFacts.command(of: process) == Self.bytes("sleep"))
      switch NamespaceSurvey.namespace(id) {
      case .some(let found): #expect(found.number == (try Self.namespace(of: process)).number)
      case nil: throw Missing()
      }
    }
  }

  @Test("of a namespace that is going, nothing is told")
  func goingNamespace() async throws {
    try await PrivateNamespace.run {
      // The kernel gives it the id -1, which all have that nobody knows.
      var kernel = try NetlinkSocket.open()
      let place = try #require(try NamespaceSurvey([-1], &kernel).place(-1))
      #expect(place.name == nil && place.processes.isEmpty)
    }
  }

  @Test("attach a container to a bridge, and detach it")
  func attach() async throws {
    try await withContainer { process in
      var kernel = try NetlinkSocket.open()
      var bridge = LinkRequest.add()
      bridge.set(.name, to: "br0")
      bridge.set(.up, on: true)
      bridge.setKind(Bridge.kind) { _ in }
      try kernel.send(&bridge)
      let attachment = try Attachment(to: Self.namespace(of: process))
      attachment.bridge = Self.bytes("br0")
      attachment.add(Self.prefix("10.0.0.2", 24))
      attachment.gateways = [Self.prefix("10.0.0.1", 24).address]
      try attachment.make()
      #expect(attachment.hostName == Self.bytes("veth0") && attachment.hostIndex > 0 && attachment.index > 0)
      try Attachment.remove(Self.bytes("eth0"), from: Self.namespace(of: process))
      let error = #expect(throws: NetlinkError.self) {
        try Attachment.remove(Self.bytes("eth0"), from: Self.namespace(of: process))
      }
      #expect(error?.errno == .operationNotSupportedByDevice && kernel.index(of: Self.bytes("veth0")) == nil)
    }
  }

  @Test("delete many at once")
  func delete() async throws {
    try await PrivateNamespace.run {
      var kernel = try NetlinkSocket.open()
      let names = (0..<20).map { Self.bytes("many\($0)") }
      for name in names {
        let peer = Self.bytes("peer-") + name
        try NewPair(PairEnd(name, in: .current()), PairEnd(peer, in: .current())).make()
      }
      let refusals = LinkDeletion.delete(names + [Self.bytes("lo"), Self.bytes("many0")], ofKind: Veth.kind, &kernel)
      #expect(refusals.map(\.name) == [Self.bytes("lo")])
      guard case .otherKind = try #require(refusals.first).reason else { throw Missing() }
      #expect(names.allSatisfy { kernel.index(of: $0) == nil })
    }
  }

  @Test("wait for a link")
  func wait() async throws {
    try await withContainer { process in
      let arrival = try LinkWait(for: Self.bytes("eth0"), toBe: .addr, in: Self.namespace(of: process))
      #expect(try !arrival.wait(milliseconds: 0))
      try Self.pair(process, mtu: 1400).make()
      #expect(try arrival.wait(milliseconds: 10_000))
      #expect(try LinkWait(for: Self.bytes("eth0"), toBe: .gone, in: .current()).wait(milliseconds: 0))
    }
  }
}

extension PairError {
  fileprivate var kernelErrno: Errno? {
    if case .kernel(let error) = reason { return error.errno }
    return nil
  }
}
