internal import CMnl

/// One attribute, read where it lies; `struct nlattr`, netlink(7).
public struct Attribute: ~Escapable {
  /// Which one, without the flag bits (`NLA_TYPE_MASK`).
  public let type: UInt16
  /// Its value.
  public let payload: RawSpan

  @_lifetime(copy payload)
  init(type: UInt16, payload: RawSpan) {
    self.type = type
    self.payload = payload
  }

  /// The attributes inside it.
  public var nested: Attributes { @_lifetime(copy self) get { Attributes(payload) } }

  /// The payload as a value; nil where it cannot be one.
  public func value<Value: AttributeValue>(as type: Value.Type = Value.self) -> Value? {
    Value(attributeBytes: payload)
  }
}

/// A run of attributes, in order.
public struct Attributes: ~Escapable {
  let bytes: RawSpan
  /// Where the next attribute begins.
  private(set) var offset = 0

  /// Walks these bytes.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { self.bytes = bytes }

  /// The next attribute; nil at the end, and where a length makes no sense.
  @_lifetime(copy self)
  public mutating func next() -> Attribute? {
    guard let payload = attributePayload(in: bytes, at: offset), let type = bytes.load(at: offset + 2, as: UInt16.self)
    else { return nil }
    offset = aligned(payload.upperBound)
    return Attribute(type: type & attributeTypeMask, payload: bytes.extracting(payload))
  }

  /// Whether nothing is left: false after `next()` answered nil means that the bytes are damaged.
  public var isAtEnd: Bool { offset >= bytes.byteCount }

  /// The last attribute of this type, as the kernel reads its own.
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

/// Where the payload of the attribute lies whose header is at `offset`; nil where its length makes no sense.
func attributePayload(in bytes: borrowing RawSpan, at offset: Int) -> Range<Int>? {
  let header = MemoryLayout<nlattr>.size
  guard let length = bytes.load(at: offset, as: UInt16.self), length >= header, offset + Int(length) <= bytes.byteCount
  else { return nil }
  return offset + header..<offset + Int(length)
}
