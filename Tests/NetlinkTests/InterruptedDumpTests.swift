import CMnl
import TestSupport
import Testing

@testable import Netlink

/// A dump during which something changes is interrupted, and asked for again by `dump` and `collect`.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct InterruptedDumpTests {
  /// More links than the kernel puts into the queue of a socket at once.
  private static let (pairs, links) = (150, 301)

  /// Calls `body` with two sockets in a namespace with many links.
  private func withManyLinks(
    _ body: @Sendable (inout NetlinkSocket, inout NetlinkSocket) throws -> Void
  ) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var other = try NetlinkSocket.open(.route)
      try socket.makePairs(Self.pairs)
      try body(&socket, &other)
    }
  }

  @Test("exchange reads an interrupted dump to its end, and throws")
  func exchange() async throws {
    try await withManyLinks { socket, other in
      var reads = 0
      let interruption = failure { () throws(NetlinkError) in
        try socket.exchange(linkDump()) { _ in
          reads += 1
          if reads == 1 { #expect(throws: Never.self) { try other.makePairs(1) } }
        }
      }
      #expect(interruption == "interrupted")
      let count = try socket.countLinks()
      #expect(count.links == Self.links + 2)
    }
  }

  @Test("dump asks again until an answer is consistent, and says so before each attempt", arguments: [0, 1, 3])
  func again(interruptions: Int) async throws {
    try await withManyLinks { socket, other in
      var restarts = 0
      var isFirstRead = true
      var links = 0
      try socket.dump(
        linkDump(),
        isAccepted: {
          restarts += 1
          isFirstRead = true
          links = 0
          return false
        },
        { answers in
          var answers = answers
          while answers.next() != nil { links += 1 }
          if isFirstRead, restarts < interruptions { #expect(throws: Never.self) { try other.makePairs(1) } }
          isFirstRead = false
        })
      #expect(restarts == interruptions)
      #expect(links == Self.links + 2 * interruptions)
    }
  }

  @Test("dump gives up after ten attempts")
  func never() async throws {
    try await withManyLinks { socket, other in
      var restarts = 0
      var isFirstRead = true
      let error = failure { () throws(NetlinkError) in
        try socket.dump(
          linkDump(),
          isAccepted: {
            restarts += 1
            isFirstRead = true
            return false
          },
          { _ in
            if isFirstRead { #expect(throws: Never.self) { try other.makePairs(1) } }
            isFirstRead = false
          })
      }
      #expect(error == "interrupted")
      #expect(restarts == NetlinkSocket.dumpAttempts - 1)
      let count = try socket.countLinks()
      #expect(count.links == Self.links + 2 * NetlinkSocket.dumpAttempts)
    }
  }

  @Test("dump throws a refusal at once")
  func refusal() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      socket.checkStrictly()
      var request = linkDump()
      request.append(IFLA_GROUP, UInt32(7))
      var restarts = 0
      let error = failure { () throws(NetlinkError) in
        try socket.dump(
          request,
          isAccepted: {
            restarts += 1
            return false
          }, { _ in })
      }
      #expect(error?.hasPrefix("refused: ") == true && restarts == 0)
    }
  }

  @Test("collect returns the elements of the consistent answer only, each once")
  func collect() async throws {
    try await withManyLinks { socket, other in
      var attempts = 0
      let indexes = try socket.collect(linkDump()) { message in
        // Each attempt begins with lo.
        if message.linkIndex == 1 {
          attempts += 1
          if attempts <= 2 { #expect(throws: Never.self) { try other.makePairs(1) } }
        }
        return message.linkIndex
      }
      #expect(indexes == (1...Self.links + 4).map { Int32($0) })
      #expect(attempts == 3)
    }
  }

  @Test("collect leaves out what is transformed to nil")
  func transform() async throws {
    try await withManyLinks { socket, _ in
      let odd = try socket.collect(linkDump()) { $0.linkIndex.flatMap { $0 % 2 == 0 ? nil : $0 } }
      #expect(odd == (0...Self.pairs).map { Int32(2 * $0 + 1) })
    }
  }

  @Test("addresses that are collected while other addresses come and go are all there, once")
  func addresses() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var other = try NetlinkSocket.open(.route)
      // More than the kernel puts into the queue of a socket at once.
      let count: UInt16 = 4000
      for number in 0..<count { try other.change(RTM_NEWADDR, address: number) }
      for changes in 0..<4 {
        var attempts = 0
        let collected = try socket.collect(addressDump()) { message -> UInt16? in
          let number = message.addressNumber
          // Each attempt begins with the first address.
          if number == 0 {
            attempts += 1
            if attempts <= changes {
              #expect(throws: Never.self) { try other.change(RTM_NEWADDR, address: .max) }
              #expect(throws: Never.self) { try other.change(RTM_DELADDR, address: .max) }
            }
          }
          return number
        }
        #expect(collected == [UInt16](0..<count))
        // Two interrupted answers in a row that are equal count as consistent.
        #expect(attempts == min(changes, 1) + 1)
      }
    }
  }
}

private func addressDump() -> Request {
  var request = Request(RTM_GETADDR, .dump)
  request.append(header: ifaddrmsg(ifa_family: 2, ifa_prefixlen: 0, ifa_flags: 0, ifa_scope: 0, ifa_index: 0))
  return request
}

extension NetlinkSocket {
  /// Adds or deletes an address of `lo` in 10.0.0.0/16.
  fileprivate mutating func change(_ type: Int, address number: UInt16) throws(NetlinkError) {
    var request = Request(type, type == RTM_NEWADDR ? [.create, .exclusive] : [])
    request.append(header: ifaddrmsg(ifa_family: 2, ifa_prefixlen: 32, ifa_flags: 0, ifa_scope: 0, ifa_index: 1))
    request.append(Int(IFA_LOCAL), [10, 0, UInt8(number >> 8), UInt8(number & 0xff)] as [UInt8])
    try exchange(request)
  }
}

extension Message {
  /// The last two bytes of the address that the message is about.
  fileprivate var addressNumber: UInt16? {
    attributes(after: 8).last(Int(IFA_LOCAL))?.value(as: UInt32.self).map { UInt16(truncatingIfNeeded: $0.byteSwapped) }
  }
}
