import Foundation
import Netlink
import RTNetlink
import TestSupport
import Testing
import Veth

/// A private namespace, and another one in which a process sleeps: the host and the container of a test.
struct Laboratory: Sendable {
  let sleeper: Sleeper
  let container: Namespace

  /// Calls `body` in the private namespace.
  static func run(_ body: @Sendable (Laboratory) throws -> Void) async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      try body(Laboratory(sleeper: sleeper, container: try .open(pid: sleeper.pid)))
    }
  }

  /// A socket in the host's namespace.
  func host() throws(NetlinkError) -> NetlinkSocket { try .open(.route) }

  /// A socket in the container's namespace.
  func guest() throws(NetlinkError) -> NetlinkSocket { try .open(.route, in: container) }

  /// An end in the host's namespace.
  func hostEnd(_ name: LinkName = "web0", _ set: (PairEnd) -> Void = { _ in }) throws(NetlinkError) -> PairEnd {
    let end = try PairEnd(name, in: .current())
    set(end)
    return end
  }

  /// An end in the container's namespace.
  func guestEnd(_ name: LinkName = "eth0", _ set: (PairEnd) -> Void = { _ in }) throws(NetlinkError) -> PairEnd {
    let end = try PairEnd(name, in: container)
    set(end)
    return end
  }

  /// Creates a bridge in the host's namespace, whose MTU and MAC address do not follow those of the ports.
  func makeBridge(_ name: LinkName = "br0", mtu: UInt32 = 1500) throws {
    var socket = try host()
    var settings = LinkSettings(name: name, kind: Bridge.kind)
    settings[.address] = .random
    settings.isUp = true
    try socket.createLink(settings)
    // The kernel takes a change, and not the present value, for a setting by the user.
    for mtu in [mtu - 1, mtu] {
      settings = LinkSettings()
      settings[.mtu] = mtu
      try socket.changeLink(.name(name), settings)
    }
  }

  /// Changes a link in the host's namespace.
  func change(_ name: LinkName, _ settings: LinkSettings) throws(NetlinkError) {
    var socket = try host()
    try socket.changeLink(.name(name), settings)
  }

  /// Holds a port of rtnetlink in a namespace, as another process does.
  func holdPort(_ port: UInt32, in namespace: Namespace) throws(NetlinkError) -> PortHolder {
    PortHolder(try .open(.route, in: namespace, port: port))
  }

  /// The links, addresses and routes of both namespaces, a line each: all that a pair has to do with.
  func state() throws -> [String] {
    var lines = try Self.state("host", in: .current())
    lines += try Self.state("container", in: container)
    return lines
  }

  /// Records an issue where the state is not as before.
  func expectUnchanged(since before: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let changes = try changes(since: before)
    #expect(changes == [], sourceLocation: sourceLocation)
  }

  /// The lines of the state that are not as before.
  func changes(since before: [String]) throws -> [String] {
    let after = try state()
    return before.filter { !after.contains($0) }.map { "- \($0)" }
      + after.filter { !before.contains($0) }.map { "+ \($0)" }
  }

  private static func state(_ word: String, in namespace: Namespace) throws -> [String] {
    var socket = try NetlinkSocket.open(.route, in: namespace)
    var names: [Int32: KernelName] = [:]
    var lines = try socket.collectLinks(.dump()) { link -> String? in
      names[link.index] = link.name
      // Of the flags, the administrative ones: the state of the carrier follows later.
      let flags = link.flags.subtracting([.running, .lowerUp])
      let alternativeNames = link.alternativeNames.map { "\($0)" }.sorted()
      var words = ["\(link.index) \(link.name) <\(flags)> \(link[.address].map { "\($0)" } ?? "")"]
      words.append("mtu \(link[.mtu] ?? 0) group \(link[.group] ?? 0) master \(link[.master] ?? 0)")
      words.append(
        "txqueuelen \(link[.transmitQueueLength] ?? 0) alias \(link[.alias] ?? "") altnames \(alternativeNames)")
      words.append("addrgenmode \(link[.addressGenerationMode].map { "\($0)" } ?? "")")
      words.append("gso_max_size \(link[.gsoMaxSize] ?? 0)")
      words.append("cost \(link[BridgePort.cost] ?? 0) hairpin \(link[BridgePort.hairpin] ?? 0)")
      return "\(word): \(words.joined(separator: ", "))"
    }
    var addresses: [String] = []
    try socket.addresses(.dump()) { address in
      let kinds = (address.prefix.map { "\($0)" } ?? "", address.peer.map { "\($0)" } ?? "")
      // The kernel makes link-local addresses by itself, whenever the carrier comes.
      if kinds.0.hasPrefix("fe80:") { return }
      let lifetime = address[.lifetime] ?? AddressLifetime()
      addresses.append(
        "\(word): \(names[address.linkIndex] ?? "?") \(kinds) broadcast \(address[.broadcast].map { "\($0)" } ?? "") "
          + "scope \(address.scope) label \(address[.label].map { "\($0)" } ?? "") metric \(address[.metric] ?? 0) "
          + "flags \(address.flags.subtracting(.tentative).rawValue) forever \(lifetime == AddressLifetime())")
    }
    lines += addresses.sorted()
    let routes = try namespace.run { () throws(NetlinkError) in
      (try? String(contentsOfFile: "/proc/thread-self/net/route", encoding: .utf8)) ?? ""
    }
    lines += routes.split(separator: "\n").dropFirst().map { line in
      // Interface, destination, gateway, metric and mask; not the counters.
      let columns = line.split(separator: "\t").map { $0.trimmingCharacters(in: .whitespaces) }
      return "\(word): route \([0, 1, 2, 6, 7].map { columns[$0] })"
    }.sorted()
    return lines
  }

  /// The IPv6 routes of the container, as hexadecimal numbers.
  func ipv6Routes() throws -> [String] {
    let routes = try container.run { () throws(NetlinkError) in
      (try? String(contentsOfFile: "/proc/thread-self/net/ipv6_route", encoding: .utf8)) ?? ""
    }
    return routes.split(separator: "\n").map(String.init)
  }

  /// A setting of the kernel for the container.
  func setting(_ path: String) throws -> String {
    try container.run { () throws(NetlinkError) in
      (try? String(contentsOfFile: "/proc/sys/net/\(path)", encoding: .utf8)) ?? ""
    }.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Changes a setting of the kernel for a namespace; nil for the container.
  func set(_ path: String, to value: String, in namespace: Namespace? = nil) throws {
    let isWritten = try (namespace ?? container).run { () throws(NetlinkError) in
      guard let file = FileHandle(forWritingAtPath: "/proc/sys/net/\(path)") else { return false }
      return (try? file.write(contentsOf: Data(value.utf8))) != nil
    }
    if !isWritten { throw Missing() }
  }
}

/// A socket that holds its port as long as this object lives.
final class PortHolder {
  private let socket: NetlinkSocket

  init(_ socket: consuming NetlinkSocket) { self.socket = socket }
}

/// A process that can be ended before the end of the test.
final class ProcessOwner: @unchecked Sendable {  // used by one test, one step after the other
  private var sleeper: Sleeper?
  let pid: pid_t

  init(_ sleeper: Sleeper) {
    self.sleeper = sleeper
    pid = sleeper.pid
  }

  /// Ends the process.
  func end() { sleeper = nil }
}

/// The sentence of the `PairError` that `body` throws; nil where `body` throws none.
func sentence<Result>(of body: () throws -> Result) throws -> String? {
  do {
    _ = try body()
    return nil
  } catch let error as PairError { return "\(error)" }
}

extension NetlinkSocket {
  /// Creates a pair without settings.
  mutating func makePair(_ own: LinkName, _ peer: LinkName) throws(NetlinkError) {
    var settings = LinkSettings(name: own)
    settings.peer = LinkSettings(name: peer)
    try createLink(settings)
  }

  /// The names of all links, sorted.
  mutating func names() throws(NetlinkError) -> [String] { try collectLinks(.dump()) { "\($0.name)" }.sorted() }

  /// The prefixes of the addresses of a link, without those that the kernel makes, sorted.
  mutating func prefixes(of name: LinkName) throws -> [String] {
    guard let index = try index(of: name) else { throw Missing() }
    return try collectAddresses(ofLink: index) { address -> String? in
      address.prefix.map { "\($0)" }.flatMap { $0.hasPrefix("fe80:") ? nil : $0 }
    }.sorted()
  }
}
