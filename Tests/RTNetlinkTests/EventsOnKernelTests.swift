import CMnl
import RTNetlink
import TestSupport
import Testing

@testable import Netlink

/// The kernel announces changes to those who subscribe.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct EventsOnKernelTests {
  /// The events up to the deletion of the link `v0`, a word for each.
  private static func events(of socket: inout EventSocket) throws -> [String] {
    var words: [String] = []
    while words.last != "-v0" {
      try socket.read { message, namespace in
        #expect(namespace == nil)
        message.withLink { words.append(($0.isDeleted ? "-" : "+") + ($0[.name]?.description ?? "")) }
        message.withAddress {
          words.append(($0.isDeleted ? "-" : "+") + ($0[.label]?.description ?? "") + "/\($0.prefixLength)")
        }
        if NamespaceID(message) != nil { words.append("nsid") }
      }
    }
    return words
  }

  /// Creates a pair, adds an address and deletes the pair.
  private static func change(_ socket: inout NetlinkSocket) throws {
    try socket.makePair("v0", "v1")
    var address = AddressSettings("10.0.0.1/24", linkIndex: try socket.existingIndex(of: "v0"))
    address.set(label: Array("v0".utf8))
    try socket.addAddress(address)
    try socket.deleteLink(.name("v0"))
  }

  @Test("links and addresses are announced in their order")
  func everything() async throws {
    let words = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var events = try EventSocket.open(.route, [.links, .ipv4Addresses, .ipv6Addresses])
      try Self.change(&socket)
      return try Self.events(of: &events)
    }
    // The peer is created first. Its deletion may be announced before or behind.
    #expect(words.filter { $0 != "-v1" } == ["+v1", "+v0", "+v0/24", "-v0/24", "-v0"])
  }

  @Test("other groups are not announced")
  func some() async throws {
    let words = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var events = try EventSocket.open(.route, .links)
      try Self.change(&socket)
      return try Self.events(of: &events)
    }
    #expect(!words.contains { $0.contains("/") })
  }

  @Test("groups have the numbers of linux/rtnetlink.h")
  func groups() {
    let groups: [EventGroups] = [.links, .ipv4Addresses, .ipv6Addresses, .namespaceIDs]
    #expect(
      groups.map(\.rawValue) == [RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR, 1 << 27].map { UInt32($0) })
    #expect(EventGroups(number: 32).rawValue == 1 << 31)
  }

  @Test("the loss of events is an error")
  func overrun() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var events = try EventSocket.open(.route, .links)
      events.setReceiveBuffer(1)
      try Self.change(&socket)
      let reason = failure { () throws(NetlinkError) in
        for _ in 0..<9 { try events.read { _, _ in } }
      }
      #expect(reason == "recvmsg: errno 105")  // ENOBUFS
    }
  }

  @Test("waiting ends when an event can be read, or when the time is over")
  func wait() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var events = try EventSocket.open(.route, .links)
      #expect(try events.wait(milliseconds: 0) == false)
      #expect(try events.wait(milliseconds: 1) == false)
      try socket.makePair("v0", "v1")
      #expect(try events.wait(milliseconds: nil))
      #expect(try events.wait(milliseconds: 0))
      var count = 0
      while try events.wait(milliseconds: 0) { try events.read { _, _ in count += 1 } }
      #expect(count == 2)
    }
  }

  @Test("the id of a namespace is announced, and listed")
  func ids() async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var events = try EventSocket.open(.route, .namespaceIDs)
      let namespace = try Namespace.open(pid: sleeper.pid)
      let id = try socket.assignedNamespaceID(of: namespace)
      var announced: NamespaceID?
      try events.read { message, _ in announced = NamespaceID(message) }
      #expect(announced?.number == id && announced?.isDeleted == false && announced?.description == "nsid:\(id)")
      #expect(try socket.namespaceIDs().map(\.number) == [id])
      #expect(try socket.assignedNamespaceID(of: namespace) == id)
    }
  }

  @Test("events of a namespace with an id have the id")
  func allNamespaces() async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      let namespace = try Namespace.open(pid: sleeper.pid)
      let id = try socket.assignedNamespaceID(of: namespace)
      var events = try EventSocket.open(.route, .links)
      try events.listenToAllNamespaces()
      var inside = try EventSocket.open(.route, .links, in: namespace)
      var other = try NetlinkSocket.open(.route, in: namespace)
      try other.makePair("v2", "v3")
      try socket.makePair("v0", "v1")
      var found: [String] = []
      while found.count < 4 {
        try events.read { message, namespace in
          message.withLink { found.append("\($0[.name]?.description ?? "") \(namespace.map { "\($0)" } ?? "own")") }
        }
      }
      #expect(found == ["v3 \(id)", "v2 \(id)", "v1 own", "v0 own"])
      found = []
      while found.count < 2 { try inside.read { message, id in found.append(id == nil ? "own" : "other") } }
      #expect(found == ["own", "own"])
      #expect(try inside.wait(milliseconds: 0) == false)
    }
  }
}
