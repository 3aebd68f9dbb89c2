internal import CMnl
public import Netlink
internal import SystemCalls

/// One network interface as the kernel describes it, read where the answer lies; rtnetlink(7).
///
/// Attributes that this library has no name for are kept: `attributes` reaches every one of them.
public struct Link: ~Escapable {
  /// Its number in its namespace (`ifi_index`).
  public let index: Int32
  /// What it is and does (`ifi_flags`).
  public let flags: LinkFlags
  /// The kind of link layer, `ARPHRD_…` of linux/if_arp.h (`ifi_type`).
  public let hardwareType: UInt16
  /// Whether the message says that it is gone (`RTM_DELLINK`).
  public let isDeleted: Bool
  /// Whether a bridge says it, and of its port: gone is then not the link, but the bridge (`AF_BRIDGE`, `ifi_family`).
  public let isAboutPort: Bool
  /// Everything else.
  public private(set) var attributes: AttributeTable

  /// Reads a message about a link; nil for any other message.
  @_lifetime(copy message)
  public init?(_ message: Message) {
    guard let header = message.linkHeader else { return nil }
    self.init(message, header)
  }

  /// Optimised for speed: for size, its bytes would be copied one by one.
  @_optimize(speed)
  @_lifetime(copy message)
  fileprivate init(_ message: Message, _ header: ifinfomsg) {
    index = header.ifi_index
    flags = LinkFlags(rawValue: header.ifi_flags)
    hardwareType = header.ifi_type
    isDeleted = message.type == RTM_DELLINK
    isAboutPort = header.ifi_family == UInt8(AF_BRIDGE)
    attributes = AttributeTable(unread: message.attributes(after: MemoryLayout<ifinfomsg>.size))
    attributes.read()
  }

  /// One of its properties; nil where the kernel does not tell.
  public subscript<Value: AttributeValue>(property: Property<Link, Value>) -> Value? {
    @inline(__always) get { attributes[property] }
  }

  /// The bytes of one of its properties, as they lie there; nil where the kernel does not tell.
  @_lifetime(copy self)
  @inline(__always)
  public func payload<Value: AttributeValue>(_ property: Property<Link, Value>) -> RawSpan? {
    attributes.payload(Int(property.type))
  }

  /// The kind of device, such as `veth` (`IFLA_INFO_KIND`); nil for a physical device or `lo`.
  public var kind: RawSpan? {
    @_lifetime(copy self) get { info(IFLA_INFO_KIND) }
  }

  /// As a port of what kind of device it has settings, such as `bridge` (`IFLA_INFO_SLAVE_KIND`).
  public var portKind: RawSpan? {
    @_lifetime(copy self) get { info(IFLA_INFO_SLAVE_KIND) }
  }

  /// What only links of its kind have (`IFLA_INFO_DATA`), to be read with the properties of that kind, such as `Bridge`.
  public var kindData: AttributeTable {
    @_lifetime(copy self) get { AttributeTable(infoData(IFLA_INFO_DATA)) }
  }

  /// What only ports have (`IFLA_INFO_SLAVE_DATA`), to be read with the properties of that port, such as `BridgePort`.
  public var portData: AttributeTable {
    @_lifetime(copy self) get { AttributeTable(infoData(IFLA_INFO_SLAVE_DATA)) }
  }

  /// Whether it is a device of this kind.
  public func isOfKind(_ name: [UInt8]) -> Bool { Self.same(kind, name) }

  /// Whether it is a port of a device of this kind.
  public func isPort(ofKind name: [UInt8]) -> Bool { Self.same(portKind, name) }

  private static func same(_ kind: RawSpan?, _ name: [UInt8]) -> Bool {
    guard let kind else { return false }
    return kind.copied == name
  }

  @_lifetime(copy self)
  private func info(_ type: Int) -> RawSpan? {
    attributes.nested(IFLA_LINKINFO).last(type)?.payload.string
  }

  @_lifetime(copy self)
  private func infoData(_ type: Int) -> Attributes {
    if let data = attributes.nested(IFLA_LINKINFO).last(type) { return data.nested }
    return Attributes(RawSpan())
  }

  /// How it makes IPv6 addresses of its own, `IN6_ADDR_GEN_MODE_…` (`IFLA_AF_SPEC`); nil where the kernel has no IPv6.
  public var addressGeneration: UInt8? {
    attributes.nested(IFLA_AF_SPEC).last(Int(AF_INET6))?.nested.last(IFLA_INET6_ADDR_GEN_MODE)?.value()
  }

  /// Calls `body` with each of its alternative names (`IFLA_PROP_LIST`).
  public func forEachAlternativeName(_ body: (RawSpan) -> Void) {
    var properties = attributes.nested(IFLA_PROP_LIST)
    while let property = properties.next() {
      if property.type == IFLA_ALT_IFNAME { body(property.payload.string) }
    }
  }
}

extension Message {
  /// What it says first where it is about a link.
  fileprivate var linkHeader: ifinfomsg? {
    var header = ifinfomsg()
    guard type == RTM_NEWLINK || type == RTM_DELLINK, payload.copy(to: &header) else { return nil }
    return header
  }

  /// Calls `body` with the link that it is about; false where it is about none.
  ///
  /// Not copied into its callers, and no link handed back, not even one that may be nil: a link is large.
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

extension NetlinkSocket {
  /// Calls `body` with the link of this name, which may be an alternative one; false where there is none.
  ///
  /// - Parameter namespace: the id of the namespace that it is in (`IFLA_TARGET_NETNSID`); nil for the socket's.
  public mutating func withLink(_ name: [UInt8], in namespace: Int32? = nil, _ body: (borrowing Link) -> Void) -> Bool {
    guard !name.isEmpty else { return false }
    var request = LinkRequest.get()
    request.setTarget(name)
    if let namespace { request.set(.targetNamespaceID, to: namespace) }
    return (try? links(&request, body)) != nil
  }

  /// The index of the link of this name, which may be an alternative one; nil where there is none.
  ///
  /// - Parameter namespace: as for `withLink`.
  @inline(never)
  public mutating func index(of name: [UInt8], in namespace: Int32? = nil) -> Int32? {
    if namespace == nil, let index = interfaceIndex(name) { return index }
    var index: Int32? = nil
    return withLink(name, in: namespace) { index = $0.index } ? index : nil
  }

  /// Sends a request about links and calls `body` with each link that the kernel answers with.
  ///
  /// - Returns: the kernel's warning, empty where it has none.
  @discardableResult
  @inline(never)
  public mutating func links(
    _ request: inout LinkRequest, _ body: (borrowing Link) -> Void
  ) throws(NetlinkError) -> [UInt8] {
    try exchange(&request.request) { $0.forEachLink(body) }
  }

  /// As `links`, with the bytes of each message, for a body that keeps them.
  public mutating func linkMessages(
    _ request: inout LinkRequest, _ body: (borrowing Link, RawSpan) -> Void
  ) throws(NetlinkError) {
    try exchange(&request.request) { answers in
      var answers = answers
      while let message = answers.next() {
        message.withLink { body($0, message.bytes) }
      }
    }
  }

  /// As `links`, with a look at each read before `body` gets the links of the one before it: names of peers that come
  /// later are known by then.
  @discardableResult
  public mutating func links(
    _ request: inout LinkRequest, lookingAhead ahead: (Answers) -> Void, _ body: (borrowing Link) -> Void
  ) throws(NetlinkError) -> [UInt8] {
    try exchange(&request.request, lookingAhead: ahead) { $0.forEachLink(body) }
  }
}
