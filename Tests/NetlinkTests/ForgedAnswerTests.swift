import CMnl
import TestSupport
import Testing

@testable import Netlink

/// Messages that another process sends to a socket are dropped: only the kernel's count.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct ForgedAnswerTests {
  private static let port: UInt32 = 0x7600_0002

  /// Sends messages to the socket with a port, or to groups, as a process of the same namespace may.
  private static func forge(_ messages: [[UInt8]], to port: UInt32 = port, groups: EventGroups = []) throws {
    let socket = try #require(mnl_socket_open(NETLINK_ROUTE))
    defer { mnl_socket_close(socket) }
    try #require(mnl_socket_bind(socket, 0, 0) == 0)
    for message in messages {
      var address = sockaddr_nl()
      address.nl_family = sa_family_t(AF_NETLINK)
      address.nl_pid = port
      address.nl_groups = groups.rawValue
      let sent = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
          message.withUnsafeBytes {
            sendto(
              mnl_socket_get_fd(socket), $0.baseAddress!, $0.count, 0, pointer,
              socklen_t(MemoryLayout<sockaddr_nl>.size))
          }
        }
      }
      try #require(sent == message.count)
    }
  }

  /// A message about a link that does not exist, in answer to a request of the socket.
  private static func link(sequence: UInt32) -> [UInt8] {
    let header = raw(UInt32(0)) + raw(Int32(666)) + raw(UInt32(0)) + raw(UInt32(0))
    return frame(Int32(RTM_NEWLINK), sequence: sequence, port: port, header)
  }

  private static func refusal(sequence: UInt32) -> [UInt8] {
    frame(NLMSG_ERROR, sequence: sequence, port: port, raw(Int32(-1)) + frame(20))
  }

  private static func done(sequence: UInt32) -> [UInt8] {
    frame(NLMSG_DONE, flags: NLM_F_MULTI, sequence: sequence, port: port, raw(Int32(0)))
  }

  /// The sequence numbers of the next requests of a new socket. The test shows that these are the numbers.
  private static func checkSequence(_ request: borrowing Request, _ number: UInt32) {
    #expect([UInt8](request.written[8..<12]) == raw(number))
  }

  @Test("a forged reply, refusal or end of a dump in the queue before the kernel's answer is dropped")
  func answers() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route, port: Self.port)
      for round in 0..<3 as Range<UInt32> {
        let numbers = (2 * round + 1, 2 * round + 2)
        try Self.forge([Self.link(sequence: numbers.0), Self.refusal(sequence: numbers.0)])
        let get = linkRequest(RTM_GETLINK, index: 1, expectsReply: true)
        var indexes: [Int32?] = []
        try socket.exchange(get) { answers in
          var answers = answers
          while let message = answers.next() { indexes.append(message.linkIndex) }
        }
        Self.checkSequence(get, numbers.0)
        #expect(indexes == [1])

        try Self.forge([Self.link(sequence: numbers.1) + Self.done(sequence: numbers.1)])
        let dump = linkDump()
        let found = try socket.collect(dump) { $0.linkIndex }
        Self.checkSequence(dump, numbers.1)
        #expect(found == [1])
      }
    }
  }

  @Test("a forged message that is longer than the buffer, or empty, is dropped")
  func sizes() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route, port: Self.port)
      let long = frame(
        Int32(RTM_NEWLINK), sequence: 1, port: Self.port, [UInt8](repeating: 0, count: 100_000))
      try Self.forge([long, [0], [UInt8](repeating: 0xff, count: 7)])
      #expect(try socket.linkIndexes() == [1])
    }
  }

  @Test("the kernel's refusal is read behind a forged acknowledgement")
  func acknowledgement() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route, port: Self.port)
      try Self.forge([frame(NLMSG_ERROR, sequence: 1, port: Self.port, raw(Int32(0)) + frame(20))])
      let error = failure { () throws(NetlinkError) in try socket.exchange(linkRequest(RTM_DELLINK, index: 666)) }
      #expect(error?.hasPrefix("refused: errno \(ENODEV)") == true)
    }
  }

  @Test("a forged event is dropped, sent to the socket or to the group")
  func events() async throws {
    try await PrivateNamespace.run {
      let group = EventGroups(number: RTNLGRP_LINK.rawValue)
      // The first socket of a process in a namespace gets the PID as its port.
      var events = try EventSocket.open(.route, group)
      try Self.forge([Self.link(sequence: 0)], to: UInt32(getpid()))
      try Self.forge([Self.link(sequence: 0)], to: 0, groups: group)
      var socket = try NetlinkSocket.open(.route)
      try socket.makePairs(1)
      var indexes: [Int32?] = []
      while indexes.last != 3 { try events.read { message, _ in indexes.append(message.linkIndex) } }
      #expect(!indexes.contains(666))
    }
  }
}
