import TestSupport
import Testing

@testable import Netlink

/// What the properties of these tests are properties of.
private enum Thing {}

extension Property<Thing, UInt32> {
  fileprivate static var size: Self { Self(1) }
}

extension Property<Thing, UInt8> {
  fileprivate static var colour: Self { Self(2) }
  fileprivate static var newest: Self { Self(79) }
  fileprivate static var beyond: Self { Self(80) }
}

/// That a table finds what a walk finds, in one step.
@Suite struct AttributeTableTests {
  @Test("properties are found by their type, and missing where they are not")
  func properties() {
    let bytes = attribute(2, [7]) + attribute(79, [9]) + attribute(1, raw(UInt32(0x0102_0304)))
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == 0x0102_0304)
    #expect(table[Property<Thing, UInt8>.colour] == 7)
    #expect(table[Property<Thing, UInt8>.newest] == 9)
    #expect(table[Property<Thing, UInt8>(3)] == nil)
  }

  @Test("a payload that cannot be the value is none")
  func wrongSize() {
    let bytes = attribute(1, [1, 2, 3])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == nil)
    let payload = table.payload(1)?.copied
    #expect(payload == [1, 2, 3])
  }

  @Test("the last of a type counts")
  func twice() {
    let bytes = attribute(2, [1]) + attribute(2, [2])
    #expect(AttributeTable(Attributes(bytes.span.bytes))[Property<Thing, UInt8>.colour] == 2)
  }

  @Test("types of a newer kernel are passed over")
  func beyond() {
    let bytes = attribute(80, [1]) + attribute(0x3fff, [1]) + attribute(2, [2])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt8>.beyond] == nil)
    #expect(table[Property<Thing, UInt8>.colour] == 2)
  }

  @Test("flag bits are no part of the type")
  func flagged() {
    let bytes = attribute(2 | 0x8000, attribute(1, [5]))
    let table = AttributeTable(Attributes(bytes.span.bytes))
    let value = table.nested(2).last(1)?.value(as: UInt8.self)
    #expect(value == 5)
  }

  @Test("nothing lies inside an attribute that is missing")
  func nestedMissing() {
    let bytes = attribute(2, [1])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    var nested = table.nested(3)
    let first = nested.next()?.type
    #expect(first == nil)
  }

  @Test("a walk that has begun is noted from where it stands")
  func rest() throws {
    let bytes = attribute(1, raw(UInt32(1))) + attribute(2, [2])
    var attributes = Attributes(bytes.span.bytes)
    _ = attributes.next()
    let table = AttributeTable(attributes)
    #expect(table[Property<Thing, UInt32>.size] == nil)
    #expect(table[Property<Thing, UInt8>.colour] == 2)
  }

  @Test("attributes that do not end within 64 KiB, which an offset cannot tell, are missing, and do no harm")
  func far() {
    let filler = attribute(3, [UInt8](repeating: 0, count: 0xfff0))
    let bytes = filler + attribute(1, raw(UInt32(1))) + attribute(2, [2])
    let table = AttributeTable(Attributes(bytes.span.bytes))
    #expect(table[Property<Thing, UInt32>.size] == 1)
    #expect(table[Property<Thing, UInt8>.colour] == nil)
  }
}
