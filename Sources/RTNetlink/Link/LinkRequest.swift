internal import CMnl
public import Netlink

/// A request about links being written: whom it is for, and what to make of it.
public struct LinkRequest: ~Copyable {
  package var request: Request
  /// Where the header lies that index and flags go to: the link's own or, inside `peer`, the peer's.
  private(set) var header: Int

  private init(_ type: Int, _ flags: Request.Flags) {
    request = Request(type, flags)
    header = request.append(header: ifinfomsg())
  }

  /// Makes a link, and fails where it is there already (`RTM_NEWLINK`); `ip link add`.
  public static func add() -> LinkRequest { LinkRequest(RTM_NEWLINK, [.create, .exclusive]) }

  /// Makes a link or changes the one that is there; `ip link replace`.
  public static func replace() -> LinkRequest { LinkRequest(RTM_NEWLINK, [.create, .replace]) }

  /// Changes a link, or all of a group; `ip link set`.
  public static func set() -> LinkRequest { LinkRequest(RTM_NEWLINK, []) }

  /// Removes a link (of a veth, both ends), or all of a group (`RTM_DELLINK`); `ip link delete`.
  public static func delete() -> LinkRequest { LinkRequest(RTM_DELLINK, []) }

  /// Gives a link further names (`RTM_NEWLINKPROP`); `ip link property add`.
  public static func addNames() -> LinkRequest { LinkRequest(RTM_NEWLINKPROP, [.create, .exclusive, .append]) }

  /// Takes further names from a link (`RTM_DELLINKPROP`); `ip link property del`.
  public static func deleteNames() -> LinkRequest { LinkRequest(RTM_DELLINKPROP, []) }

  /// Asks for one link, without its statistics (`RTM_GETLINK`); `ip link show DEV`.
  public static func get() -> LinkRequest {
    var request = LinkRequest(RTM_GETLINK, [])
    request.set(.answerFilter, to: UInt32(RTEXT_FILTER_SKIP_STATS))
    return request
  }

  /// Asks for all links; `ip link show`.
  public static func dump() -> LinkRequest {
    var request = LinkRequest(RTM_GETLINK, .dump)
    request.set(.answerFilter, to: UInt32(RTEXT_FILTER_SKIP_STATS))
    return request
  }

  /// Has the kernel answer with what became of it (`NLM_F_ECHO`); `ip -echo link add`.
  ///
  /// A new veth's own end comes with the index of the other one, unless it was made in another namespace. Changes of a
  /// link that is there have no echo.
  public mutating func askForEcho() { request.insert(.echo) }

  /// How long it is so far, in bytes; what the kernel blames in a refusal is told by its place in them.
  public var byteCount: Int { request.byteCount }

  /// Whom it is for or, when adding, the index to have; 0 lets the kernel choose (`ifi_index`).
  public mutating func setIndex(_ index: Int32) {
    request.withHeader(ifinfomsg.self, at: header) { $0.ifi_index = index }
  }

  /// Switches flags on or off, and leaves all others alone (`ifi_flags`, `ifi_change`); `ip link set DEV up`.
  public mutating func set(_ flags: LinkFlags, on isOn: Bool) {
    request.withHeader(ifinfomsg.self, at: header) {
      $0.ifi_change |= flags.rawValue
      $0.ifi_flags = isOn ? $0.ifi_flags | flags.rawValue : $0.ifi_flags & ~flags.rawValue
    }
  }

  /// Whom it is for, by any of its names; the kernel looks it up while it holds its lock.
  public mutating func setTarget(_ name: [UInt8]) {
    if let name = KernelName(name) {
      set(.name, to: name)
    } else {
      set(.alternativeName, to: name + [0])
    }
  }

  /// Sets a property.
  public mutating func set<Value: AttributeValue>(_ property: Property<Link, Value>, to value: Value) {
    request.append(Int(property.type), value)
  }

  /// Says which further names are meant, of up to 127 bytes (`IFLA_PROP_LIST`); `ip link property add DEV altname NAME`.
  public mutating func setAlternativeNames(_ names: [[UInt8]]) {
    request.nest(IFLA_PROP_LIST) {
      for name in names { $0.append(IFLA_ALT_IFNAME, name + [0]) }
    }
  }

  /// Sets or clears one of the reasons for which a protocol holds it down, a bit (`IFLA_PROTO_DOWN_REASON`);
  /// `ip link set DEV protodown_reason N on`.
  public mutating func setProtocolDownReason(_ reason: UInt8, on isOn: Bool) {
    let bit: UInt32 = 1 << UInt32(reason)
    request.nest(IFLA_PROTO_DOWN_REASON) {
      $0.append(IFLA_PROTO_DOWN_REASON_MASK, bit)
      $0.append(IFLA_PROTO_DOWN_REASON_VALUE, isOn ? bit : 0)
    }
  }

  /// Sets how an IPv6 address is made of the link's own, `IN6_ADDR_GEN_MODE_…` (`IFLA_AF_SPEC`);
  /// `ip link set DEV addrgenmode MODE`.
  public mutating func setAddressGeneration(_ mode: UInt8) {
    request.nest(IFLA_AF_SPEC) {
      $0.nest(Int(AF_INET6)) { $0.append(IFLA_INET6_ADDR_GEN_MODE, mode) }
    }
  }

  /// Names the kind of device to make, and says what only that kind knows (`IFLA_LINKINFO`); `type KIND …`.
  public mutating func setKind<Failure: Error>(
    _ kind: [UInt8], _ settings: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    try nest(IFLA_LINKINFO) { request throws(Failure) in
      request.request.append(IFLA_INFO_KIND, kind)
      try settings(&request)
    }
  }

  /// As `Request.nest`, for a body that writes properties of links.
  mutating func nest<Failure: Error>(
    _ type: Int, _ body: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    let start = request.openNest(type)
    defer { request.closeNest(start) }
    try body(&self)
  }

  /// Writes another link inside this one: index and flags that `body` sets are the inner one's.
  mutating func inner<Failure: Error>(
    _ body: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = header
    header = request.append(header: ifinfomsg())
    defer { header = outer }
    try body(&self)
  }
}

extension NetlinkSocket {
  /// Sends a request that changes something.
  ///
  /// - Returns: the kernel's warning, empty where it has none.
  @discardableResult
  public mutating func send(_ request: inout LinkRequest) throws(NetlinkError) -> [UInt8] {
    try exchange(&request.request)
  }
}
