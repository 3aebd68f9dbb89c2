internal import CMnl
internal import SystemCalls

/// One attribute, read in place; `struct nlattr`, netlink(7).
public struct Attribute: ~Escapable {
  /// The attribute type, without the flag bits (`NLA_TYPE_MASK`).
  public let type: UInt16
  /// The value.
  public let payload: RawSpan

  @_lifetime(copy payload)
  init(type: UInt16, payload: RawSpan) {
    self.type = type
    self.payload = payload
  }

  /// The attributes inside this one.
  public var nested: Attributes { @_lifetime(copy self) get { Attributes(payload) } }

  /// The payload as a value; nil where the payload is no such value.
  public func value<Value: AttributeValue>(as type: Value.Type = Value.self) -> Value? {
    Value(attributeBytes: payload)
  }
}

/// A sequence of attributes.
public struct Attributes: ~Escapable {
  let bytes: RawSpan
  /// The offset of the next attribute.
  private(set) var offset = 0

  /// The bytes from the next attribute on.
  var rest: RawSpan {
    @_lifetime(copy self) get { bytes.extracting(droppingFirst: offset) }
  }

  /// Walks these bytes.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { self.bytes = bytes }

  /// The next attribute; nil at the end, and where a length makes no sense.
  @_lifetime(copy self)
  public mutating func next() -> Attribute? {
    guard let (type, payload) = skip() else { return nil }
    return unsafe Attribute(type: type, payload: knownPayload(in: bytes, at: payload))
  }

  /// Skips the next attribute. All reading of attributes rests on this one check of bounds.
  ///
  /// - Returns: the type and the offset of the payload; nil at the end, and where a length makes no sense.
  @inline(__always)
  mutating func skip() -> (type: UInt16, payload: Int)? {
    let headerSize = MemoryLayout<nlattr>.size
    let payload = offset &+ headerSize
    let rest = bytes.byteCount &- payload
    guard rest >= 0 else { return nil }
    let length = unsafe Int(bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
    // As an unsigned number, a length shorter than the header is longer than all others.
    guard UInt(bitPattern: length &- headerSize) <= UInt(bitPattern: rest) else { return nil }
    let type = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 2, as: UInt16.self)
    offset &+= aligned(length)
    return (type & attributeTypeMask, payload)
  }

  /// Whether all attributes were read; false after `next()` returned nil where the bytes are damaged.
  public var isAtEnd: Bool { offset >= bytes.byteCount }

  /// The last attribute of this type, which is the one that the kernel would use.
  @_lifetime(copy self)
  public func last(_ type: Int) -> Attribute? {
    var walk = Attributes(bytes)
    var found: Attribute? = nil
    while let attribute = walk.next() {
      if attribute.type == type { found = attribute }
    }
    return found
  }
}

/// `NLA_TYPE_MASK` without `NLA_F_NESTED` and `NLA_F_NET_BYTEORDER`; linux/netlink.h.
private let attributeTypeMask: UInt16 = ~(UInt16(NLA_F_NESTED) | UInt16(NLA_F_NET_BYTEORDER))

/// The payload at an offset that `skip` returned for the same bytes.
@unsafe
@_lifetime(copy bytes)
func knownPayload(in bytes: RawSpan, at offset: Int) -> RawSpan {
  let headerSize = MemoryLayout<nlattr>.size
  let length = unsafe Int(bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &- headerSize, as: UInt16.self))
  return unsafe bytes.part(at: offset, count: length &- headerSize)
}
