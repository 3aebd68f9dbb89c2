public import Netlink
public import RTNetlink
internal import SystemCalls

/// A container's network in one step: a pair of which one end is here, maybe in a bridge, and the other in the container's
/// namespace, with addresses and routes; all of it, or nothing.
///
/// It does what `ip` needs six commands for: `link add`, `link set master`, `link set up` twice, `addr add`, `route add`.
public final class Attachment {
  /// The end in the container.
  private let guest: PairEnd
  /// What it is called.
  public var name: [UInt8] {
    get { guest.name }
    set { guest.name = newValue }
  }
  /// What the end here is called: a pattern such as `veth%d` until it is made.
  public var hostName = [UInt8]("veth%d")
  /// The bridge that the end here is a port of; nil for none.
  public var bridge: [UInt8]? = nil
  /// The routers of the container's default routes, one for IPv4 and one for IPv6.
  public var gateways: [IPAddress] = []
  /// The MTU of both ends, in bytes; nil for the bridge's, or the kernel's choice.
  public var mtu: UInt32? = nil
  /// The MAC address of the end in the container; nil for one that nobody has.
  public var address: HardwareAddress? = nil
  /// The index of the end here, once it is made.
  public private(set) var hostIndex: Int32 = 0
  /// The addresses that the container is given.
  public var addresses: [EndAddress] { guest.later.addresses }

  /// Nothing made yet, in a namespace that is held from now on.
  ///
  /// - Throws: what setns(2), socket(2) or bind(2) say.
  public init(to container: consuming Namespace) throws(NetlinkError) {
    guest = try PairEnd([UInt8]("eth0"), in: container)
  }

  /// Gives the container an address; IPv6 skips duplicate address detection, as nobody else is on a new pair.
  public func add(_ address: IPPrefix) {
    guest.later.addresses.append(EndAddress(address, skipsDetection: address.address.family == .v6))
  }

  /// The index of the end in the container, once it is made.
  public var index: Int32 { guest.index }

  /// Makes it.
  ///
  /// - Throws: which step of which end failed; nothing is left of it then, unless `isRemoved` says so.
  public func make() throws(PairError) {
    let pair: NewPair
    do throws(NetlinkError) { pair = try newPair() } catch {
      throw PairError([UInt8]("bridge"), .kernel(error), end: hostName)
    }
    try pair.make { () throws(PairError) in
      do throws(NetlinkError) {
        for gateway in gateways { try route(via: gateway) }
        try guest.raiseLoopback()
      } catch { throw guest.error(error) }
    }
    hostName = pair.own.name
    hostIndex = pair.own.index
    if bridge != nil { announce(pair.own) }
  }

  /// Takes away the pair that ends in a container; `vethctl detach NETNS`.
  ///
  /// - Throws: `ENODEV` where nothing has that name there, or no end of a pair.
  public static func remove(_ name: [UInt8], from container: borrowing Namespace) throws(NetlinkError) {
    var socket = try NetlinkSocket.open(in: container)
    var index: Int32? = nil
    _ = socket.withLink(name) { if $0.isOfKind(Veth.kind) { index = $0.index } }
    guard let index else { throw .systemCall("there is no end of a pair of this name", .operationNotSupportedByDevice) }
    try socket.deleteLink(index)
  }

  /// Takes it away again; false where that fails.
  public func remove() -> Bool { guest.remove() }

  private func newPair() throws(NetlinkError) -> NewPair {
    let here: Namespace
    do throws(Errno) { here = try .current() } catch { throw .systemCall("open", error) }
    let host = try PairEnd(hostName, in: here)
    var mtu = mtu
    if mtu == nil, let bridge {
      var request = LinkRequest.get()
      request.setTarget(bridge)
      try host.socket.links(&request) { mtu = $0[.mtu] }
    }
    if let mtu {
      host.set([UInt8]("mtu")) { $0.set(.mtu, to: mtu) }
      guest.set([UInt8]("mtu")) { $0.set(.mtu, to: mtu) }
    }
    if let address { guest.set([UInt8]("address")) { $0.set(.address, to: address) } }
    host.later.master = bridge
    host.later.isUp = true
    guest.later.isUp = true
    return NewPair(host, guest)
  }

  /// Tells the neighbours on the bridge; without it all works too, only later where somebody remembers another.
  ///
  /// The kernel does so (`arp_notify`, `ndisc_notify`) when a MAC address changes, if only to what it is. A packet(7) socket
  /// of our own would take a grace period of some 10 ms to close.
  private func announce(_ host: PairEnd) {
    // Asked for by itself, the kernel brings the link up to date, and its port forwards from now on.
    var request = LinkRequest.get()
    request.setIndex(host.index)
    _ = try? host.socket.links(&request) { _ in }
    guard let visit = try? Visit.begin(to: guest.namespace) else { return }
    try? FileDescriptor.write(
      [UInt8]("1"), toFileAt: [UInt8]("/proc/sys/net/ipv4/conf/") + guest.name + [UInt8]("/arp_notify"))
    try? FileDescriptor.write(
      [UInt8]("1"), toFileAt: [UInt8]("/proc/sys/net/ipv6/conf/") + guest.name + [UInt8]("/ndisc_notify"))
    try? visit.end()
    request = .get()
    request.setIndex(guest.index)
    var change = LinkRequest.set()
    change.setIndex(guest.index)
    _ = try? guest.socket.links(&request) { if let address = $0[.address] { change.set(.address, to: address) } }
    _ = try? guest.socket.send(&change)
  }

  private func route(via gateway: IPAddress) throws(NetlinkError) {
    guest.step = [UInt8]("gateway")
    var isReached = false
    for address in guest.later.addresses where address.prefix.contains(gateway) { isReached = true }
    var route = RouteRequest.addDefault(via: gateway, onLink: guest.index, isOnLink: !isReached)
    try guest.socket.send(&route)
  }
}

extension PairEnd {
  /// Switches on the namespace's loopback interface.
  ///
  /// It cannot be taken back, as the kernel gives it an address that stays: so it comes last.
  fileprivate func raiseLoopback() throws(NetlinkError) {
    step = [UInt8]("lo")
    var request = LinkRequest.set()
    request.setTarget([UInt8]("lo"))
    request.set(.up, on: true)
    try sendSurely(&request)
  }
}
