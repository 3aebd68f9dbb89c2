internal import CMnl
internal import Netlink
internal import SystemCalls

/// The link that a request is about.
public enum LinkTarget: Hashable, Sendable {
  /// The link with this index (`ifi_index`).
  case index(Int32)
  /// The link with this name or alternative name, which the kernel looks up.
  case name(LinkName)
  /// All links of this group (`IFLA_GROUP`); `group GROUP`.
  case group(UInt32)
}

extension LinkTarget: ExpressibleByStringLiteral {
  /// The link with a name in the source code; a text that is no name is a programming error and ends the program.
  public init(stringLiteral name: StaticString) { self = .name(LinkName(stringLiteral: name)) }
}

/// A request about links, ready to be sent; rtnetlink(7).
public struct LinkRequest: ~Copyable {
  private(set) var request: Request
  private let header: Int
  /// The bytes of each setting, for the attribute that a refusal blames.
  private var blame: [Blame] = []

  private init(_ type: Int, _ flags: Request.Flags, expectsReply: Bool = false) {
    request = Request(type, flags, expectsReply: expectsReply)
    header = request.append(header: ifinfomsg())
  }

  /// Creates a link (`RTM_NEWLINK`); `ip link add`.
  ///
  /// The settings that the kernel ignores while it creates a link are left out; `LinkSettings.afterCreation` has them.
  ///
  /// - Parameter isReplacing: whether a link that exists is changed instead; `ip link replace`.
  @inline(never)
  public static func create(_ settings: LinkSettings, isReplacing: Bool = false) -> LinkRequest {
    var request = LinkRequest(RTM_NEWLINK, isReplacing ? [.create, .replace] : [.create, .exclusive])
    var settings = settings.atCreation(isPeer: false)
    settings.peer = settings.peer?.atCreation(isPeer: true)
    settings.encode(into: &request.request, header: request.header, blame: &request.blame)
    return request
  }

  /// Changes a link, or all links of a group (`RTM_NEWLINK`); `ip link set`.
  @inline(never)
  public static func change(_ target: LinkTarget, _ settings: LinkSettings) -> LinkRequest {
    var request = LinkRequest(RTM_NEWLINK, [])
    request.set(target)
    settings.encode(into: &request.request, header: request.header, blame: &request.blame)
    return request
  }

  /// Deletes a link (of a veth, both ends), or all links of a group (`RTM_DELLINK`); `ip link delete`.
  ///
  /// - Parameter settings: `type KIND …`, which the kernel ignores.
  @inline(never)
  public static func delete(_ target: LinkTarget, _ settings: LinkSettings = LinkSettings()) -> LinkRequest {
    var request = LinkRequest(RTM_DELLINK, [])
    request.set(target)
    settings.encode(into: &request.request, header: request.header, blame: &request.blame)
    return request
  }

  /// Adds alternative names to a link (`RTM_NEWLINKPROP`); `ip link property add dev DEV altname NAME`.
  @inline(never)
  public static func addAlternativeNames(_ names: [LinkName], to target: LinkTarget) -> LinkRequest {
    var request = LinkRequest(RTM_NEWLINKPROP, [.create, .exclusive, .append])
    request.set(target)
    request.append(names)
    return request
  }

  /// Removes alternative names from a link (`RTM_DELLINKPROP`); `ip link property del dev DEV altname NAME`.
  @inline(never)
  public static func deleteAlternativeNames(_ names: [LinkName], from target: LinkTarget) -> LinkRequest {
    var request = LinkRequest(RTM_DELLINKPROP, [])
    request.set(target)
    request.append(names)
    return request
  }

  /// Asks for one link, without the statistics of virtual functions (`RTM_GETLINK`); `ip link show DEV`.
  ///
  /// - Parameter namespace: the id of the link's namespace; nil for the socket's.
  @inline(never)
  public static func get(_ target: LinkTarget, in namespace: Int32? = nil) -> LinkRequest {
    var request = LinkRequest(RTM_GETLINK, [], expectsReply: true)
    request.append(.extMask, UInt32(RTEXT_FILTER_SKIP_STATS))
    request.set(target)
    if let namespace { request.append(.targetNetnsID, namespace) }
    return request
  }

  /// Asks for all links, without the statistics of virtual functions (`RTM_GETLINK`); `ip link show`.
  ///
  /// - Parameters:
  ///   - master: the index of a bridge or other master whose ports are asked for, -1 for links without a master; nil for
  ///     all. An old kernel ignores this and the kind.
  ///   - kind: the kind of the links that are asked for.
  ///   - namespace: the id of the links' namespace; nil for the socket's.
  @inline(never)
  public static func dump(
    master: Int32? = nil, kind: KernelName? = nil, in namespace: Int32? = nil
  ) -> LinkRequest {
    var request = LinkRequest(RTM_GETLINK, .dump)
    request.append(.extMask, UInt32(RTEXT_FILTER_SKIP_STATS))
    if let master { request.append(.master, master) }
    if let kind { request.request.nest(IFLA_LINKINFO) { $0.append(IFLA_INFO_KIND, kind.bytes) } }
    if let namespace { request.append(.targetNetnsID, namespace) }
    return request
  }

  /// Makes the kernel answer with the link as it is after the change (`NLM_F_ECHO`); `ip -echo`.
  ///
  /// The answer to the creation of a veth contains the index of the peer, unless the veth is created in another namespace.
  /// A change of a link that exists has no echo.
  public mutating func askForEcho() { request.insert(.echo) }

  /// The keyword of the setting that wrote the byte at an offset; nil where no setting did.
  func keyword(at offset: UInt32) -> StaticString? {
    for part in blame where part.range.contains(Int(offset)) && part.keyword.utf8CodeUnitCount > 0 {
      return part.keyword
    }
    return nil
  }

  private mutating func append<Value: AttributeValue>(_ property: Property<Link, Value>, _ value: Value) {
    request.append(property.type, value)
  }

  private mutating func append(_ names: [LinkName]) {
    request.nest(IFLA_PROP_LIST) {
      for name in names { $0.append(IFLA_ALT_IFNAME, name) }
    }
  }

  private mutating func set(_ target: LinkTarget) {
    switch target {
    case .index(let index): request.withHeader(ifinfomsg.self, at: header) { $0.ifi_index = index }
    case .name(let name): request.append(name.interfaceName == nil ? IFLA_ALT_IFNAME : IFLA_IFNAME, name)
    case .group(let group): append(.group, group)
    }
  }
}
