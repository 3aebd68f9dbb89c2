import TestSupport
import Testing

@testable import Netlink

/// Messages are read in place, and only whole ones.
@Suite struct MessagesTests {
  /// The type and the size of each message, and whether all bytes were read.
  private func walk(_ bytes: [UInt8]) -> (sizes: [String], isAtEnd: Bool) {
    var messages = Messages(bytes.span.bytes)
    var sizes: [String] = []
    while let message = messages.next() { sizes.append("\(message.type): \(message.payload.byteCount)") }
    return (sizes, messages.isAtEnd)
  }

  @Test("the fields of the header are those of struct nlmsghdr")
  func header() throws {
    let bytes = try [UInt8](hex: "15000000 1000 0203 04030201 08070605 fffefdfc fb000000")
    guard let message = Message(bytes.span.bytes) else { throw Missing() }
    #expect(message.type == 0x10)
    #expect(message.flags == 0x0302)
    #expect(message.sequence == 0x0102_0304)
    #expect(message.port == 0x0506_0708)
    let (all, payload) = (message.bytes.copied, message.payload.copied)
    #expect(all == [UInt8](bytes.prefix(21)))
    #expect(payload == [0xff, 0xfe, 0xfd, 0xfc, 0xfb])
  }

  @Test(
    "whole messages are read in order",
    arguments: [
      ([], []),
      (frame(16), ["16: 0"]),
      (frame(16, [1, 2]) + frame(17, [3]), ["16: 2", "17: 1"]),
      // The last one needs no padding.
      ([UInt8](frame(16, [1]).prefix(17)), ["16: 1"]),
    ])
  func whole(bytes: [UInt8], sizes: [String]) {
    let walk = walk(bytes)
    #expect(walk.sizes == sizes)
    #expect(walk.isAtEnd)
  }

  @Test("a length that makes no sense ends the walk", arguments: [0, 1, 15, 25, 0x7fff_ffff, 0xffff_ffff] as [UInt32])
  func badLength(length: UInt32) {
    let walk = walk(frame(16) + frame(17, length: length, [1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(walk.sizes == ["16: 0"])
    #expect(!walk.isAtEnd)
  }

  @Test("a header that is cut off ends the walk", arguments: 1...15)
  func cutHeader(count: Int) {
    let walk = walk(frame(16) + frame(17).prefix(count))
    #expect(walk.sizes == ["16: 0"])
    #expect(!walk.isAtEnd)
  }

  @Test(
    "attributes begin behind the aligned header of the family",
    arguments: [(0, 3), (1, 2), (4, 2), (5, 1), (12, 0), (13, 0), (Int(UInt32.max), 0)])
  func attributes(size: Int, count: Int) throws {
    let bytes = frame(16, attribute(1) + attribute(2) + attribute(3))
    guard let message = Message(bytes.span.bytes) else { throw Missing() }
    var attributes = message.attributes(after: size)
    var types: [UInt16] = []
    while let attribute = attributes.next() { types.append(attribute.type) }
    #expect(types == [1, 2, 3].suffix(count))
  }
}
