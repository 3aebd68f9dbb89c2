internal import CMnl
public import Netlink

/// One IP address of an interface as the kernel describes it, read where the answer lies; rtnetlink(7).
public struct Address: ~Escapable {
  /// The number of its interface (`ifa_index`).
  public let linkIndex: Int32
  /// IPv4 or IPv6, `AF_…` (`ifa_family`).
  public let family: UInt8
  /// How many of its bits name the network (`ifa_prefixlen`).
  public let prefixLength: UInt8
  /// How far it is known, `RT_SCOPE_…` (`ifa_scope`).
  public let scope: UInt8
  /// How it came about and what state it is in (`IFA_FLAGS`, or `ifa_flags` of an old kernel).
  public let flags: AddressFlags
  /// Whether the message says that it is gone (`RTM_DELADDR`).
  public let isDeleted: Bool
  /// Everything else.
  public private(set) var attributes: AttributeTable

  /// Reads a message about an address; nil for any other message.
  @_lifetime(copy message)
  public init?(_ message: Message) {
    guard let header = message.addressHeader else { return nil }
    self.init(message, header)
  }

  /// Optimised for speed, as `Link` is.
  @_optimize(speed)
  @_lifetime(copy message)
  fileprivate init(_ message: Message, _ header: ifaddrmsg) {
    linkIndex = Int32(truncatingIfNeeded: header.ifa_index)
    family = header.ifa_family
    prefixLength = header.ifa_prefixlen
    scope = header.ifa_scope
    isDeleted = message.type == RTM_DELADDR
    attributes = AttributeTable(unread: message.attributes(after: MemoryLayout<ifaddrmsg>.size))
    attributes.read()
    flags = AddressFlags(rawValue: attributes[Property<Address, UInt32>.flags] ?? UInt32(header.ifa_flags))
  }

  /// One of its properties; nil where the kernel does not tell.
  public subscript<Value: AttributeValue>(property: Property<Address, Value>) -> Value? {
    @inline(__always) get { attributes[property] }
  }

  /// The bytes of one of its properties, as they lie there; nil where the kernel does not tell.
  @_lifetime(copy self)
  @inline(__always)
  public func payload<Value: AttributeValue>(_ property: Property<Address, Value>) -> RawSpan? {
    attributes.payload(Int(property.type))
  }

  /// The address itself.
  public var local: IPAddress? { self[.local] ?? self[.address] }

  /// The neighbour's address, where it has one of its own.
  public var peer: IPAddress? {
    guard let address = self[.address], let local = self[.local], local != address else { return nil }
    return address
  }
}

extension Message {
  /// What it says first where it is about an address.
  fileprivate var addressHeader: ifaddrmsg? {
    var header = ifaddrmsg()
    guard type == RTM_NEWADDR || type == RTM_DELADDR, payload.copy(to: &header) else { return nil }
    return header
  }

  /// Calls `body` with the address that it is about; false where it is about none.
  @inline(never) @_optimize(speed)
  @discardableResult
  public func withAddress(_ body: (borrowing Address) -> Void) -> Bool {
    guard let header = addressHeader else { return false }
    body(Address(self, header))
    return true
  }
}

extension NetlinkSocket {
  /// Sends a request about addresses and calls `body` with each address that the kernel answers with.
  ///
  /// - Returns: the kernel's warning, empty where it has none.
  @discardableResult
  public mutating func addresses(
    _ request: inout AddressRequest, _ body: (borrowing Address) -> Void = { _ in }
  ) throws(NetlinkError) -> [UInt8] {
    try addressMessages(&request) { address, _ in body(address) }
  }

  /// As `addresses`, with the bytes of each message, for a body that keeps them for `withAddress`.
  @discardableResult
  public mutating func addressMessages(
    _ request: inout AddressRequest, _ body: (borrowing Address, RawSpan) -> Void
  ) throws(NetlinkError) -> [UInt8] {
    try exchange(&request.request) { answers in
      var answers = answers
      while let message = answers.next() {
        message.withAddress { body($0, message.bytes) }
      }
    }
  }
}

/// Reads an address again from the bytes of its message, which were kept.
public func withAddress(in bytes: RawSpan, _ body: (borrowing Address, RawSpan) -> Void) {
  var messages = Messages(bytes)
  if let message = messages.next() { message.withAddress { body($0, message.bytes) } }
}
