internal import CMnl
public import Netlink
internal import SystemCalls

/// A request about the IP addresses of interfaces being written.
public struct AddressRequest: ~Copyable {
  package var request: Request
  private let header: Int

  private init(_ type: Int, _ flags: Request.Flags, _ header: ifaddrmsg = ifaddrmsg()) {
    request = Request(type, flags)
    self.header = request.append(header: header)
  }

  /// Gives an interface an address, and fails where it has it already (`RTM_NEWADDR`); `ip address add`.
  public static func add() -> AddressRequest { AddressRequest(RTM_NEWADDR, [.create, .exclusive]) }

  /// Gives an interface an address, or changes the one it has; `ip address replace`.
  public static func replace() -> AddressRequest { AddressRequest(RTM_NEWADDR, [.create, .replace]) }

  /// Changes an address; `ip address change`.
  public static func change() -> AddressRequest { AddressRequest(RTM_NEWADDR, .replace) }

  /// Gives an interface an address just as the kernel once told of it, and fails where it has it already;
  /// `ip address restore`.
  ///
  /// - Throws: `malformed` for a message that tells of no address, or is damaged.
  public static func restore(_ message: Message) throws(NetlinkError) -> AddressRequest {
    var header = ifaddrmsg()
    guard message.type == RTM_NEWADDR, message.payload.copy(to: &header) else { throw .malformed }
    var request = AddressRequest(RTM_NEWADDR, .create, header)
    var attributes = message.attributes(after: MemoryLayout<ifaddrmsg>.size)
    while let attribute = attributes.next() { request.request.append(Int(attribute.type), attribute.payload.copied) }
    guard attributes.isAtEnd else { throw .malformed }
    return request
  }

  /// Takes an address away (`RTM_DELADDR`); `ip address delete`.
  public static func delete() -> AddressRequest { AddressRequest(RTM_DELADDR, []) }

  /// Asks for all addresses (`RTM_GETADDR`); `ip address show`.
  public static func dump() -> AddressRequest { AddressRequest(RTM_GETADDR, .dump) }

  /// Has the kernel answer with what became of it (`NLM_F_ECHO`); `ip -echo address add`.
  public mutating func askForEcho() { request.insert(.echo) }

  /// Which interface it is about (`ifa_index`).
  public mutating func setLink(_ index: Int32) { change { $0.ifa_index = UInt32(bitPattern: index) } }

  /// Whether it is about IPv4 or IPv6, `AF_…`; 0 for both (`ifa_family`).
  public mutating func setFamily(_ family: UInt8) { change { $0.ifa_family = family } }

  /// How many bits name the network (`ifa_prefixlen`).
  public mutating func setPrefixLength(_ length: UInt8) { change { $0.ifa_prefixlen = length } }

  /// How far it is known, `RT_SCOPE_…` (`ifa_scope`).
  public mutating func setScope(_ scope: UInt8) { change { $0.ifa_scope = scope } }

  /// Sets the flags (`IFA_FLAGS`, and `ifa_flags` for those that have room there).
  public mutating func setFlags(_ flags: AddressFlags) {
    change { $0.ifa_flags = UInt8(truncatingIfNeeded: flags.rawValue) }
    if flags.rawValue > UInt8.max { set(.flags, to: flags.rawValue) }
  }

  /// Sets a property.
  public mutating func set<Value: AttributeValue>(_ property: Property<Address, Value>, to value: Value) {
    request.append(Int(property.type), value)
  }

  private mutating func change(_ body: (inout ifaddrmsg) -> Void) {
    request.withHeader(ifaddrmsg.self, at: header, body)
  }
}
