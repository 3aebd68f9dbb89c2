import TestSupport
import Testing

@testable import Netlink

/// A value is read as it was written, and not from a payload of a wrong size.
@Suite struct AttributeValueTests {
  /// The payload of a value.
  private func bytes(of value: some AttributeValue) -> [UInt8] {
    var bytes: [UInt8] = []
    value.withAttributeBytes { bytes = $0.copied }
    return bytes
  }

  private func value<Value: AttributeValue>(_ bytes: [UInt8], as type: Value.Type = Value.self) -> Value? {
    Value(attributeBytes: bytes.span.bytes)
  }

  private func checkNumber<Number: AttributeInteger>(_ number: Number) {
    let whole = raw(number)
    #expect(bytes(of: number) == whole)
    #expect(value(whole) == number)
    // A newer kernel may make an attribute longer, never shorter.
    #expect(value(whole + [0xff]) == number)
    for count in whole.indices { #expect(value([UInt8](whole.prefix(count)), as: Number.self) == nil) }
  }

  @Test("numbers of every size are in the machine's byte order")
  func numbers() {
    checkNumber(UInt8(0x81))
    checkNumber(UInt16(0x8182))
    checkNumber(UInt32(0x8182_8384))
    checkNumber(UInt64(0x8182_8384_8586_8788))
    checkNumber(Int32(-0x0102_0304))
  }

  @Test("any bytes are a value", arguments: [[], [0], [1, 0, 0xff], [UInt8](repeating: 7, count: 1000)] as [[UInt8]])
  func bytes(array: [UInt8]) {
    #expect(bytes(of: array) == array)
    #expect(value(array) == array)
  }

  @Test(
    "text has a NUL in a request, and ends at the first NUL of an answer",
    arguments: [("", [0]), ("v0", [0x76, 0x30, 0]), ("é", [0xc3, 0xa9, 0])] as [(String, [UInt8])])
  func text(text: String, bytes: [UInt8]) {
    #expect(self.bytes(of: text) == bytes)
    #expect(value(bytes) == text)
    #expect(value([UInt8](bytes.dropLast())) == text)
    #expect(value(bytes + [0x41]) == text)
    #expect(value([0x76, 0xff, 0]) == "v\u{fffd}")
  }

  @Test("a presence has no payload, and is read from any")
  func presence() {
    #expect(bytes(of: Presence()).isEmpty)
    #expect(value([], as: Presence.self) != nil)
    #expect(value([1], as: Presence.self) != nil)
  }
}
