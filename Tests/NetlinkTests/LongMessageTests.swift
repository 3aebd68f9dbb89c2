import CMnl
import TestSupport
import Testing

@testable import Netlink

/// A message longer than 64 KiB arrives whole, in a dump, in a reply and as an event.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct LongMessageTests {
  /// The largest number of alternative names that a link can have, each of 127 bytes.
  private static let nameCount = 496

  private static func name(_ number: Int) -> [UInt8] {
    let digits = Array("\(number)".utf8)
    return [UInt8](repeating: 0x61, count: 127 - digits.count) + digits
  }

  /// Calls `body` in a namespace with a pair, one end of which has all those names, and the index of that end.
  private func withLongLink(_ body: @Sendable (inout NetlinkSocket, Int32) throws -> Void) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.makePairs(1)
      let index: Int32 = 2
      // A request has room for about a hundred.
      for start in stride(from: 0, to: Self.nameCount, by: 100) {
        var request = linkRequest(RTM_NEWLINKPROP, [.create, .exclusive, .append], index: index)
        request.nest(IFLA_PROP_LIST) { request in
          for number in start..<min(start + 100, Self.nameCount) {
            request.append(IFLA_ALT_IFNAME, Self.name(number) + [0])
          }
        }
        try socket.exchange(request)
      }
      try body(&socket, index)
    }
  }

  /// The number of alternative names in a message, where the message is whole.
  private static func nameCount(in message: borrowing Message) -> Int {
    #expect(message.bytes.byteCount > 0xffff)
    let table = AttributeTable(message.attributes(after: MemoryLayout<ifinfomsg>.size))
    var names = table.nested(IFLA_PROP_LIST)
    var count = 0
    while let name = names.next() {
      let text = name.payload.copied
      #expect(text == Self.name(count) + [0])
      count += 1
    }
    // The kernel puts IFLA_IFNAME first and other attributes behind the names.
    let first = table.payload(IFLA_IFNAME)?.byteCount
    #expect(first != nil)
    let isAtEnd = names.isAtEnd
    #expect(isAtEnd)
    return count
  }

  @Test("in a dump, also behind and before short ones")
  func dump() async throws {
    try await withLongLink { socket, index in
      var counts: [Int32: Int] = [:]
      var others = 0
      try socket.exchange(linkDump()) { answers in
        var answers = answers
        while let message = answers.next() {
          if message.linkIndex == index { counts[index] = Self.nameCount(in: message) } else { others += 1 }
        }
      }
      #expect(counts == [index: Self.nameCount])
      #expect(others == 2)
    }
  }

  @Test("in a dump with a look at the next read")
  func lookingAhead() async throws {
    try await withLongLink { socket, index in
      try socket.makePairs(40)
      var (ahead, shown): ([Int32?], [Int32?]) = ([], [])
      var names = 0
      try socket.exchange(
        linkDump(),
        lookingAhead: { answers in
          var answers = answers
          while let message = answers.next() { ahead.append(message.linkIndex) }
        },
        { answers in
          var answers = answers
          while let message = answers.next() {
            shown.append(message.linkIndex)
            if message.linkIndex == index { names = Self.nameCount(in: message) }
          }
        })
      #expect(shown == (1...83).map { Int32($0) } && ahead == shown)
      #expect(names == Self.nameCount)
    }
  }

  @Test("in a reply, on a new socket and again")
  func reply() async throws {
    try await withLongLink { _, index in
      var socket = try NetlinkSocket.open(.route)
      for _ in 0..<2 {
        var count = 0
        try socket.exchange(linkRequest(RTM_GETLINK, index: index, expectsReply: true)) { answers in
          var answers = answers
          while let message = answers.next() { count += Self.nameCount(in: message) }
        }
        #expect(count == Self.nameCount)
        #expect(try socket.countLinks().links == 3)
      }
    }
  }

  @Test("as an event, between short ones")
  func event() async throws {
    try await withLongLink { socket, index in
      var events = try EventSocket.open(.route, EventGroups(number: RTNLGRP_LINK.rawValue))
      var counts: [Int32: [Int]] = [:]
      for changed in [3, index, 3] {
        var change = linkRequest(RTM_NEWLINK, index: changed)
        change.append(IFLA_MTU, UInt32(1000 + counts.values.joined().count))
        try socket.exchange(change)
        try events.read { message, namespace in
          #expect(namespace == nil && message.linkIndex == changed)
          counts[changed, default: []].append(changed == index ? Self.nameCount(in: message) : 0)
        }
      }
      #expect(counts == [3: [0, 0], index: [Self.nameCount]])
    }
  }
}
