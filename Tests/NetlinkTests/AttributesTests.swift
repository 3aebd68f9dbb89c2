import TestSupport
import Testing

@testable import Netlink

/// That attributes are found where they lie, and only whole ones.
@Suite struct AttributesTests {
  /// What a walk over `bytes` meets: each attribute's type and payload.
  private func walk(_ bytes: [UInt8]) -> [String] {
    var attributes = Attributes(bytes.span.bytes)
    var met: [String] = []
    while let attribute = attributes.next() { met.append("\(attribute.type): \(attribute.payload.copied.hex)") }
    return met
  }

  @Test(
    "whole attributes are met in order",
    arguments: [
      ("", []),
      ("04000100", ["1: "]),
      ("05000100 ab000000 06000200 cdef0000", ["1: ab", "2: cdef"]),
      // The last need not be filled up to a boundary.
      ("05000100 ab", ["1: ab"]),
      // NLA_F_NESTED and NLA_F_NET_BYTEORDER are no part of the type.
      ("04000180 04000240 0400ffff", ["1: ", "2: ", "16383: "]),
    ])
  func whole(hex: String, met: [String]) throws {
    #expect(walk(try [UInt8](hex: hex)) == met)
  }

  @Test("a length that makes no sense ends the walk", arguments: [0, 1, 3, 9, 0x7fff, 0xffff] as [UInt16])
  func badLength(length: UInt16) {
    #expect(walk(attribute(1) + attribute(2, length: length, [1, 2, 3, 4])) == ["1: "])
  }

  @Test("a header that is cut off ends the walk", arguments: 1...3)
  func cutHeader(count: Int) {
    #expect(walk(attribute(1) + attribute(2).prefix(count)) == ["1: "])
  }

  @Test("an attribute holds others, or a value")
  func nested() throws {
    let bytes = attribute(1, attribute(2, [7]) + attribute(3, [8, 0, 0, 0]))
    var attributes = Attributes(bytes.span.bytes)
    guard let outer = attributes.next() else { throw Missing() }
    var inner = outer.nested
    let values = (inner.next()?.value(as: UInt8.self), inner.next()?.value(as: UInt32.self), inner.next()?.type)
    #expect(values == (7, 8, nil))
  }

  @Test("the last of a type counts, wherever the walk stands")
  func last() throws {
    let bytes = attribute(1, [1]) + attribute(2, [2]) + attribute(1, [3])
    var attributes = Attributes(bytes.span.bytes)
    _ = attributes.next()
    _ = attributes.next()
    let values = (1...3).map { attributes.last($0)?.value(as: UInt8.self) }
    #expect(values == [3, 2, nil])
  }
}
