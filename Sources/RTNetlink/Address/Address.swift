internal import CMnl
public import Netlink

/// One IP address of a link as the kernel describes it, read in place; `struct ifaddrmsg`, rtnetlink(7).
public struct Address: ~Escapable {
  /// The index of the link (`ifa_index`).
  public let linkIndex: Int32
  /// IPv4 or IPv6, `AF_…` (`ifa_family`).
  public let family: UInt8
  /// The length of the prefix, in bits (`ifa_prefixlen`).
  public let prefixLength: UInt8
  /// The scope (`ifa_scope`).
  public let scope: AddressScope
  /// The flags (`IFA_FLAGS`, or `ifa_flags` of an old kernel).
  public let flags: AddressFlags
  /// Whether the message announces the deletion of the address (`RTM_DELADDR`).
  public let isDeleted: Bool
  /// All attributes.
  public private(set) var attributes: AttributeTable

  /// The address of a message; nil for a message that is not about an address.
  @_lifetime(copy message)
  public init?(_ message: Message) {
    guard let header = message.addressHeader else { return nil }
    self.init(message, header)
  }

  /// Optimized for speed, as `Link` is.
  @_optimize(speed)
  @_lifetime(copy message)
  fileprivate init(_ message: Message, _ header: ifaddrmsg) {
    linkIndex = Int32(truncatingIfNeeded: header.ifa_index)
    family = header.ifa_family
    prefixLength = header.ifa_prefixlen
    scope = AddressScope(rawValue: header.ifa_scope)
    isDeleted = message.type == RTM_DELADDR
    attributes = AttributeTable(unread: message.attributes(after: MemoryLayout<ifaddrmsg>.size))
    attributes.read()
    flags = AddressFlags(rawValue: attributes[Property<Address, UInt32>.flags] ?? UInt32(header.ifa_flags))
  }

  /// The value of an attribute; nil where the kernel does not report the attribute.
  public subscript<Value: AttributeValue>(property: Property<Address, Value>) -> Value? {
    @inline(__always) get { attributes[property] }
  }

  /// The bytes of an attribute; nil where the kernel does not report the attribute.
  @_lifetime(copy self)
  @inline(__always)
  public func payload<Value: AttributeValue>(_ property: Property<Address, Value>) -> RawSpan? {
    attributes.payload(property)
  }

  /// The address itself.
  public var local: IPAddress? { self[.local] ?? self[.address] }

  /// The address itself, and the length of its prefix.
  public var prefix: IPPrefix? { local.map { IPPrefix(address: $0, length: prefixLength) } }

  /// The address of the peer; nil where the address has no peer of its own.
  public var peer: IPAddress? {
    guard let address = self[.address], let local = self[.local], local != address else { return nil }
    return address
  }
}

extension Message {
  /// The header of a message about an address; nil for any other message.
  fileprivate var addressHeader: ifaddrmsg? {
    var header = ifaddrmsg()
    guard type == RTM_NEWADDR || type == RTM_DELADDR, payload.copy(to: &header) else { return nil }
    return header
  }

  /// Calls `body` with the address of the message; false for a message that is not about an address.
  @inline(never) @_optimize(speed)
  @discardableResult
  public func withAddress(_ body: (borrowing Address) -> Void) -> Bool {
    guard let header = addressHeader else { return false }
    body(Address(self, header))
    return true
  }
}

/// Calls `body` with the address of a message whose bytes were kept.
package func withAddress(in bytes: RawSpan, _ body: (borrowing Address, RawSpan) -> Void) {
  var messages = Messages(bytes)
  if let message = messages.next() { message.withAddress { body($0, message.bytes) } }
}
