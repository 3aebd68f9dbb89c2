internal import CMnl
public import Netlink
internal import SystemCalls

/// What a link is to be: a list of settings, in the order in which they were made.
///
/// `LinkSettings` is a value: it is encoded once, when a request is sent, and compared with a `Link` for `ensure` and undo.
/// The words of `ip link add` and `ip link set` are one setting each.
public struct LinkSettings: Sendable {
  /// One setting.
  public struct Setting: Sendable {
    /// What the setting changes.
    package enum Content: Sendable {
      /// An attribute, by its place and its payload.
      case attribute(AttributePath, [UInt8])
      /// Flags to change, and the new values of these flags (`ifi_change`, `ifi_flags`).
      case flags(LinkFlags, LinkFlags)
    }

    package let content: Content
    /// The keyword of `ip` for the setting, such as `mtu`; empty where there is none.
    public let keyword: StaticString

    package init(_ content: Content, _ keyword: StaticString) {
      self.content = content
      self.keyword = keyword
    }

    /// The reasons why a protocol holds the link down, and which of them a request changes; the kernel reports the former.
    fileprivate static let protocolDownValue = AttributePath(IFLA_PROTO_DOWN_REASON, IFLA_PROTO_DOWN_REASON_VALUE)
    fileprivate static let protocolDownMask = AttributePath(IFLA_PROTO_DOWN_REASON, IFLA_PROTO_DOWN_REASON_MASK)

    /// Options of a bridge, of which a request changes some and the kernel reports all.
    fileprivate static var bridgeOptions: AttributePath { Bridge.kind.path(IFLA_BR_MULTI_BOOLOPT) }

    /// The flags that the setting changes.
    fileprivate var changedFlags: LinkFlags {
      if case .flags(let changed, _) = content { changed } else { [] }
    }

    /// Whether the setting makes the link administratively up.
    package var isUp: Bool {
      if case .flags(let changed, let flags) = content { changed == .up && flags == .up } else { false }
    }

    /// Whether the kernel applies the setting only while it creates a link.
    package var isCreationOnly: Bool {
      path == Property<Link, UInt32>.transmitQueues.path || path == Property<Link, UInt32>.receiveQueues.path
    }

    /// The place of the attribute that is set; nil for flags.
    package var path: AttributePath? {
      if case .attribute(let path, _) = content { path } else { nil }
    }

    /// Whether a link has the setting already.
    ///
    /// An attribute that the kernel does not report counts as zero, and a string may end with a NUL.
    package func isMet(by link: borrowing Link) -> Bool {
      switch content {
      case .flags(let changed, let flags): return link.flags.symmetricDifference(flags).isDisjoint(with: changed)
      case .attribute(Self.protocolDownMask, _): return true
      case .attribute(Self.bridgeOptions, let value):
        let present = link[Bridge.options] ?? BridgeOptions()
        return BridgeOptions(attributeBytes: value).map { present.union($0) == present } ?? false
      case .attribute(let path, let value):
        let present = link.attributes.payload(path)?.copied ?? []
        return present.withoutTrailingZeros == value.withoutTrailingZeros
      }
    }

    /// The setting that undoes this one, for a link that does not have it yet.
    fileprivate func restoring(_ link: borrowing Link) -> Setting {
      switch content {
      case .flags(let changed, _): return Setting(.flags(changed, link.flags.intersection(changed)), keyword)
      case .attribute(let path, let value):
        // A missing attribute counts as zero; a missing text is empty.
        if path == Self.protocolDownMask { return self }
        let isAlias = path == Property<Link, String>.alias.path
        var present = link.attributes.payload(path)?.copied ?? [UInt8](repeating: 0, count: isAlias ? 0 : value.count)
        // The kernel reports an alias with a NUL, which is one byte too many for the longest one.
        if isAlias, present.last == 0 { present.removeLast() }
        return Setting(.attribute(path, present), keyword)
      }
    }
  }

  /// The settings.
  public private(set) var settings: [Setting] = []
  /// The index for a new link; nil lets the kernel choose (`ifi_index`); `ip link add … index INDEX`.
  public var index: Int32? = nil
  /// Alternative names to add; a new link gets them by a second request (`IFLA_PROP_LIST`); `altname NAME`.
  public var alternativeNames: [LinkName] = []
  /// An array of at most one, because a struct cannot contain itself.
  private(set) var peers: [LinkSettings] = []

  /// No settings.
  public init() {}

  /// The settings of a new link with a name and a kind, such as `Bridge.kind`; `ip link add NAME type KIND`.
  public init(name: LinkName, kind: LinkKind? = nil) {
    self.name = name
    if let kind { set(kind: kind) }
  }

  /// Whether nothing is set.
  public var isEmpty: Bool { settings.isEmpty && index == nil && alternativeNames.isEmpty && peers.isEmpty }

  /// The value of an attribute; nil where it is not set. A nil removes the setting.
  public subscript<Value: AttributeValue>(property: Property<Link, Value>) -> Value? {
    get { value(at: property.path) }
    set { set(property.path, newValue, property.keyword) }
  }

  /// The value of an attribute of the link's kind, which is set with it: `settings[Bridge.ageingTime] = 30000`.
  public subscript<Kind: LinkKindAttributes, Value: AttributeValue>(property: Property<Kind, Value>) -> Value? {
    get { value(at: Kind.kind.path(property.type)) }
    set {
      if newValue != nil { set(kind: Kind.kind) }
      set(Kind.kind.path(property.type), newValue, property.keyword)
    }
  }

  /// The name of a new link, or the new name of a link that exists; `name NAME`.
  public var name: LinkName? {
    get { value(at: Property<Link, KernelName>.name.path) }
    set { set(Property<Link, KernelName>.name.path, newValue, "name") }
  }

  /// The kind of a new link, such as `veth` (`IFLA_INFO_KIND`); `type KIND`.
  public var kind: KernelName? { value(at: AttributePath(IFLA_LINKINFO, IFLA_INFO_KIND)) }

  /// Sets the kind of a new link or, for a port's attributes, of the master; `type KIND`.
  public mutating func set(kind: LinkKind) { set(kind.namePath, [UInt8](kind.name), "type") }

  /// Sets a kind whose attributes are not known; `type KIND`.
  package mutating func set(kindNamed name: [UInt8]) { set(AttributePath(IFLA_LINKINFO, IFLA_INFO_KIND), name, "type") }

  /// Removes the kind, which says what the settings are about and sets nothing of a link that exists.
  package mutating func removeKind() {
    settings.removeAll { $0.path == Bridge.kind.namePath || $0.path == BridgePort.kind.namePath }
  }

  /// Whether the link is to be administratively up; nil leaves it; `up`, `down`.
  public var isUp: Bool? {
    get { flags(.up) }
    set { set(.up, to: newValue, keyword: (newValue ?? true) ? "up" : "down") }
  }

  /// The peer of a new veth (`VETH_INFO_PEER`); `type veth peer …`.
  ///
  /// The kernel ignores or refuses the peer's master, alias, alternative names and state in the request that creates the
  /// pair; `createLink` sets them in further requests.
  public var peer: LinkSettings? {
    get { peers.first }
    set {
      peers = newValue.map { [$0] } ?? []
      if newValue != nil { set(kind: Veth.kind) }
    }
  }

  /// Sets or clears a flag, and leaves all other flags (`ifi_change`); nil removes the setting.
  @inline(never)
  public mutating func set(_ flag: LinkFlags, to isOn: Bool?, keyword: StaticString = "") {
    settings.removeAll { $0.changedFlags == flag }
    guard let isOn else { return }
    settings.append(Setting(.flags(flag, isOn ? flag : []), keyword))
  }

  /// Sets or clears one of the reasons why a protocol holds the link down: a bit, 0 to 31 (`IFLA_PROTO_DOWN_REASON`);
  /// `protodown_reason N { on | off }`.
  public mutating func setProtocolDownReason(_ reason: UInt8, to isOn: Bool) {
    let bit: UInt32 = 1 << UInt32(reason)
    let mask: UInt32 = value(at: Setting.protocolDownMask) ?? 0
    let value: UInt32 = value(at: Setting.protocolDownValue) ?? 0
    set(Setting.protocolDownMask, mask | bit, "")
    set(Setting.protocolDownValue, isOn ? value | bit : value & ~bit, "protodown_reason")
  }

  /// Sets the attribute at a place; nil removes the setting.
  package mutating func set(_ path: AttributePath, _ value: (some AttributeValue)?, _ keyword: StaticString) {
    set(path, bytes: value?.attributeBytes, keyword)
  }

  @inline(never)
  private mutating func set(_ path: AttributePath, bytes: [UInt8]?, _ keyword: StaticString) {
    let position = settings.firstIndex { $0.path == path }
    guard let bytes else {
      if let position { settings.remove(at: position) }
      return
    }
    let setting = Setting(.attribute(path, bytes), keyword)
    if let position { settings[position] = setting } else { settings.append(setting) }
  }

  private func value<Value: AttributeValue>(at path: AttributePath) -> Value? {
    bytes(at: path).flatMap { Value(attributeBytes: $0) }
  }

  @inline(never)
  private func bytes(at path: AttributePath) -> [UInt8]? {
    for setting in settings {
      if case .attribute(path, let value) = setting.content { return value }
    }
    return nil
  }

  private func flags(_ flag: LinkFlags) -> Bool? {
    for setting in settings {
      if case .flags(flag, let value) = setting.content { return !value.isEmpty }
    }
    return nil
  }
}

// MARK: - Compared with a link

extension LinkSettings {
  /// The settings that a link does not have.
  public func unmet(by link: borrowing Link) -> [Setting] {
    var unmet: [Setting] = []
    for setting in settings where !setting.isMet(by: link) { unmet.append(setting) }
    return unmet
  }

  /// The settings that a link has.
  public func met(by link: borrowing Link) -> [Setting] {
    var met: [Setting] = []
    for setting in settings where setting.isMet(by: link) { met.append(setting) }
    return met
  }

  /// The settings that undo these ones, for a link that does not have them yet.
  public func restoring(_ link: borrowing Link) -> LinkSettings {
    var restored = LinkSettings()
    for setting in settings { restored.settings.append(setting.restoring(link)) }
    return restored
  }

  /// These settings alone.
  package init(_ settings: [Setting]) { self.settings = settings }
}

// MARK: - Before and after creation

extension LinkSettings {
  /// The settings that the kernel applies while it creates a link; the others need a second request.
  ///
  /// - Parameter isPeer: whether the link is created as the peer of a veth.
  package func atCreation(isPeer: Bool) -> LinkSettings {
    var settings = self
    settings.alternativeNames = []
    settings.settings.removeAll { $0.isIgnoredAtCreation(isPeer: isPeer) }
    return settings
  }

  /// The settings that the kernel ignores, or refuses, while it creates a link.
  package func afterCreation(isPeer: Bool) -> LinkSettings {
    var settings = LinkSettings(settings.filter { $0.isIgnoredAtCreation(isPeer: isPeer) })
    settings.alternativeNames = alternativeNames
    return settings
  }
}

extension LinkSettings.Setting {
  fileprivate func isIgnoredAtCreation(isPeer: Bool) -> Bool {
    switch content {
    case .flags: isPeer && isUp
    case .attribute(let path, _):
      switch Int(path[0]) {
      case IFLA_IFALIAS, IFLA_AF_SPEC: true
      case IFLA_MASTER: isPeer
      default: false
      }
    }
  }
}

// MARK: - Encoded

extension LinkSettings {
  /// Adds the settings to a request about a link.
  ///
  /// Attributes inside the same one are put together, at the place of the first.
  ///
  /// - Parameter blame: gets the range of bytes of each attribute, for the offset in a refusal.
  func encode(into request: inout Request, header: Int, blame: inout [Blame]) {
    request.withHeader(ifinfomsg.self, at: header) {
      if let index { $0.ifi_index = index }
      for setting in settings {
        if case .flags(let changed, let flags) = setting.content {
          $0.ifi_change |= changed.rawValue
          $0.ifi_flags = $0.ifi_flags & ~changed.rawValue | flags.rawValue
        }
      }
    }
    encode(settings.filter { $0.path != nil }, at: 0, into: &request, blame: &blame)
  }

  private func encode(_ settings: [Setting], at level: Int, into request: inout Request, blame: inout [Blame]) {
    var rest = settings
    while let first = rest.first, case .attribute(let path, let value) = first.content {
      let start = request.byteCount
      if path.count == level + 1 {
        request.append(Int(path[level]), value)
        rest.removeFirst()
      } else {
        let inner = rest.filter { $0.path?[level] == path[level] }
        rest.removeAll { $0.path?[level] == path[level] }
        var innerBlame: [Blame] = []
        request.nest(Int(path[level])) { request in
          encode(inner, at: level + 1, into: &request, blame: &innerBlame)
          if level == 0, Int(path[0]) == IFLA_LINKINFO { encodePeer(into: &request, blame: &innerBlame) }
        }
        blame += innerBlame
      }
      blame.append(Blame(range: start..<request.byteCount, keyword: first.keyword))
    }
  }

  private func encodePeer(into request: inout Request, blame: inout [Blame]) {
    guard let peer else { return }
    var peerBlame: [Blame] = []
    request.nest(IFLA_INFO_DATA) { request in
      request.nest(VETH_INFO_PEER) { request in
        let header = request.append(header: ifinfomsg())
        peer.encode(into: &request, header: header, blame: &peerBlame)
      }
    }
    blame += peerBlame
  }
}

/// The bytes of a request that a setting has written.
struct Blame {
  let range: Range<Int>
  let keyword: StaticString
}

extension [UInt8] {
  fileprivate var withoutTrailingZeros: [UInt8] {
    var rest = self
    while rest.last == 0 { rest.removeLast() }
    return rest
  }
}
