public import Netlink
public import RTNetlink
internal import SystemCalls

/// The network of a container in one step: a pair with one end in the caller's namespace, maybe in a bridge, and the other
/// in the container's namespace, with addresses and default routes; all, or nothing.
///
/// One attachment equals six commands of `ip`: `link add`, `link set master`, `link set up` twice, `addr add`, `route add`.
public final class Attachment {
  /// The end in the container; `name` is `eth0` unless given.
  private let guest: PairEnd
  /// The name for the end in the caller's namespace: a name or a pattern.
  public var hostName: LinkName = "veth%d"
  /// The bridge for the end in the caller's namespace; nil for none.
  public var bridge: LinkName? = nil
  /// The routers of the container's default routes, at most one for IPv4 and one for IPv6.
  public var gateways: [IPAddress] = []
  /// The MTU of both ends, in bytes; nil for the bridge's or, without a bridge, the kernel's.
  public var mtu: UInt32? = nil
  /// The MAC address of the end in the container; nil for a random one.
  public var address: HardwareAddress? = nil
  /// The addresses of the container. An IPv6 address skips duplicate address detection, because a new pair has no other
  /// owner of it.
  public var addresses: [IPPrefix] = []

  /// The links of an attachment.
  public struct Links: Sendable {
    /// The name of the end in the caller's namespace.
    public let hostName: LinkName
    /// The index of that end.
    public let hostIndex: Int32
    /// The index of the end in the container's namespace.
    public let index: Int32
  }

  /// An attachment to a container's namespace, not made yet.
  ///
  /// - Throws: the error of setns(2), socket(2) or bind(2).
  public init(to container: Namespace, name: LinkName = "eth0") throws(NetlinkError) {
    guest = try PairEnd(name, in: container)
  }

  /// Makes the attachment.
  ///
  /// - Throws: the step of the end that failed, and whether the pair was removed again.
  public func make() throws(PairError) -> Links {
    let host = try hostEnd()
    guest.settings[.mtu] = host.settings[.mtu]
    guest.settings[.address] = address
    guest.settings.isUp = true
    guest.addresses = addresses.map { EndAddress($0, skipsDetection: $0.address.family == .v6) }
    try VethPair(host, peer: guest).create { () throws(PairError) in
      for gateway in gateways { try addRoute(via: gateway) }
      try raiseLoopback()
    }
    if bridge != nil { announce(host) }
    return Links(hostName: host.name, hostIndex: host.index, index: guest.index)
  }

  /// Removes the pair that ends in a container; `vethctl detach NETNS`.
  ///
  /// - Returns: false where the container has no end of a pair with the name.
  /// - Throws: the error of setns(2), socket(2) or bind(2), or the kernel's refusal.
  public static func remove(
    _ name: LinkName = "eth0", from container: Namespace
  ) throws(NetlinkError) -> Bool {
    var socket = try NetlinkSocket.open(.route, in: container)
    guard let state = try socket.state(of: .name(name)), state.isVeth else { return false }
    do throws(NetlinkError) { try socket.deleteLink(.index(state.index)) } catch {
      if error.isNoSuchLink { return false }
      throw error
    }
    return true
  }

  /// Removes what `make` has made.
  ///
  /// - Returns: the error where that fails; nil where the pair is gone.
  public func remove() -> NetlinkError? { guest.remove() }

  private func hostEnd() throws(PairError) -> PairEnd {
    let host: PairEnd
    do throws(NetlinkError) { host = try PairEnd(hostName, in: .current()) } catch {
      throw PairError(.create, of: hostName, .kernel(error))
    }
    host.settings[.mtu] = mtu
    if let bridge {
      let bridgeStep = PairError.Step("bridge", bridge.bytes)
      let found = try step(bridgeStep, of: host, host.socket.withLink(.name(bridge)) { $0[.mtu] })
      guard let bridgeMTU = found else { throw PairError(bridgeStep, of: hostName, .noSuchLink(bridge)) }
      host.settings[.mtu] = mtu ?? bridgeMTU
      host.master = bridge
    }
    host.settings.isUp = true
    return host
  }

  private func addRoute(via gateway: IPAddress) throws(PairError) {
    let isReached = addresses.contains { $0.contains(gateway) }
    try step(
      PairError.Step("gateway", gateway.text), of: guest,
      guest.socket.send(.addDefault(via: gateway, linkIndex: guest.index, isOnLink: !isReached)))
  }

  /// Sets the container's loopback interface up.
  ///
  /// The last step, because it cannot be undone: the kernel adds addresses that stay.
  private func raiseLoopback() throws(PairError) {
    var settings = LinkSettings()
    settings.isUp = true
    try step(PairError.Step("lo"), of: guest, guest.socket.changeRepeatedly(.name("lo"), settings))
  }

  // MARK: - Announcing

  /// Announces the container's addresses to the neighbors on the bridge. A failure is no error: a neighbor that has an old
  /// MAC address in its cache asks again after a while.
  ///
  /// The kernel announces addresses (`arp_notify`, `ndisc_notify`) when the MAC address is set, also to the present one. The
  /// socket of packet(7) would take a grace period of some 10 ms to close.
  private func announce(_ host: PairEnd) {
    do throws(NetlinkError) {
      // When asked for the link, the kernel brings the state up to date, and the bridge forwards at once.
      _ = try host.socket.state(of: .index(host.index))
      try guest.namespace.run { () throws(NetlinkError) in
        let settings = [
          KernelSetting(sentence("/proc/sys/net/ipv4/conf/%/arp_notify", guest.name.bytes)),
          KernelSetting(sentence("/proc/sys/net/ipv6/conf/%/ndisc_notify", guest.name.bytes)),
        ]
        for setting in settings { setting.write("1") }
        defer { for setting in settings { setting.restore() } }
        try setPresentAddress()
      }
    } catch {}
  }

  private func setPresentAddress() throws(NetlinkError) {
    var change = LinkSettings()
    try guest.socket.withLink(.index(guest.index)) { change[.address] = $0[.address] }
    try guest.socket.changeLink(.index(guest.index), change)
  }
}

/// A setting of the kernel in `/proc/sys` that is changed for a moment.
private struct KernelSetting {
  private let path: [UInt8]
  /// The value before the change; nil where the kernel has no such setting.
  private let previous: [UInt8]?

  init(_ path: [UInt8]) {
    self.path = path
    var value: [UInt8] = []
    do throws(Errno) { _ = try FileDescriptor.open(reading: self.path).readSome(into: &value, atMost: 64) } catch {
      previous = nil
      return
    }
    previous = value
  }

  func write(_ value: StaticString) { if previous != nil { write([UInt8](value)) } }

  func restore() { if let previous { write(previous) } }

  private func write(_ value: [UInt8]) {
    do throws(Errno) { try FileDescriptor.write(value, toFileAt: path) } catch {}
  }
}
