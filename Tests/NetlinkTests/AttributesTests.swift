import TestSupport
import Testing

@testable import Netlink

/// Attributes are read in place, and only whole ones.
@Suite struct AttributesTests {
  /// The type and the payload of each attribute.
  private func walk(_ bytes: [UInt8]) -> [String] {
    var attributes = Attributes(bytes.span.bytes)
    var found: [String] = []
    while let attribute = attributes.next() { found.append("\(attribute.type): \(attribute.payload.copied.hex)") }
    return found
  }

  @Test(
    "whole attributes are read in order",
    arguments: [
      ("", []),
      ("04000100", ["1: "]),
      ("05000100 ab000000 06000200 cdef0000", ["1: ab", "2: cdef"]),
      // The last one needs no padding.
      ("05000100 ab", ["1: ab"]),
      // NLA_F_NESTED and NLA_F_NET_BYTEORDER are not part of the type.
      ("04000180 04000240 0400ffff", ["1: ", "2: ", "16383: "]),
    ])
  func whole(hex: String, found: [String]) throws {
    #expect(walk(try [UInt8](hex: hex)) == found)
  }

  @Test("a length that makes no sense ends the walk", arguments: [0, 1, 3, 9, 0x7fff, 0xffff] as [UInt16])
  func badLength(length: UInt16) {
    #expect(walk(attribute(1) + attribute(2, length: length, [1, 2, 3, 4])) == ["1: "])
  }

  @Test("a header that is cut off ends the walk", arguments: 1...3)
  func cutHeader(count: Int) {
    #expect(walk(attribute(1) + attribute(2).prefix(count)) == ["1: "])
  }

  @Test("an attribute contains others, or a value")
  func nested() throws {
    let bytes = attribute(1, attribute(2, [7]) + attribute(3, [8, 0, 0, 0]))
    var attributes = Attributes(bytes.span.bytes)
    guard let outer = attributes.next() else { throw Missing() }
    var inner = outer.nested
    let values = (inner.next()?.value(as: UInt8.self), inner.next()?.value(as: UInt32.self), inner.next()?.type)
    #expect(values == (7, 8, nil))
  }

  @Test("the last attribute of a type is found from any position of a walk")
  func last() throws {
    let bytes = attribute(1, [1]) + attribute(2, [2]) + attribute(1, [3])
    var attributes = Attributes(bytes.span.bytes)
    _ = attributes.next()
    _ = attributes.next()
    let values = (1...3).map { attributes.last($0)?.value(as: UInt8.self) }
    #expect(values == [3, 2, nil])
  }
}
