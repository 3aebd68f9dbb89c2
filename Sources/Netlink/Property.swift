/// A fact about a kernel object that travels in one attribute: which attribute, of what, and as what value.
///
/// One line declares it for reading and for writing:
/// `extension Property<Link, UInt32> { static var mtu: Self { Self(IFLA_MTU) } }`.
public struct Property<Subject: ~Escapable, Value: AttributeValue>: Sendable {
  /// The attribute's number.
  public let type: UInt16

  /// Names the attribute by its C constant.
  public init(_ type: Int) { self.type = UInt16(type) }
}
