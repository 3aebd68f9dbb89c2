import RTNetlink
import TestSupport
import Testing

@testable import Netlink

/// That the kernel tells of what happens, to those who ask for it.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct EventsOnKernelTests {
  /// What is told up to the end of the link `v0`, a word for each change.
  private static func told(by events: borrowing EventSocket) throws -> [String] {
    var told: [String] = []
    while told.last != "-v0" {
      try events.read { message, namespace in
        #expect(namespace == nil)
        message.withLink { told.append(($0.isDeleted ? "-" : "+") + ($0[.name]?.description ?? "")) }
        message.withAddress {
          told.append(($0.isDeleted ? "-" : "+") + ($0[.label]?.description ?? "") + "/\($0.prefixLength)")
        }
        if let id = NamespaceID(message) { told.append("nsid"); _ = id }
      }
    }
    return told
  }

  private static func live(_ socket: inout NetlinkSocket) throws {
    try socket.makePair("v0", "v1")
    var address = AddressRequest.add()
    address.setLink(try socket.index(of: "v0"))
    address.setFamily(2)
    address.setPrefixLength(24)
    address.set(.local, to: "10.0.0.1")
    address.set(.labelAsSaid, to: Array("v0".utf8) + [0])
    try socket.addresses(&address)
    var end = LinkRequest.delete()
    end.set(.name, to: "v0")
    try socket.send(&end)
  }

  @Test("links and addresses, in their order")
  func everything() async throws {
    let told = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      let events = try EventSocket.open([.links, .ipv4Addresses, .ipv6Addresses])
      try Self.live(&socket)
      return try Self.told(by: events)
    }
    // The peer is made first. Its end may be told before or behind.
    #expect(told.filter { $0 != "-v1" } == ["+v1", "+v0", "+v0/24", "-v0/24", "-v0"])
  }

  @Test("and nothing else")
  func some() async throws {
    let told = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      let events = try EventSocket.open(.links)
      try Self.live(&socket)
      return try Self.told(by: events)
    }
    #expect(!told.contains { $0.contains("/") })
  }

  @Test("what did not fit is told to be lost")
  func overrun() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      let events = try EventSocket.open(.links)
      events.setReceiveBuffer(1)
      try Self.live(&socket)
      let reason = failure { () throws(NetlinkError) in
        for _ in 0..<9 { try events.read { _, _ in } }
      }
      #expect(reason == "recvmsg: errno 105")  // ENOBUFS
    }
  }

  @Test("an id that a namespace gets is told, and its namespace has it")
  func ids() async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      let events = try EventSocket.open(.namespaceIDs)
      let namespace = try Namespace.at(path: Array("/proc/\(sleeper.pid)/ns/net".utf8))
      let id = try socket.assignedNamespaceID(of: namespace)
      var told: Int32?
      try events.read { message, _ in told = NamespaceID(message)?.number }
      var listed: [Int32] = []
      try socket.namespaceIDs { listed.append($0.number) }
      #expect(told == id && listed == [id])
    }
  }
}
