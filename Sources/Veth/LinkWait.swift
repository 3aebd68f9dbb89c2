public import Netlink
public import RTNetlink
internal import SystemCalls

/// What a link can be waited for to be.
public enum LinkCondition: Sendable {
  /// It is there.
  case exist
  /// It is switched on, and works as far as the kernel knows (`IFF_UP`, `IFF_RUNNING`).
  case up
  /// It has a carrier (`IFF_LOWER_UP`).
  case carrier
  /// It has an address that others know and that may be used: of global scope, and not being checked for duplicates.
  case addr
  /// Nothing has its name.
  case gone
}

/// Waits until a link is as it is to be: the kernel tells of changes, and nobody asks in between.
public final class LinkWait {
  private let name: [UInt8]
  private let condition: LinkCondition
  private let namespace: Namespace
  private var events: EventSocket
  private var socket: NetlinkSocket
  /// The id of the link's namespace, where it is looked at from ours; nil where we are in there.
  private let id: Int32?

  /// Listens from now on.
  ///
  /// - Parameters:
  ///   - name: one of the names of the link.
  ///   - namespace: where it is, such as `Namespace.current()`.
  /// - Throws: what setns(2), socket(2) or bind(2) say.
  public init(
    for name: [UInt8], toBe condition: LinkCondition, in namespace: consuming Namespace
  ) throws(NetlinkError) {
    // A namespace that somebody is in stays: that all of it goes can only be seen from outside.
    var id: Int32? = nil
    var place = namespace
    if condition == .gone {
      let own: Namespace
      do throws(Errno) { own = try .current() } catch { throw .systemCall("open", error) }
      if own.number != place.number {
        var socket = try NetlinkSocket.open()
        id = try socket.assignedNamespaceID(of: place)
        place = own
      }
    }
    let events = try Self.listen(place, fromOutside: id != nil)
    socket = try .open(in: place)
    self.events = events
    self.namespace = place
    self.id = id
    self.name = name
    self.condition = condition
  }

  private static func listen(
    _ namespace: borrowing Namespace, fromOutside isOutside: Bool
  ) throws(NetlinkError) -> EventSocket {
    let events = try EventSocket.open([.links, .ipv4Addresses, .ipv6Addresses, .namespaceIDs], in: namespace)
    if isOutside { try events.listenToAllNamespaces() }
    return events
  }

  /// Waits.
  ///
  /// - Parameter milliseconds: for how long; nil for as long as it takes.
  /// - Returns: whether it is so.
  public func wait(milliseconds: Int?) throws(NetlinkError) -> Bool {
    let end = milliseconds.map { Clock.milliseconds + $0 }
    while try !isMet() {
      let rest = end.map { $0 - Clock.milliseconds }
      if let rest, rest <= 0 { return false }
      guard try events.wait(milliseconds: rest) else { continue }
      do throws(NetlinkError) { try events.read { _, _ in } } catch {
        guard error.errno == .noBufferSpace else { throw error }
        // What was lost is asked for again.
        events = try Self.listen(namespace, fromOutside: id != nil)
      }
    }
    return true
  }

  private func isMet() throws(NetlinkError) -> Bool {
    var state: (index: Int32, flags: LinkFlags)? = nil
    var request = LinkRequest.get()
    request.setTarget(name)
    if let id { request.set(.targetNamespaceID, to: id) }
    do throws(NetlinkError) { try socket.links(&request) { state = ($0.index, $0.flags) } } catch {
      // The id of a namespace that is gone makes no sense to the kernel.
      if error.errno != .operationNotSupportedByDevice, id == nil || error.errno != .invalidArgument { throw error }
    }
    guard let state else { return condition == .gone }
    switch condition {
    case .exist: return true
    case .up: return state.flags.contains(.up) && state.flags.contains(.running)
    case .carrier: return state.flags.contains(.lowerUp)
    case .addr: return try hasAddress(state.index)
    case .gone: return false
    }
  }

  private func hasAddress(_ index: Int32) throws(NetlinkError) -> Bool {
    var isUsable = false
    var request = AddressRequest.dump()
    try socket.addresses(&request) { address in
      guard address.linkIndex == index, address.scope == 0 else { return }
      if address.flags.isDisjoint(with: [.tentative, .duplicate]) { isUsable = true }
    }
    return isUsable
  }
}
