internal import CMnl
public import Netlink
internal import SystemCalls

/// One network interface as the kernel describes it, read in place; `struct ifinfomsg`, rtnetlink(7).
///
/// `attributes` reaches all attributes, also those without a property.
public struct Link: ~Escapable {
  /// The index in the link's namespace (`ifi_index`).
  public let index: Int32
  /// The flags (`ifi_flags`).
  public let flags: LinkFlags
  /// The type of the link layer (`ifi_type`).
  public let hardwareType: HardwareType
  /// Whether the message announces the deletion of the link (`RTM_DELLINK`).
  public let isDeleted: Bool
  /// Whether the message is a bridge's, about a port (`AF_BRIDGE`, `ifi_family`). With `isDeleted`, the link has left the
  /// bridge and still exists.
  public let isBridgePort: Bool
  /// All attributes.
  public private(set) var attributes: AttributeTable

  /// The link of a message; nil for a message that is not about a link.
  @_lifetime(copy message)
  public init?(_ message: Message) {
    guard let header = message.linkHeader else { return nil }
    self.init(message, header)
  }

  /// Optimized for speed: in a build for size, the bytes of the table would be copied one by one.
  @_optimize(speed)
  @_lifetime(copy message)
  fileprivate init(_ message: Message, _ header: ifinfomsg) {
    index = header.ifi_index
    flags = LinkFlags(rawValue: header.ifi_flags)
    hardwareType = HardwareType(rawValue: header.ifi_type)
    isDeleted = message.type == RTM_DELLINK
    isBridgePort = header.ifi_family == UInt8(AF_BRIDGE)
    attributes = AttributeTable(unread: message.attributes(after: MemoryLayout<ifinfomsg>.size))
    attributes.read()
  }

  /// The name (`IFLA_IFNAME`), which the kernel reports of every link; `?` in a damaged message.
  public var name: KernelName { self[.name] ?? "?" }

  /// The value of an attribute; nil where the kernel does not report the attribute.
  public subscript<Value: AttributeValue>(property: Property<Link, Value>) -> Value? {
    @inline(__always) get { attributes[property] }
  }

  /// The value of an attribute of the link's kind; nil for a link of another kind: `link[Bridge.ageingTime]`.
  public subscript<Kind: LinkKindAttributes, Value: AttributeValue>(property: Property<Kind, Value>) -> Value? {
    guard let name = Kind.kind.isPort ? portKindBytes : kindBytes, name == Kind.kind.name else { return nil }
    guard let payload = attributes.payload(Kind.kind.path(property.type)) else { return nil }
    return Value(attributeBytes: payload)
  }

  /// The bytes of an attribute; nil where the kernel does not report the attribute.
  @_lifetime(copy self)
  @inline(__always)
  public func payload<Value: AttributeValue>(_ property: Property<Link, Value>) -> RawSpan? {
    attributes.payload(property)
  }

  /// The kind, such as `veth` (`IFLA_INFO_KIND`); nil for a physical device and `lo`.
  public var kind: KernelName? { self[Property(AttributePath(IFLA_LINKINFO, IFLA_INFO_KIND))] }

  /// The kind of the master, where the link has attributes as its port: `bridge` (`IFLA_INFO_SLAVE_KIND`).
  public var portKind: KernelName? { self[Property(AttributePath(IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND))] }

  /// The bytes of the kind.
  package var kindBytes: RawSpan? {
    @_lifetime(copy self) get { info(IFLA_INFO_KIND)?.string }
  }

  /// The bytes of the master's kind.
  package var portKindBytes: RawSpan? {
    @_lifetime(copy self) get { info(IFLA_INFO_SLAVE_KIND)?.string }
  }

  /// The attributes of the link's kind (`IFLA_INFO_DATA`).
  package var kindData: AttributeTable {
    @_lifetime(copy self) get { table(IFLA_INFO_DATA) }
  }

  /// The attributes of the link as a port (`IFLA_INFO_SLAVE_DATA`).
  package var portData: AttributeTable {
    @_lifetime(copy self) get { table(IFLA_INFO_SLAVE_DATA) }
  }

  /// Whether the link is of a kind.
  public func isOfKind(_ kind: LinkKind) -> Bool {
    guard let name = kind.isPort ? portKindBytes : kindBytes else { return false }
    return name == kind.name
  }

  /// Whether the link is of a kind, by the kind's name.
  package func isOfKind(_ name: [UInt8]) -> Bool {
    guard let kindBytes else { return false }
    return kindBytes.copied == name
  }

  /// Whether the link is a port of a master of a kind, by the kind's name.
  package func isPort(ofKind name: [UInt8]) -> Bool {
    guard let portKindBytes else { return false }
    return portKindBytes.copied == name
  }

  @_lifetime(copy self)
  private func info(_ type: Int) -> RawSpan? { attributes.nested(IFLA_LINKINFO).last(type)?.payload }

  @_lifetime(copy self)
  private func table(_ type: Int) -> AttributeTable {
    if let data = info(type) { return AttributeTable(Attributes(data)) }
    return AttributeTable(Attributes(RawSpan()))
  }

  /// Calls `body` with each alternative name (`IFLA_PROP_LIST`).
  package func forEachAlternativeName(_ body: (RawSpan) -> Void) {
    var properties = attributes.nested(IFLA_PROP_LIST)
    while let property = properties.next() {
      if property.type == IFLA_ALT_IFNAME { body(property.payload.string) }
    }
  }

  /// The alternative names.
  public var alternativeNames: [LinkName] {
    var names: [LinkName] = []
    forEachAlternativeName { if let name = LinkName(attributeBytes: $0) { names.append(name) } }
    return names
  }
}

extension Message {
  /// The header of a message about a link; nil for any other message.
  fileprivate var linkHeader: ifinfomsg? {
    var header = ifinfomsg()
    guard type == RTM_NEWLINK || type == RTM_DELLINK, payload.copy(to: &header) else { return nil }
    return header
  }

  /// Calls `body` with the link of the message; false for a message that is not about a link.
  ///
  /// Not inlined, and no link is returned: a link is large, and an optional one would be copied.
  @inline(never) @_optimize(speed)
  @discardableResult
  public func withLink(_ body: (borrowing Link) -> Void) -> Bool {
    guard let header = linkHeader else { return false }
    body(Link(self, header))
    return true
  }
}

extension Answers {
  /// Calls `body` with each link of this read.
  @inline(never)
  public func forEachLink(_ body: (borrowing Link) -> Void) {
    var walk = self
    while let message = walk.next() { message.withLink(body) }
  }
}
