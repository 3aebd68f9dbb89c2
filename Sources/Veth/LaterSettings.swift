public import Netlink
public import RTNetlink
internal import SystemCalls

/// An IP address that an end of a pair is to have; `ip address add PREFIX dev DEV`.
public final class EndAddress {
  /// The address, and how many of its bits name the network.
  public let prefix: IPPrefix
  /// Whether it may be used at once, as nobody else can have it (`IFA_F_NODAD`); `nodad`.
  public let skipsDetection: Bool
  /// Whether the end had it already when it was looked at last.
  fileprivate var isThere = false

  /// Joins the two.
  public init(_ prefix: IPPrefix, skipsDetection: Bool = false) {
    self.prefix = prefix
    self.skipsDetection = skipsDetection
  }
}

/// What the kernel passes over in silence, or refuses, while it makes a link: second requests about it.
public final class LaterSettings {
  /// How it makes IPv6 addresses of its own, `IN6_ADDR_GEN_MODE_…` (`IFLA_AF_SPEC`); `addrgenmode MODE`.
  public var addressGeneration: UInt8? = nil
  /// Its addresses; `ip address add`.
  public var addresses: [EndAddress] = []
  /// Its description (`IFLA_IFALIAS`); `alias TEXT`.
  public var alias: [UInt8]? = nil
  /// Further names (`IFLA_PROP_LIST`); `ip link property add dev DEV altname NAME`.
  public var alternativeNames: [[UInt8]] = []
  /// The bridge that it is to be a port of, by a name in its own namespace (`IFLA_MASTER`); `master DEV`.
  public var master: [UInt8]? = nil
  /// Whether it is switched on (`IFF_UP`); `up`.
  public var isUp = false

  /// The step that was taken last: `addr`, `master` and so on, and the address, where it was one.
  public private(set) var step: StaticString = "add"
  private(set) var stepAddress: IPPrefix? = nil

  /// Nothing yet.
  public init() {}

  /// Whether there is nothing to do.
  public var isEmpty: Bool {
    master == nil && alias == nil && alternativeNames.isEmpty && addressGeneration == nil && addresses.isEmpty && !isUp
  }

  /// Carries them out, one by one, and the link is up at last; what it has already is left alone.
  ///
  /// - Parameters:
  ///   - index: the link.
  ///   - socket: a conversation about the namespace that it is in.
  /// - Throws: the kernel's refusal of `step`.
  public func apply(toLink index: Int32, _ socket: inout NetlinkSocket) throws(NetlinkError) {
    try apply(toLink: index, &socket, nil)
  }

  /// - Parameter changes: gets what is changed; nil for a link that is just being made.
  func apply(toLink index: Int32, _ socket: inout NetlinkSocket, _ changes: LinkChanges?) throws(NetlinkError) {
    step = "master"
    let bridge = try master.map { name throws(NetlinkError) in try socket.existingIndex(of: name) }
    let met = try readMet(index, bridge, &socket)

    if let addressGeneration, !met.contains(.addressGeneration) {
      try send("addrgenmode", index, &socket, changes) { $0.setAddressGeneration(addressGeneration) }
    }
    try addAddresses(index, &socket, changes)
    if let alias, !met.contains(.alias) {
      try send("alias", index, &socket, changes) { $0.set(.alias, to: alias) }
    }
    if !alternativeNames.isEmpty, !met.contains(.alternativeNames) {
      changes?.prepareDeletion(ofNames: alternativeNames, index)
      try send("altname", index, &socket, changes) {
        $0 = .addNames()
        $0.setAlternativeNames(alternativeNames)
      }
    }
    if let bridge, !met.contains(.master) {
      try send("master", index, &socket, changes) { $0.set(.master, to: bridge) }
    }
    if isUp, !met.contains(.up) {
      try send("up", index, &socket, changes) { $0.set(.up, on: true) }
    }
  }

  /// The settings that a link has already.
  private struct Met: OptionSet {
    let rawValue: UInt8
    static var addressGeneration: Met { Met(rawValue: 1) }
    static var alias: Met { Met(rawValue: 2) }
    static var alternativeNames: Met { Met(rawValue: 4) }
    static var master: Met { Met(rawValue: 8) }
    static var up: Met { Met(rawValue: 16) }
  }

  private func readMet(_ index: Int32, _ bridge: Int32?, _ socket: inout NetlinkSocket) throws(NetlinkError) -> Met {
    step = "add"
    var met: Met = []
    var request = LinkRequest.get()
    request.setIndex(index)
    try socket.links(&request) { link in
      if addressGeneration == link.addressGeneration { met.insert(.addressGeneration) }
      // The kernel ends it with a NUL.
      if let alias, link[.alias] ?? [0] == alias + [0] { met.insert(.alias) }
      var missing = alternativeNames.count
      link.forEachAlternativeName { if alternativeNames.contains($0.copied) { missing -= 1 } }
      if missing == 0 { met.insert(.alternativeNames) }
      if bridge == link[.master] { met.insert(.master) }
      if link.flags.contains(.up) { met.insert(.up) }
    }
    return met
  }

  @inline(never)
  private func send(
    _ step: StaticString, _ index: Int32, _ socket: inout NetlinkSocket, _ changes: LinkChanges?,
    _ write: (inout LinkRequest) -> Void
  ) throws(NetlinkError) {
    self.step = step
    var request = LinkRequest.set()
    write(&request)
    request.setIndex(index)
    if let changes {
      try changes.prepare(request, [UInt8](step), index, &socket)
      if changes.isDryRun { return }
    }
    try socket.send(&request)
  }

  private func addAddresses(
    _ index: Int32, _ socket: inout NetlinkSocket, _ changes: LinkChanges?
  ) throws(NetlinkError) {
    if addresses.isEmpty { return }
    step = "addr"
    for address in addresses { address.isThere = false }
    var others: [IPPrefix] = []
    var dump = AddressRequest.dump()
    try socket.addresses(&dump) { present in
      guard present.linkIndex == index, let local = present.local else { return }
      let prefix = IPPrefix(address: local, length: present.prefixLength)
      for address in addresses where address.prefix == prefix { address.isThere = true }
      others.append(prefix)
    }
    for address in addresses where !address.isThere {
      stepAddress = address.prefix
      changes?.note([UInt8](step))
      // The same address in another network gives way: the kernel would have both, or refuse.
      for other in others where other.address == address.prefix.address {
        try send(other, isNew: false, index, &socket, changes)
      }
      try send(address.prefix, isNew: true, skipsDetection: address.skipsDetection, index, &socket, changes)
    }
    stepAddress = nil
  }

  /// Adds an address, or takes one away.
  @inline(never)
  private func send(
    _ prefix: IPPrefix, isNew: Bool, skipsDetection: Bool = false, _ index: Int32, _ socket: inout NetlinkSocket,
    _ changes: LinkChanges?
  ) throws(NetlinkError) {
    var request = AddressRequest.change(isNew, prefix, onLink: index)
    if skipsDetection { request.setFlags(.noDuplicateDetection) }
    if let changes {
      if changes.isDryRun { return }
      changes.prepare(undo: .change(!isNew, prefix, onLink: index))
    }
    try socket.addresses(&request)
  }
}

extension AddressRequest {
  /// Adds an address to a link, or takes it away.
  @inline(never)
  fileprivate static func change(_ isNew: Bool, _ prefix: IPPrefix, onLink index: Int32) -> AddressRequest {
    var request = isNew ? AddressRequest.add() : .delete()
    request.setLink(index)
    request.setFamily(prefix.address.family.rawValue)
    request.setPrefixLength(prefix.length)
    request.set(.local, to: prefix.address)
    request.set(.address, to: prefix.address)
    return request
  }
}

extension NetlinkSocket {
  /// The index of a link that has to be there.
  mutating func existingIndex(of name: [UInt8]) throws(NetlinkError) -> Int32 {
    guard let index = index(of: name) else {
      throw .systemCall("there is none of this name", .operationNotSupportedByDevice)
    }
    return index
  }
}
