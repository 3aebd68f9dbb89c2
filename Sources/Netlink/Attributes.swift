internal import CMnl
internal import SystemCalls

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

  /// The bytes of what is left of them, as far as a table reaches.
  var first64K: RawSpan {
    @_lifetime(copy self) get { bytes.extracting(droppingFirst: offset).extracting(first: Int(UInt16.max)) }
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

  /// Goes on behind the next attribute: the one check on which all reading of attributes rests, and what a listing does
  /// most often.
  ///
  /// - Returns: its type, and where its payload begins; nil at the end, and where a length makes no sense.
  @inline(__always)
  mutating func skip() -> (type: UInt16, payload: Int)? {
    let headerSize = MemoryLayout<nlattr>.size
    let payload = offset &+ headerSize
    let rest = bytes.byteCount &- payload
    guard rest >= 0 else { return nil }
    let length = unsafe Int(bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
    // As unsigned, what is shorter than its own header is longer than everything.
    guard UInt(bitPattern: length &- headerSize) <= UInt(bitPattern: rest) else { return nil }
    let type = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 2, as: UInt16.self)
    offset &+= aligned(length)
    return (type & attributeTypeMask, payload)
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

/// The payload that begins at `offset`, where `skip` has found one in the same bytes.
@unsafe
@_lifetime(copy bytes)
func knownPayload(in bytes: RawSpan, at offset: Int) -> RawSpan {
  let headerSize = MemoryLayout<nlattr>.size
  let length = unsafe Int(bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &- headerSize, as: UInt16.self))
  return unsafe bytes.part(at: offset, count: length &- headerSize)
}
