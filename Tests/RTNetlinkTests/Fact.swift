import Netlink
import RTNetlink
import Testing

/// A property and its value: to be written into a request, or to be found in what was read.
struct Fact<Subject: ~Escapable, Writer: ~Copyable>: Sendable, CustomTestStringConvertible {
  let name: String
  let write: @Sendable (inout Writer) -> Void
  let holds: @Sendable (borrowing Subject) -> Bool

  var testDescription: String { name }
}

typealias LinkFact = Fact<Link, LinkRequest>
typealias AddressFact = Fact<Address, AddressRequest>

extension LinkFact {
  init<Value: AttributeValue & Equatable & Sendable>(_ name: String, _ property: Property<Link, Value>, _ value: Value)
  {
    self.init(name: name, write: { $0.set(property, to: value) }, holds: { $0[property] == value })
  }

  /// The kernel does not tell this property.
  static func missing<Value: AttributeValue & Equatable & Sendable>(_ name: String, _ property: Property<Link, Value>)
    -> LinkFact
  {
    LinkFact(name: "no \(name)", write: { _ in }, holds: { $0[property] == nil })
  }
}

extension AddressFact {
  init<Value: AttributeValue & Equatable & Sendable>(
    _ name: String, _ property: Property<Address, Value>, _ value: Value
  ) {
    self.init(name: name, write: { $0.set(property, to: value) }, holds: { $0[property] == value })
  }

  /// The kernel does not tell this property.
  static func missing<Value: AttributeValue & Equatable & Sendable>(
    _ name: String, _ property: Property<Address, Value>
  ) -> AddressFact {
    AddressFact(name: "no \(name)", write: { _ in }, holds: { $0[property] == nil })
  }
}
