/// The place of an attribute in a message: the attribute types from the outermost to the attribute itself.
///
/// `IFLA_AF_SPEC` / `AF_INET6` / `IFLA_INET6_ADDR_GEN_MODE` is a path of three.
public struct AttributePath: Hashable, Sendable {
  private let types: InlineArray<4, UInt16>
  /// The number of types, 1 to 4.
  public let count: Int

  /// The path of an attribute of the message itself.
  @inline(__always)
  public init(_ type: Int) {
    types = [UInt16(truncatingIfNeeded: type), 0, 0, 0]
    count = 1
  }

  /// The path of an attribute inside others.
  public init(_ outer: Int, _ middle: Int, _ inner: Int) {
    types = [
      UInt16(truncatingIfNeeded: outer), UInt16(truncatingIfNeeded: middle), UInt16(truncatingIfNeeded: inner), 0,
    ]
    count = 3
  }

  /// The path of an attribute inside another.
  public init(_ outer: Int, _ inner: Int) {
    types = [UInt16(truncatingIfNeeded: outer), UInt16(truncatingIfNeeded: inner), 0, 0]
    count = 2
  }

  /// The type at a level, from 0 for the outermost.
  @inline(__always)
  public subscript(level: Int) -> UInt16 { types[level] }

  /// Whether both are the same place.
  public static func == (one: AttributePath, other: AttributePath) -> Bool {
    guard one.count == other.count else { return false }
    for level in 0..<one.count where one[level] != other[level] { return false }
    return true
  }

  /// Feeds the types to a hasher.
  public func hash(into hasher: inout Hasher) {
    for level in 0..<count { hasher.combine(self[level]) }
  }
}

extension AttributePath: CustomStringConvertible {
  /// The types with slashes between, such as `26/10/8`.
  public var description: String {
    var text = "\(types[0])"
    for level in 1..<count { text += "/\(types[level])" }
    return text
  }
}

/// One attribute of a kernel object: the place of the attribute, the type of its value, and the word for it.
///
/// One line declares an attribute for reading and for writing:
/// `extension Property<Link, UInt32> { static var mtu: Self { Self(IFLA_MTU, "mtu") } }`.
public struct Property<Subject: ~Escapable, Value: AttributeValue>: Sendable {
  /// The place of the attribute.
  public let path: AttributePath
  /// The keyword of `ip` for the attribute, such as `mtu`; empty where `ip` has none.
  public let keyword: StaticString

  /// An attribute of the message itself, by its C constant.
  @inline(__always)
  public init(_ type: Int, _ keyword: StaticString = "") {
    path = AttributePath(type)
    self.keyword = keyword
  }

  /// An attribute inside others.
  public init(_ path: AttributePath, _ keyword: StaticString = "") {
    self.path = path
    self.keyword = keyword
  }

  /// The type of the attribute itself.
  @inline(__always)
  public var type: Int { Int(path[path.count - 1]) }
}

extension Property: CustomStringConvertible where Subject: ~Escapable {
  /// The keyword or, of an attribute without one, the attribute types.
  public var description: String { keyword.utf8CodeUnitCount > 0 ? "\(keyword)" : "attribute \(path)" }
}
