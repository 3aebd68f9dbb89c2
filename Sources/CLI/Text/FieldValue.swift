internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A value of a field, which has a text and a JSON form.
protocol FieldValue: ~Escapable {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool)
  func appendJSON(to bytes: inout ByteBuffer)
}

extension FieldValue where Self: BinaryInteger {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { bytes.append(decimal: self) }
  func appendJSON(to bytes: inout ByteBuffer) { bytes.append(decimal: self) }
}

extension UInt8: FieldValue {}
extension UInt16: FieldValue {}
extension UInt32: FieldValue {}
extension UInt64: FieldValue {}
extension Int32: FieldValue {}
extension Int: FieldValue {}

/// `on` or `off` in text.
extension Bool: FieldValue {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { bytes.append(self ? "on" : "off") }
  func appendJSON(to bytes: inout ByteBuffer) { bytes.append(self ? "true" : "false") }
}

/// A literal, which needs no escaping.
extension StaticString: FieldValue {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { bytes.append(self) }
  func appendJSON(to bytes: inout ByteBuffer) { bytes.append(quoted: self.bytes) }
}

/// Text from the kernel or a user, which may need escaping.
extension [UInt8]: FieldValue {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) {
    withAttributeBytes { if isTerminal { bytes.append(visible: $0) } else { bytes.append($0) } }
  }
  func appendJSON(to bytes: inout ByteBuffer) { withAttributeBytes { bytes.append(json: $0) } }
}

/// Text from the kernel, without a copy.
extension RawSpan: FieldValue {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) {
    if isTerminal { bytes.append(visible: self) } else { bytes.append(self) }
  }
  @inline(__always)
  func appendJSON(to bytes: inout ByteBuffer) { bytes.append(json: self) }
}

extension KernelName: FieldValue {
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) {
    withBytes { if isTerminal { bytes.append(visible: $0) } else { bytes.append($0) } }
  }
  func appendJSON(to bytes: inout ByteBuffer) { withBytes { bytes.append(json: $0) } }
}

/// Bytes in hexadecimal with colons between them, such as a MAC address.
struct Hexadecimal: FieldValue, ~Escapable {
  private let bytes: RawSpan

  /// Nil for nil.
  @_lifetime(copy bytes)
  init?(_ bytes: RawSpan?) {
    guard let bytes else { return nil }
    self.bytes = bytes
  }

  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { bytes.append(hexWithColons: self.bytes) }
  func appendJSON(to bytes: inout ByteBuffer) { bytes.append(hexWithColons: self.bytes, isQuoted: true) }
}

extension IPAddress: FieldValue {
  @inline(never)
  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) {
    switch family {
    case .v4:
      for position in 0..<4 {
        if position > 0 { bytes.append(ascii(".")) }
        bytes.append(decimal: self[position])
      }
    case .v6: withAttributeBytes { bytes.append(NetworkAddress.text(ofIPv6: $0)) }
    }
  }
  func appendJSON(to bytes: inout ByteBuffer) {
    bytes.append("\"")
    appendText(to: &bytes, isTerminal: false)
    bytes.append("\"")
  }
}
