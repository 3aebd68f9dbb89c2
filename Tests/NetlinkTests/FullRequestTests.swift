import CMnl
import TestSupport
import Testing

@testable import Netlink

/// That running out of room is remembered, told once, and does no harm before.
@Suite struct FullRequestTests {
  /// As many bytes as fit into one attribute behind the message's header and the attribute's own.
  static let room = 16 * 1024 - 16 - 4

  /// A request with room for `count` bytes more.
  private func request(leaving count: Int) -> Request {
    var request = Request(RTM_NEWLINK)
    request.append(1, [UInt8](repeating: 0xff, count: Self.room - count))
    return request
  }

  @Test("it may be as long as its buffer")
  func fits() {
    var request = request(leaving: 0)
    #expect(request.byteCount == 16 * 1024)
    #expect(failure { () throws(NetlinkError) in try request.finish(sequence: 1) { _ in } } == nil)
  }

  /// Something to add that does not fit.
  struct Excess: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let room: Int
    let write: @Sendable (inout Request) -> Void

    init(_ description: String, room: Int, _ write: @escaping @Sendable (inout Request) -> Void) {
      testDescription = description
      self.room = room
      self.write = write
    }
  }

  @Test(
    "whatever does not fit is left out, and the request is not sent",
    arguments: [
      Excess("an attribute", room: 4) { $0.append(2, UInt8(1)) },
      Excess("an attribute's header", room: 0) { $0.append(2, Presence()) },
      Excess("a nest", room: 0) { $0.nest(2) { _ in } },
      Excess("a message's header", room: 4) { $0.append(header: ifaddrmsg()) },
      Excess("so much that 16 bits of its length look small", room: room) {
        $0.append(2, [UInt8](repeating: 1, count: 0x10001))
      },
    ])
  func tooMuch(excess: Excess) {
    var request = request(leaving: excess.room)
    let before = request.written
    excess.write(&request)
    #expect(request.written == before)
    #expect(failure { () throws(NetlinkError) in try request.finish(sequence: 1) { _ in } } == "request too long")
  }

  @Test("a nest may not be closed where its contents are missing")
  func nest() {
    var request = request(leaving: 8)
    request.nest(2) { $0.append(3, UInt64(1)) }
    #expect([UInt8](request.written.suffix(4)).hex == "00000280")
    #expect(failure { () throws(NetlinkError) in try request.finish(sequence: 1) { _ in } } == "request too long")
  }

  @Test("what fits again afterwards does not make it whole")
  func sticky() {
    var request = request(leaving: 8)
    request.append(2, UInt64(1))
    request.append(3, UInt32(1))
    #expect(failure { () throws(NetlinkError) in try request.finish(sequence: 1) { _ in } } == "request too long")
  }

  @Test("a header that was left out cannot be changed")
  func header() {
    var request = request(leaving: 4)
    let before = request.written
    let place = request.append(header: ifaddrmsg())
    request.withHeader(ifaddrmsg.self, at: place) { $0.ifa_index = 0xffff_ffff }
    #expect(request.written == before)
  }
}
