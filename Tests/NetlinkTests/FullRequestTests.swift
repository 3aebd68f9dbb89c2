import CMnl
import TestSupport
import Testing

@testable import Netlink

/// A request that outgrows its buffer is noted as too long, and nothing is written behind the buffer.
@Suite struct FullRequestTests {
  /// The number of bytes that fit into one attribute behind the headers of the message and of the attribute.
  static let room = 16 * 1024 - 16 - 4

  /// A request with room for `count` more bytes.
  private func request(leaving count: Int) -> Request {
    var request = Request(RTM_NEWLINK)
    request.append(1, [UInt8](repeating: 0xff, count: Self.room - count))
    return request
  }

  @Test("a request may be as long as its buffer")
  func fits() {
    let request = request(leaving: 0)
    let count = request.byteCount
    #expect(count == 16 * 1024)
    let isTooLong = request.isTooLong
    #expect(!isTooLong)
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
    "what does not fit is left out, and the request is too long",
    arguments: [
      Excess("an attribute", room: 4) { $0.append(2, UInt8(1)) },
      Excess("an attribute's header", room: 0) { $0.append(2, Presence()) },
      Excess("a nested attribute", room: 0) { $0.nest(2) { _ in } },
      Excess("a message's header", room: 4) { $0.append(header: ifaddrmsg()) },
      Excess("an attribute whose length is small in 16 bits", room: room) {
        $0.append(2, [UInt8](repeating: 1, count: 0x10001))
      },
    ])
  func tooMuch(excess: Excess) {
    var request = request(leaving: excess.room)
    let before = request.written
    excess.write(&request)
    #expect(request.written == before)
    let isTooLong = request.isTooLong
    #expect(isTooLong)
  }

  @Test("a nested attribute without its contents is not closed")
  func nest() {
    var request = request(leaving: 8)
    request.nest(2) { $0.append(3, UInt64(1)) }
    #expect([UInt8](request.written.suffix(4)).hex == "00000280")
    let isTooLong = request.isTooLong
    #expect(isTooLong)
  }

  @Test("a request stays too long when something fits later")
  func sticky() {
    var request = request(leaving: 8)
    request.append(2, UInt64(1))
    request.append(3, UInt32(1))
    let isTooLong = request.isTooLong
    #expect(isTooLong)
  }

  @Test("a header that was left out is not changed")
  func header() {
    var request = request(leaving: 4)
    let before = request.written
    let offset = request.append(header: ifaddrmsg())
    request.withHeader(ifaddrmsg.self, at: offset) { $0.ifa_index = 0xffff_ffff }
    #expect(request.written == before)
  }
}
