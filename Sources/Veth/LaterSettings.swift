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
  ///   - note: gets the word for each step that is taken; false keeps it from being taken.
  /// - Throws: the kernel's refusal of `step`.
  public func apply(
    toLink index: Int32, _ socket: inout NetlinkSocket, _ note: (StaticString) -> Bool = { _ in true }
  ) throws(NetlinkError) {
    step = "master"
    let bridge = try master.map { name throws(NetlinkError) in try socket.existingIndex(of: name) }
    let met = try readMet(index, bridge, &socket)

    var request = LinkRequest.set()
    if let addressGeneration, !met.contains(.addressGeneration) {
      request.setAddressGeneration(addressGeneration)
      try send(&request, "addrgenmode", index, &socket, note)
    }
    try addAddresses(index, &socket, note)
    if let alias, !met.contains(.alias) {
      request = .set()
      request.set(.alias, to: alias)
      try send(&request, "alias", index, &socket, note)
    }
    if !alternativeNames.isEmpty, !met.contains(.alternativeNames) {
      request = .addNames()
      request.setAlternativeNames(alternativeNames)
      try send(&request, "altname", index, &socket, note)
    }
    if let bridge, !met.contains(.master) {
      request = .set()
      request.set(.master, to: bridge)
      try send(&request, "master", index, &socket, note)
    }
    if isUp, !met.contains(.up) {
      request = .set()
      request.set(.up, on: true)
      try send(&request, "up", index, &socket, note)
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
    _ request: inout LinkRequest, _ step: StaticString, _ index: Int32, _ socket: inout NetlinkSocket,
    _ note: (StaticString) -> Bool
  ) throws(NetlinkError) {
    self.step = step
    request.setIndex(index)
    if note(step) { try socket.send(&request) }
  }

  private func addAddresses(
    _ index: Int32, _ socket: inout NetlinkSocket, _ note: (StaticString) -> Bool
  ) throws(NetlinkError) {
    if addresses.isEmpty { return }
    step = "addr"
    for address in addresses { address.isThere = false }
    var dump = AddressRequest.dump()
    try socket.addresses(&dump) { address in
      guard address.linkIndex == index, let local = address.local else { return }
      let prefix = IPPrefix(address: local, length: address.prefixLength)
      for address in addresses where address.prefix == prefix { address.isThere = true }
    }
    for address in addresses where !address.isThere {
      stepAddress = address.prefix
      var request = AddressRequest.add()
      request.setLink(index)
      request.setFamily(address.prefix.address.family.rawValue)
      request.setPrefixLength(address.prefix.length)
      request.set(.local, to: address.prefix.address)
      request.set(.address, to: address.prefix.address)
      if address.skipsDetection { request.setFlags(.noDuplicateDetection) }
      if note(step) { try socket.addresses(&request) }
    }
    stepAddress = nil
  }
}

extension NetlinkSocket {
  /// The index of a link that has to be there.
  mutating func existingIndex(of name: [UInt8]) throws(NetlinkError) -> Int32 {
    guard let index = index(of: name) else { throw .systemCall("there is none of this name", .noSuchDevice) }
    return index
  }
}
