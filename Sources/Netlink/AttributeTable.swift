internal import CMnl

/// The offset of each attribute of a message, so that a look-up is one step.
///
/// Attribute types beyond the table (of a newer kernel) are found by walking the attributes.
public struct AttributeTable: ~Escapable {
  private let bytes: RawSpan
  /// For each type, the offset of the payload; 0 where there is no such attribute.
  private var offsets: InlineArray<80, UInt32> = .init(repeating: 0)

  /// Reads the offsets of the attributes.
  @_lifetime(copy attributes)
  public init(_ attributes: Attributes) {
    self.init(unread: attributes)
    read()
  }

  /// An empty table, to be filled in place by `read`: the table of another function's result would be copied.
  @_lifetime(copy attributes)
  @inline(__always)
  public init(unread attributes: Attributes) { bytes = attributes.rest }

  /// Reads the offsets of the attributes; of a type that comes twice, the last one counts.
  ///
  /// Half of a listing's instructions are spent here and in `payload`, hence the annotations.
  @inline(never) @_optimize(speed)
  public mutating func read() {
    var walk = Attributes(bytes)
    while let (type, payload) = walk.skip() {
      if type < offsets.count { offsets[Int(type)] = UInt32(truncatingIfNeeded: payload) }
    }
  }

  /// All attributes in their order.
  public var inOrder: Attributes { @_lifetime(copy self) get { Attributes(bytes) } }

  /// The payload of an attribute; nil where there is no such attribute.
  @_lifetime(copy self)
  @inline(__always)
  public func payload(_ type: Int) -> RawSpan? {
    guard type >= 0, type < offsets.count else { return nil }
    let offset = Int(offsets[type])
    guard offset > 0 else { return nil }
    return unsafe knownPayload(in: bytes, at: offset)
  }

  /// The attributes inside an attribute; none where there is no such attribute.
  @_lifetime(copy self)
  @inline(__always)
  public func nested(_ type: Int) -> Attributes {
    if let payload = payload(type) { return Attributes(payload) }
    return Attributes(bytes.extracting(first: 0))
  }

  /// The payload of an attribute by its path; nil where there is no such attribute.
  @_lifetime(copy self)
  public func payload(_ path: AttributePath) -> RawSpan? {
    var found = payload(Int(path[0]))
    for level in 1..<path.count {
      guard let outer = found else { return nil }
      found = Attributes(outer).last(Int(path[level]))?.payload
    }
    return found
  }

  /// The payload of a property's attribute; nil where there is no such attribute.
  @_lifetime(copy self)
  @inline(__always)
  public func payload<Subject: ~Escapable, Value: AttributeValue>(_ property: Property<Subject, Value>) -> RawSpan? {
    property.path.count == 1 ? payload(Int(property.path[0])) : payload(property.path)
  }

  /// The value of an attribute; nil where there is no such attribute or its payload is no such value.
  public subscript<Subject: ~Escapable, Value: AttributeValue>(property: Property<Subject, Value>) -> Value? {
    @inline(__always) get {
      guard let payload = payload(property) else { return nil }
      return Value(attributeBytes: payload)
    }
  }
}
