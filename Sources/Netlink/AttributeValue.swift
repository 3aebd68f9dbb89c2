internal import SystemCalls

/// A value of an attribute, in the kernel's form.
public protocol AttributeValue {
  /// Reads a payload; nil where the payload is no such value.
  init?(attributeBytes: RawSpan)
  /// Hands the payload to `body`.
  func withAttributeBytes(_ body: (RawSpan) -> Void)
}

extension AttributeValue {
  /// The payload as an array.
  public var attributeBytes: [UInt8] {
    var bytes: [UInt8] = []
    withAttributeBytes { bytes = $0.copied }
    return bytes
  }

  /// Reads a payload from an array.
  public init?(attributeBytes bytes: [UInt8]) { unsafe self.init(attributeBytes: bytes.span.bytes) }
}

/// An unsigned number in the machine's byte order: `NLA_U8` to `NLA_U64`.
public protocol AttributeInteger: AttributeValue, FixedWidthInteger, BitwiseCopyable {}

extension AttributeInteger {
  /// Reads a number; nil for a payload that is too short.
  public init?(attributeBytes bytes: RawSpan) {
    guard let value = bytes.load(at: 0, as: Self.self) else { return nil }
    self = value
  }

  /// Hands the bytes to `body`, in the machine's order.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: self, body)
  }
}

extension UInt8: AttributeInteger {}
extension UInt16: AttributeInteger {}
extension UInt32: AttributeInteger {}
extension UInt64: AttributeInteger {}
extension Int32: AttributeInteger {}

/// Any bytes (`NLA_BINARY`).
extension [UInt8]: AttributeValue {
  /// Copies a payload.
  public init?(attributeBytes bytes: RawSpan) {
    self = bytes.copied
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    unsafe withUnsafeBytes { unsafe body($0.bytes) }
  }
}

/// Text; `NLA_STRING`, `NLA_NUL_STRING`.
extension String: AttributeValue {
  /// Reads the text before the first NUL; bytes that are not UTF-8 become U+FFFD.
  public init?(attributeBytes bytes: RawSpan) { self.init(decoding: bytes.string.copied, as: UTF8.self) }

  /// Hands the text and a NUL, which some attributes need and all allow, to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { ([UInt8](utf8) + [0]).withAttributeBytes(body) }
}

/// The value of an attribute without a payload (`NLA_FLAG`).
public struct Presence: AttributeValue {
  /// The one value.
  public init() {}
  /// Takes any payload.
  public init?(attributeBytes: RawSpan) {}
  /// Hands an empty payload to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { body(RawSpan()) }
}
