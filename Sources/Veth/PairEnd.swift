public import Netlink
public import RTNetlink
internal import SystemCalls

/// An IP address that an end of a pair is to have; `ip address add PREFIX dev DEV`.
public struct EndAddress: Hashable, Sendable {
  /// The address and its prefix length.
  public let prefix: IPPrefix
  /// Whether the address is usable at once, without duplicate address detection (`IFA_F_NODAD`); `nodad`.
  public let skipsDetection: Bool

  /// An address with its prefix length.
  public init(_ prefix: IPPrefix, skipsDetection: Bool = false) {
    self.prefix = prefix
    self.skipsDetection = skipsDetection
  }

  /// The settings of the address on a link.
  func settings(linkIndex: Int32) -> AddressSettings {
    var settings = AddressSettings(prefix, linkIndex: linkIndex)
    if skipsDetection { settings.flags = .noDuplicateDetection }
    return settings
  }
}

extension EndAddress: ExpressibleByStringLiteral, CustomStringConvertible {
  /// An address in the source code; a text that is no prefix is a programming error and ends the program.
  public init(stringLiteral prefix: StaticString) { self.init(IPPrefix(stringLiteral: prefix)) }

  /// The words of `vethctl pair add`, such as `fd00::1/64 nodad`.
  public var description: String { skipsDetection ? "\(prefix) nodad" : prefix.description }
}

/// One end of a pair: the name, the namespace, and what the end is to be.
public final class PairEnd {
  /// The name; a pattern such as `veth%d` until the kernel has numbered the end.
  public internal(set) var name: LinkName
  /// The settings of the link, without the name.
  public var settings = LinkSettings()
  /// The name of the bridge, in the end's namespace; nil for none; `master BRIDGE`.
  public var master: LinkName? = nil
  /// The IP addresses.
  public var addresses: [EndAddress] = []
  /// The index, once the end was created or found; else 0.
  public internal(set) var index: Int32 = 0
  /// Whether the kernel numbers the name.
  public let isNamedByKernel: Bool

  let namespace: Namespace
  /// A socket in the end's namespace, whose port is the marker.
  var socket: NetlinkSocket
  /// The group of the end until the pair is complete.
  let marker = InProgressMarker.random

  /// An end with a name in a namespace, such as `Namespace.current()`.
  ///
  /// - Throws: the error of setns(2), socket(2) or bind(2).
  @inline(never)
  public init(_ name: LinkName, in namespace: Namespace) throws(NetlinkError) {
    self.name = name
    isNamedByKernel = name.isPattern
    socket = try .open(.route, in: namespace, port: marker.group)
    self.namespace = namespace
  }

  /// The settings for the message that creates the pair.
  ///
  /// A MAC address that is given in this message counts as set by the administrator, so that udev leaves it.
  var creationSettings: LinkSettings {
    var creation = settings.atCreation(isPeer: true)
    creation.name = name
    creation[.group] = marker.group
    if creation[.address] == nil { creation[.address] = .random }
    return creation
  }

  /// The link that has the end's name; nil for none.
  func look() throws(PairError) -> EndState? { try step(.create, of: self, socket.state(of: .name(name))) }

  /// Moves the end into its group, after which the pair counts as complete.
  func leaveMarker() throws(PairError) {
    var change = LinkSettings()
    change[.group] = settings[.group] ?? 0
    try step(PairError.Step("group"), of: self, socket.changeRepeatedly(.index(index), change))
  }

  /// Removes the created pair.
  ///
  /// - Returns: the error where that fails; nil where the pair is gone.
  func remove() -> NetlinkError? {
    var failure: NetlinkError? = nil
    // A shortage that has made a step fail may also make the first attempt fail.
    for _ in 0..<2 {
      do throws(NetlinkError) {
        try socket.deleteLink(.index(index))
        return nil
      } catch {
        if error.isNoSuchLink { return nil }
        failure = error
      }
    }
    return failure
  }
}

extension PairEnd: CustomStringConvertible {
  /// The name.
  public var description: String { name.description }
}

/// What is known of a link that has the name of an end.
struct EndState {
  let index: Int32
  let isVeth: Bool
  let peerIndex: Int32?
  let peerNetnsID: Int32?
  let group: UInt32

  var holder: PairError.Holder {
    PairError.Holder(isVeth: isVeth, peerIndex: peerIndex, peerNetnsID: peerNetnsID)
  }

  init(_ link: borrowing Link) {
    index = link.index
    isVeth = link.isOfKind(Veth.kind)
    peerIndex = link[.linkIndex]
    peerNetnsID = link[.linkNetnsID]
    group = link[.group] ?? 0
  }
}

extension NetlinkSocket {
  /// The state of a link; nil where there is no such link.
  @inline(never)
  mutating func state(of target: LinkTarget) throws(NetlinkError) -> EndState? {
    try withLink(target) { EndState($0) }
  }

  /// As `changeLink`, and once more where no answer arrives, for a change that can be made twice.
  @inline(never)
  mutating func changeRepeatedly(_ target: LinkTarget, _ settings: LinkSettings) throws(NetlinkError) {
    do throws(NetlinkError) { try changeLink(target, settings) } catch {
      if case .refused = error { throw error }
      try changeLink(target, settings)
    }
  }
}
