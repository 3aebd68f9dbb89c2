internal import CMnl

/// Where each attribute of a message lies, so that looking one up is a single step.
///
/// Types beyond the table (a newer kernel's) stay in the bytes and are met when walking them.
public struct AttributeTable: ~Escapable {
  private let bytes: RawSpan
  /// For each type, where its payload begins; 0 where there is none.
  private var offsets: InlineArray<80, UInt16> = .init(repeating: 0)

  /// Notes where the attributes are.
  @_lifetime(copy attributes)
  public init(_ attributes: Attributes) {
    self.init(unread: attributes)
    read()
  }

  /// A table that is empty until `read`, for what holds one and is read by the thousand: a table that another function
  /// made would be copied.
  @_lifetime(copy attributes)
  @inline(__always)
  public init(unread attributes: Attributes) { bytes = attributes.first64K }

  /// Notes where the attributes are; a type that comes twice counts with its last.
  ///
  /// A listing does nothing more often: optimised for speed, it takes a quarter less and a hundred bytes more.
  @inline(never) @_optimize(speed)
  public mutating func read() {
    var walk = Attributes(bytes)
    while let (type, payload) = walk.skip() {
      if type < offsets.count { offsets[Int(type)] = UInt16(truncatingIfNeeded: payload) }
    }
  }

  /// The payload of an attribute, nil where it is missing.
  @_lifetime(copy self)
  @inline(__always)
  public func payload(_ type: Int) -> RawSpan? {
    guard type >= 0, type < offsets.count else { return nil }
    let offset = Int(offsets[type])
    guard offset > 0 else { return nil }
    return unsafe knownPayload(in: bytes, at: offset)
  }

  /// The attributes inside an attribute; none where it is missing.
  @_lifetime(copy self)
  @inline(__always)
  public func nested(_ type: Int) -> Attributes {
    if let payload = payload(type) { return Attributes(payload) }
    return Attributes(bytes.extracting(first: 0))
  }

  /// An attribute's value, nil where it is missing or cannot be one.
  ///
  /// Copied into its callers, as is all that reads a table: a call would have a copy made of the table first.
  public subscript<Subject: ~Escapable, Value: AttributeValue>(property: Property<Subject, Value>) -> Value? {
    @inline(__always) get {
      guard let payload = payload(Int(property.type)) else { return nil }
      return Value(attributeBytes: payload)
    }
  }
}
