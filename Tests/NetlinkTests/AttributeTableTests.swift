import TestSupport
import Testing

@testable import Netlink

/// The subject of the properties of these tests.
private enum Thing {}

extension Property<Thing, UInt32> {
  fileprivate static var size: Self { Self(1) }
}

extension Property<Thing, UInt8> {
  fileprivate static var color: Self { Self(2) }
  fileprivate static var newest: Self { Self(79) }
  fileprivate static var beyond: Self { Self(80) }
  fileprivate static var inner: Self { Self(AttributePath(4, 5), "inner") }
  fileprivate static var innermost: Self { Self(AttributePath(4, 6, 7), "innermost") }
}

/// A table finds what a walk finds, in one step.
@Suite struct AttributeTableTests {
  @Test("a property is found by its type, and nil where the attribute is missing")
  func properties() {
    let bytes = attribute(2, [7]) + attribute(79, [9]) + attribute(1, raw(UInt32(0x0102_0304)))
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == 0x0102_0304)
    #expect(table[Property<Thing, UInt8>.color] == 7)
    #expect(table[Property<Thing, UInt8>.newest] == 9)
    #expect(table[Property<Thing, UInt8>(3)] == nil)
    let payload = table.payload(Property<Thing, UInt8>.color)?.copied
    #expect(payload == [7])
    var inOrder = table.inOrder
    var types: [UInt16] = []
    while let attribute = inOrder.next() { types.append(attribute.type) }
    #expect(types == [2, 79, 1])
  }

  @Test("a property inside other attributes is found by its path")
  func paths() {
    let bytes = attribute(4 | 0x8000, attribute(5, [1]) + attribute(6, attribute(7, [2]) + attribute(7, [3])))
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt8>.inner] == 1)
    #expect(table[Property<Thing, UInt8>.innermost] == 3)
    let payload = table.payload(Property<Thing, UInt8>.innermost)?.copied
    #expect(payload == [3])
    let missing = [AttributePath(3, 5), AttributePath(4, 7), AttributePath(4, 5, 1), AttributePath(3, 1, 1)]
    for path in missing {
      let isMissing = table.payload(path) == nil
      #expect(isMissing)
    }
  }

  @Test("a payload that is no such value is nil")
  func wrongSize() {
    let bytes = attribute(1, [1, 2, 3])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == nil)
    let payload = table.payload(1)?.copied
    #expect(payload == [1, 2, 3])
  }

  @Test("the last attribute of a type counts")
  func twice() {
    let bytes = attribute(2, [1]) + attribute(2, [2])
    #expect(AttributeTable(Attributes(bytes.span.bytes))[Property<Thing, UInt8>.color] == 2)
  }

  @Test("types of a newer kernel are skipped")
  func beyond() {
    let bytes = attribute(80, [1]) + attribute(0x3fff, [1]) + attribute(2, [2])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt8>.beyond] == nil)
    #expect(table[Property<Thing, UInt8>.color] == 2)
  }

  @Test("flag bits are not part of the type")
  func flagged() {
    let bytes = attribute(2 | 0x8000, attribute(1, [5]))
    let table = AttributeTable(Attributes(bytes.span.bytes))
    let value = table.nested(2).last(1)?.value(as: UInt8.self)
    #expect(value == 5)
  }

  @Test("nothing is inside an attribute that is missing")
  func nestedMissing() {
    let bytes = attribute(2, [1])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    var nested = table.nested(3)
    let first = nested.next()?.type
    #expect(first == nil)
  }

  @Test("a table of a walk that has begun has the rest")
  func rest() throws {
    let bytes = attribute(1, raw(UInt32(1))) + attribute(2, [2])
    var attributes = Attributes(bytes.span.bytes)
    _ = attributes.next()
    let table = AttributeTable(attributes)
    #expect(table[Property<Thing, UInt32>.size] == nil)
    #expect(table[Property<Thing, UInt8>.color] == 2)
  }

  @Test("attributes beyond 64 KiB are found", arguments: [1, 2, 40])
  func far(fillers: Int) {
    let filler = attribute(3, [UInt8](repeating: 0, count: 0xfff0))
    let bytes =
      [[UInt8]](repeating: filler, count: fillers).joined() + attribute(1, raw(UInt32(1))) + attribute(2, [2])
      + attribute(4, attribute(5, [7]))
    let table = AttributeTable(Attributes([UInt8](bytes).span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == 1)
    #expect(table[Property<Thing, UInt8>.color] == 2)
    #expect(table[Property<Thing, UInt8>.inner] == 7)
    let count = table.payload(3)?.byteCount
    #expect(count == 0xfff0)
  }

  @Test("a payload at an offset that is a multiple of 64 KiB is found")
  func multiple() {
    // The payload of the second attribute has the offset 0x10000, of which 16 bits would say "missing".
    let bytes = attribute(3, [UInt8](repeating: 0, count: 0xfff8)) + attribute(2, [2])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt8>.color] == 2)
  }
}
