internal import CMnl
public import Netlink
internal import SystemCalls

/// What an IP address of a link is to be; a value, encoded once when a request is sent.
public struct AddressSettings: Hashable, Sendable {
  /// The index of the link (`ifa_index`); `dev DEVICE`.
  public var linkIndex: Int32 = 0
  /// `AF_INET` or `AF_INET6`; 0 where no address is given (`ifa_family`).
  public var family: UInt8 = 0
  /// The length of the prefix, in bits (`ifa_prefixlen`).
  public var prefixLength: UInt8 = 0
  /// The scope (`ifa_scope`); `scope SCOPE`.
  public var scope = AddressScope.global
  /// The flags (`IFA_FLAGS`, and `ifa_flags` for the lowest eight).
  public var flags: AddressFlags = []
  /// The attributes, in the order in which they were set.
  private var attributes: [Attribute] = []

  private struct Attribute: Hashable {
    let type: Int
    var value: [UInt8]
  }

  /// Nothing yet.
  public init() {}

  /// An address of a link; `ip address add PREFIX dev DEV`.
  public init(_ prefix: IPPrefix, linkIndex: Int32) {
    self.linkIndex = linkIndex
    family = prefix.address.family.rawValue
    prefixLength = prefix.length
    self[.local] = prefix.address
    self[.address] = prefix.address
  }

  /// An address just as the kernel reports it, with label, broadcast address, scope, metric, flags, peer and lifetimes.
  public init(_ address: borrowing Address) {
    linkIndex = address.linkIndex
    family = address.family
    prefixLength = address.prefixLength
    scope = address.scope
    flags = address.flags
    var walk = address.attributes.inOrder
    while let attribute = walk.next() {
      let type = Int(attribute.type)
      if type != IFA_FLAGS { attributes.append(Attribute(type: type, value: attribute.payload.copied)) }
    }
  }

  /// The value of an attribute; nil where it is not set. A nil removes the attribute.
  public subscript<Value: AttributeValue>(property: Property<Address, Value>) -> Value? {
    get {
      for attribute in attributes where attribute.type == property.type {
        return Value(attributeBytes: attribute.value)
      }
      return nil
    }
    set { set(property.type, newValue?.attributeBytes) }
  }

  /// Sets the label of an IPv4 address (`IFA_LABEL`), also one that the kernel would refuse as too long; `label TEXT`.
  package mutating func set(label: [UInt8]) { set(Int(IFA_LABEL), label + [0]) }

  private mutating func set(_ type: Int, _ value: [UInt8]?) {
    let position = attributes.firstIndex { $0.type == type }
    switch (position, value) {
    case (let position?, let value?): attributes[position].value = value
    case (let position?, nil): attributes.remove(at: position)
    case (nil, let value?): attributes.append(Attribute(type: type, value: value))
    case (nil, nil): break
    }
  }

  /// The address itself, and the length of its prefix; nil where no address is set.
  public var prefix: IPPrefix? { localAddress.map { IPPrefix(address: $0, length: prefixLength) } }

  /// Whether both name the same address of a link: the same address, peer and prefix length, by which the kernel tells
  /// addresses apart (`IFA_LOCAL`, `IFA_ADDRESS`).
  public func isSameAddress(as other: AddressSettings) -> Bool {
    family == other.family && prefixLength == other.prefixLength && localAddress == other.localAddress
      && (self[.address] ?? localAddress) == (other[.address] ?? other.localAddress)
  }

  private var localAddress: IPAddress? { self[.local] ?? self[.address] }

  func encode(into request: inout Request) {
    var header = ifaddrmsg()
    header.ifa_index = UInt32(bitPattern: linkIndex)
    header.ifa_family = family
    header.ifa_prefixlen = prefixLength
    header.ifa_scope = scope.rawValue
    header.ifa_flags = UInt8(truncatingIfNeeded: flags.rawValue)
    request.append(header: header)
    for attribute in attributes { request.append(attribute.type, attribute.value) }
    // The header has room for the lowest eight.
    if flags.rawValue > UInt8.max { request.append(Int(IFA_FLAGS), flags.rawValue) }
  }
}

extension AddressSettings: CustomStringConvertible {
  /// The words of `ip` for the address, such as `10.0.0.1/24 scope host label lo:web`.
  public var description: String {
    var text = prefix?.description ?? ""
    if let peer = self[.address], peer != localAddress { text += " peer \(peer)" }
    if let broadcast = self[.broadcast] { text += " broadcast \(broadcast)" }
    if scope != .global { text += " scope \(scope)" }
    if let label = self[.label] { text += " label \(label)" }
    if let metric = self[.metric] { text += " metric \(metric)" }
    if !flags.isEmpty { text += " \(flags)" }
    if let lifetime = self[.lifetime] { text += " \(lifetime)" }
    return text
  }
}
