import Netlink
import RTNetlink
import Testing

/// A property with a value: to be set, or to be found in what was read.
struct Fact<Subject: ~Escapable, Settings>: Sendable, CustomTestStringConvertible {
  let name: String
  let set: @Sendable (inout Settings) -> Void
  /// The value among settings; nil where the property is not set.
  let isSet: @Sendable (Settings) -> Bool?
  let holds: @Sendable (borrowing Subject) -> Bool

  var testDescription: String { name }
}

typealias LinkFact = Fact<Link, LinkSettings>
typealias AddressFact = Fact<Address, AddressSettings>

extension LinkFact {
  init<Value: AttributeValue & Equatable & Sendable>(_ name: String, _ property: Property<Link, Value>, _ value: Value)
  {
    self.init(
      name: name, set: { $0[property] = value }, isSet: { $0[property].map { $0 == value } },
      holds: { $0[property] == value })
  }

  /// The kernel does not report this property.
  static func missing<Value: AttributeValue & Equatable & Sendable>(_ name: String, _ property: Property<Link, Value>)
    -> LinkFact
  {
    LinkFact(name: "no \(name)", set: { _ in }, isSet: { _ in nil }, holds: { $0[property] == nil })
  }
}

extension AddressFact {
  init<Value: AttributeValue & Equatable & Sendable>(
    _ name: String, _ property: Property<Address, Value>, _ value: Value
  ) {
    self.init(
      name: name, set: { $0[property] = value }, isSet: { $0[property].map { $0 == value } },
      holds: { $0[property] == value })
  }

  /// The kernel does not report this property.
  static func missing<Value: AttributeValue & Equatable & Sendable>(
    _ name: String, _ property: Property<Address, Value>
  ) -> AddressFact {
    AddressFact(name: "no \(name)", set: { _ in }, isSet: { _ in nil }, holds: { $0[property] == nil })
  }
}
