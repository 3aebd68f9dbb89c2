public import Netlink
public import RTNetlink
internal import SystemCalls

/// A state of a link that can be waited for.
public enum LinkCondition: Sendable {
  /// A link has the name.
  case exists
  /// The link is administratively up and operational (`IFF_UP`, `IFF_RUNNING`).
  case up
  /// The link has a carrier (`IFF_LOWER_UP`).
  case hasCarrier
  /// The link has a usable address of global scope: duplicate address detection is over.
  case hasAddress
  /// No link has the name.
  case gone
}

/// Waits until a link is in a state; the kernel announces changes, and nothing is polled.
public final class LinkWait {
  private let name: LinkName
  private let condition: LinkCondition
  private let namespace: Namespace
  private var events: EventSocket
  private var socket: NetlinkSocket
  /// The id of the link's namespace, where the link is watched from the caller's namespace; nil where the sockets are in
  /// the link's namespace.
  private let netnsID: Int32?

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - name: a name or alternative name of the link.
  ///   - namespace: the link's namespace, such as `Namespace.current()`. To wait until a link is gone with its namespace,
  ///     the caller must not keep the `Namespace`, which exists as long as it is open.
  /// - Throws: the error of setns(2), socket(2) or bind(2).
  public init(
    for name: LinkName, toBe condition: LinkCondition, in namespace: Namespace
  ) throws(NetlinkError) {
    // A socket keeps its namespace alive. To see the end of a namespace, the sockets have to be outside.
    var netnsID: Int32? = nil
    var target = namespace
    if condition == .gone {
      let own = try Namespace.current()
      if own.inode != target.inode {
        var socket = try NetlinkSocket.open(.route)
        netnsID = try socket.assignedNamespaceID(of: target)
        target = own
      }
    }
    let events = try Self.listen(in: target, fromOutside: netnsID != nil)
    socket = try .open(.route, in: target)
    self.events = events
    self.namespace = target
    self.netnsID = netnsID
    self.name = name
    self.condition = condition
  }

  private static func listen(
    in namespace: Namespace, fromOutside isOutside: Bool
  ) throws(NetlinkError) -> EventSocket {
    let groups: EventGroups = [.links, .ipv4Addresses, .ipv6Addresses, .namespaceIDs]
    let events = try EventSocket.open(.route, groups, in: namespace)
    if isOutside { try events.listenToAllNamespaces() }
    return events
  }

  /// Waits.
  ///
  /// - Parameter milliseconds: the longest time to wait; nil for no limit.
  /// - Returns: whether the link is in the state.
  /// - Throws: the error that keeps the kernel from answering; a link that does not exist is no error.
  public func wait(milliseconds: Int?) throws(NetlinkError) -> Bool {
    let end = milliseconds.map { Clock.milliseconds + $0 }
    while try !isMet() {
      let rest = end.map { $0 - Clock.milliseconds }
      if let rest, rest <= 0 { return false }
      guard try events.wait(milliseconds: rest) else { continue }
      do throws(NetlinkError) { try events.read { _, _ in } } catch {
        guard error.errno == .noBufferSpace else { throw error }
        // Events were lost: a new socket has none in its queue, and the state is asked for again.
        events = try Self.listen(in: namespace, fromOutside: netnsID != nil)
      }
    }
    return true
  }

  private func isMet() throws(NetlinkError) -> Bool {
    var state: (index: Int32, flags: LinkFlags)? = nil
    do throws(NetlinkError) {
      state = try socket.withLink(.name(name), in: netnsID) { ($0.index, $0.flags) }
    } catch {
      // The kernel refuses the id of a namespace that is gone.
      if netnsID == nil || error.errno != .invalidArgument { throw error }
    }
    guard let state else { return condition == .gone }
    switch condition {
    case .exists: return true
    case .up: return state.flags.isSuperset(of: [.up, .running])
    case .hasCarrier: return state.flags.contains(.lowerUp)
    case .hasAddress: return try hasUsableAddress(state.index)
    case .gone: return false
    }
  }

  private func hasUsableAddress(_ index: Int32) throws(NetlinkError) -> Bool {
    let usable: [Bool] = try socket.collectAddresses(ofLink: index) { address in
      address.scope == .global && address.flags.isDisjoint(with: [.tentative, .duplicate]) ? true : nil
    }
    return !usable.isEmpty
  }
}
