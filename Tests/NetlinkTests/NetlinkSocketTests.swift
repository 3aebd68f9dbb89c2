import CMnl
import TestSupport
import Testing

@testable import Netlink

/// Exchanges with a real kernel, in private namespaces.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct NetlinkSocketTests {
  @Test("a new namespace has one link, and a dump of it ends")
  func dump() async throws {
    let count = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      return try socket.countLinks().links
    }
    #expect(count == 1)
  }

  @Test("a dump of many links comes in many reads")
  func longDump() async throws {
    let count = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.makePairs(40)
      return try socket.countLinks()
    }
    #expect(count.links == 81)
    #expect(count.reads > 2)
  }

  @Test("exchanges follow each other on one socket, after refusals too")
  func exchanges() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      let wrong = linkRequest(RTM_GETLINK, index: 4711, expectsReply: true)
      let refusal = failure { () throws(NetlinkError) in try socket.exchange(wrong) }
      #expect(refusal == "refused: errno \(ENODEV)")

      var long = linkRequest(RTM_GETLINK, index: 1)
      for _ in 0..<2 { long.append(IFLA_IFALIAS, [UInt8](repeating: 0, count: 9000)) }
      let excess = failure { () throws(NetlinkError) in try socket.exchange(long) }
      #expect(excess == "request too long")

      for _ in 0..<3 { #expect(try socket.countLinks().links == 1) }
    }
  }

  @Test("a request is answered whether it expects a reply or an acknowledgement", arguments: [true, false])
  func replies(expectsReply: Bool) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      for _ in 0..<3 {
        var indexes: [Int32?] = []
        try socket.exchange(linkRequest(RTM_GETLINK, index: 1, expectsReply: expectsReply)) { answers in
          var answers = answers
          while let message = answers.next() { indexes.append(message.linkIndex) }
        }
        #expect(indexes == [1])
      }
    }
  }

  @Test("every exchange has a sequence number of its own")
  func numbers() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      let request = linkRequest(RTM_GETLINK, index: 1, expectsReply: true)
      var numbers: Set<[UInt8]> = []
      for _ in 0..<3 {
        try socket.exchange(request)
        numbers.insert([UInt8](request.written[8..<12]))  // nlmsg_seq
      }
      #expect(numbers.count == 3)
    }
  }

  @Test("a socket has the port that it was opened with, and no other socket of the namespace gets it")
  func ports() async throws {
    try await PrivateNamespace.run {
      var first = try NetlinkSocket.open(.route, port: 0x7600_0001)
      let taken = failure { () throws(NetlinkError) in _ = try NetlinkSocket.open(.route, port: 0x7600_0001) }
      #expect(taken == "bind: errno \(EADDRINUSE)")
      #expect(try first.countLinks().links == 1)
      var other = try NetlinkSocket.open(.route, port: 0xf600_0001)
      #expect(try other.countLinks().links == 1)
      try #require(unshare(.network))
      _ = try NetlinkSocket.open(.route, port: 0x7600_0001)
    }
  }

  @Test("a family that the kernel does not have is refused by socket(2)")
  func noFamily() async throws {
    try await PrivateNamespace.run {
      let error = failure { () throws(NetlinkError) in _ = try NetlinkSocket.open(NetlinkFamily(rawValue: 4711)) }
      #expect(error == "socket: errno \(EPROTONOSUPPORT)")
    }
  }

  @Test("a refusal has the kernel's sentence and the offset of the attribute")
  func sentence() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var request = linkRequest(RTM_NEWLINK, index: 1)
      let offset = request.byteCount
      request.append(IFLA_MTU, UInt8(5))
      let refusal = failure { () throws(NetlinkError) in try socket.exchange(request) }
      let parts = try #require(refusal).split(separator: ", ")
      // The words of the sentence may change in another kernel.
      #expect(parts.count == 3 && parts.last == "at \(offset)")
    }
  }

  @Test("a dump is refused in NLMSG_DONE, and only where the kernel checks strictly")
  func strictly() async throws {
    try await PrivateNamespace.run {
      var lax = try NetlinkSocket.open(.route)
      var dump = linkDump()
      dump.append(IFLA_GROUP, UInt32(7))
      let laxFailure = failure { () throws(NetlinkError) in try lax.exchange(dump) }
      #expect(laxFailure == nil)

      var strict = try NetlinkSocket.open(.route)
      #expect(strict.checkStrictly() && strict.checkStrictly())
      let strictFailure = failure { () throws(NetlinkError) in try strict.exchange(dump) }
      #expect(strictFailure?.hasPrefix("refused: errno \(EINVAL), ") == true)
    }
  }

  @Test("a socket stays in its namespace when the thread moves to another one")
  func stays() async throws {
    try await PrivateNamespace.run {
      var first = try NetlinkSocket.open(.route)
      try first.makePairs(1)
      try #require(unshare(.network))
      try PrivateNamespace.checkIsolation()
      var second = try NetlinkSocket.open(.route)
      let counts = (try first.countLinks().links, try second.countLinks().links)
      #expect(counts == (3, 1))
    }
  }
}

/// Tests run in private namespaces only.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct PrivateNamespaceTests {
  @Test("the namespace of the process is refused")
  func outside() {
    #expect(throws: PrivateNamespace.NotAlone.self) { try PrivateNamespace.checkIsolation() }
  }

  @Test("a namespace with other links is refused")
  func notAlone() async throws {
    try await PrivateNamespace.run {
      try PrivateNamespace.checkIsolation()
      var socket = try NetlinkSocket.open(.route)
      try socket.makePairs(1)
      #expect(throws: PrivateNamespace.NotAlone.self) { try PrivateNamespace.checkIsolation() }
    }
  }

  @Test("the error of a test is thrown on")
  func throwing() async {
    await #expect(throws: Missing.self) { try await PrivateNamespace.run { throw Missing() } }
  }
}
