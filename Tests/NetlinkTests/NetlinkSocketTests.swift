import CMnl
import TestSupport
import Testing

@testable import Netlink

/// That exchanges with a real kernel end as they should, in namespaces of their own.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct NetlinkSocketTests {
  /// A request about links, with its header.
  static func request(_ type: Int, _ flags: Request.Flags = [], index: Int32 = 0) -> Request {
    var request = Request(type, flags)
    var header = ifinfomsg()
    header.ifi_index = index
    request.append(header: header)
    return request
  }

  /// Makes `count` pairs.
  static func makePairs(_ count: Int, with socket: inout NetlinkSocket) throws {
    for _ in 0..<count {
      var request = request(RTM_NEWLINK, [.create, .exclusive])
      request.nest(IFLA_LINKINFO) { $0.append(IFLA_INFO_KIND, [UInt8]("veth".utf8)) }
      try socket.exchange(&request)
    }
  }

  /// How many links there are, and how many reads it took to hear of them.
  static func count(with socket: inout NetlinkSocket) throws -> (links: Int, reads: Int) {
    var (links, reads) = (0, 0)
    var dump = request(RTM_GETLINK, .dump)
    try socket.exchange(&dump) { answers in
      reads += 1
      var answers = answers
      while answers.next() != nil { links += 1 }
    }
    return (links, reads)
  }

  @Test("a new namespace has one link, and a dump of it ends")
  func dump() async throws {
    let count = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      return try Self.count(with: &socket).links
    }
    #expect(count == 1)
  }

  @Test("a dump of many links comes in many reads")
  func longDump() async throws {
    let count = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      try Self.makePairs(40, with: &socket)
      return try Self.count(with: &socket)
    }
    #expect(count.links == 81)
    #expect(count.reads > 2)
  }

  @Test("a dump during which the links change is told to be inconsistent, and read to its end")
  func interrupted() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      var other = try NetlinkSocket.open()
      try Self.makePairs(40, with: &socket)
      var reads = 0
      var dump = Self.request(RTM_GETLINK, .dump)
      let interruption = failure { () throws(NetlinkError) in
        try socket.exchange(&dump) { _ in
          reads += 1
          if reads == 1 { #expect(throws: Never.self) { try Self.makePairs(1, with: &other) } }
        }
      }
      #expect(interruption == "interrupted")
      let count = try Self.count(with: &socket)
      #expect(count.links == 83)
    }
  }

  @Test("exchanges follow each other on one socket, whatever became of those before")
  func exchanges() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      var wrong = Self.request(RTM_GETLINK, index: 4711)
      let refusal = failure { () throws(NetlinkError) in try socket.exchange(&wrong) }
      #expect(refusal == "refused: errno \(ENODEV)")

      var long = Self.request(RTM_GETLINK, index: 1)
      for _ in 0..<2 { long.append(IFLA_IFALIAS, [UInt8](repeating: 0, count: 9000)) }
      let excess = failure { () throws(NetlinkError) in try socket.exchange(&long) }
      #expect(excess == "request too long")

      for _ in 0..<3 {
        let count = try Self.count(with: &socket)
        #expect(count.links == 1)
      }
    }
  }

  @Test("every exchange has a number of its own")
  func numbers() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      var request = Self.request(RTM_GETLINK, index: 1)
      var numbers: Set<[UInt8]> = []
      for _ in 0..<3 {
        try socket.exchange(&request)
        numbers.insert([UInt8](request.written[8..<12]))  // nlmsg_seq
      }
      #expect(numbers.count == 3)
    }
  }

  @Test("the kernel's sentence arrives, and the place it blames")
  func sentence() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      var request = Self.request(RTM_NEWLINK, index: 1)
      let place = request.byteCount
      request.append(IFLA_MTU, UInt8(5))
      let refusal = failure { () throws(NetlinkError) in try socket.exchange(&request) }
      let parts = try #require(refusal).split(separator: ", ")
      // The words are the kernel's and may change; that there are some, and where, is netlink's.
      #expect(parts.count == 3 && parts.last == "at \(place)")
    }
  }

  @Test("a dump is refused in NLMSG_DONE, and only where the kernel checks strictly")
  func strictly() async throws {
    try await PrivateNamespace.run {
      var lax = try NetlinkSocket.open()
      var dump = Self.request(RTM_GETLINK, .dump)
      dump.append(IFLA_GROUP, UInt32(7))
      let laxFailure = failure { () throws(NetlinkError) in try lax.exchange(&dump) }
      #expect(laxFailure == nil)

      var strict = try NetlinkSocket.open()
      strict.checkStrictly()
      let strictFailure = failure { () throws(NetlinkError) in try strict.exchange(&dump) }
      #expect(strictFailure?.hasPrefix("refused: errno \(EINVAL), ") == true)
    }
  }

  @Test("a socket stays with its namespace when the thread goes elsewhere")
  func stays() async throws {
    try await PrivateNamespace.run {
      var here = try NetlinkSocket.open()
      try Self.makePairs(1, with: &here)
      try #require(unshare(.network))
      try PrivateNamespace.checkWalls()
      var there = try NetlinkSocket.open()
      let counts = (try Self.count(with: &here).links, try Self.count(with: &there).links)
      #expect(counts == (3, 1))
    }
  }
}

/// That the walls hold: tests do nothing where they could do harm.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct PrivateNamespaceTests {
  @Test("the namespace of the process is no place for tests")
  func outside() {
    #expect(throws: PrivateNamespace.NotAlone.self) { try PrivateNamespace.checkWalls() }
  }

  @Test("a namespace with a link of somebody else is no place either")
  func notAlone() async throws {
    try await PrivateNamespace.run {
      try PrivateNamespace.checkWalls()
      var socket = try NetlinkSocket.open()
      try NetlinkSocketTests.makePairs(1, with: &socket)
      #expect(throws: PrivateNamespace.NotAlone.self) { try PrivateNamespace.checkWalls() }
    }
  }

  @Test("a test that throws is heard")
  func throwing() async {
    await #expect(throws: Missing.self) { try await PrivateNamespace.run { throw Missing() } }
  }
}
