public import Netlink
public import RTNetlink
internal import SystemCalls

/// The deletion of many links at once: a thousand pairs in the time of one.
///
/// A deletion costs the kernel a grace period of some 20 ms, for one link or for a whole group. The links are therefore
/// moved to a group that no other link has, and the group is deleted. No link is deleted that was not named.
public final class LinkDeletion {
  private struct Target {
    let name: LinkName
    let index: Int32
    let group: UInt32
    let position: Int
  }

  /// A link that was not deleted.
  public struct Refusal: Sendable {
    /// Why a link was not deleted.
    public enum Reason: Sendable {
      /// There is no such link.
      case missing
      /// The link is of another kind than the one to delete.
      case otherKind
      /// The kernel's error.
      case kernel(NetlinkError)
    }

    /// The name that was given.
    public let name: LinkName
    /// The position among the names that were given.
    public let position: Int
    /// The reason.
    public let reason: Reason
  }

  /// How a link is to be deleted.
  public enum Disposition: Sendable {
    /// Together with the others.
    case together
    /// As the peer of a link that was named before.
    case viaPeer
    /// By itself, because other links than a peer may depend on it.
    case individual
    /// Not at all; `refusals` has the reason.
    case refused
  }

  /// The kind of the links that may be deleted; nil for all.
  private let kind: KernelName?
  private let endsAtRefusal: Bool
  private var targets: [Target] = []
  /// The indexes of the targets' peers.
  private var peers: [Int32] = []
  /// The links that were not deleted, in the order of their positions.
  public private(set) var refusals: [Refusal] = []

  /// Begins without links.
  ///
  /// - Parameters:
  ///   - kind: the kind of the links that may be deleted, such as `veth`; nil for all.
  ///   - endsAtRefusal: whether the first refusal ends the deletion, as if the links were deleted one by one.
  public init(ofKind kind: KernelName?, endsAtRefusal: Bool = false) {
    self.kind = kind
    self.endsAtRefusal = endsAtRefusal
  }

  /// Deletes links, and the peers of those that are veths; `vethctl link delete A B C …`.
  ///
  /// - Parameter echo: gets each link that is deleted; nil where no answer is wanted.
  /// - Returns: the links that were not deleted.
  public static func delete(
    _ names: [LinkName], ofKind kind: KernelName?, on socket: inout NetlinkSocket,
    echo: ((borrowing Link) -> Void)? = nil
  ) -> [Refusal] {
    let deletion = LinkDeletion(ofKind: kind)
    for (position, name) in names.enumerated() {
      if deletion.add(name, position: position, on: &socket) == .individual {
        deletion.send(.name(name), name, position, &socket, echo)
      }
    }
    deletion.run(on: &socket, echo: echo)
    return deletion.refusals
  }

  /// Whether a refusal has ended the deletion.
  public var isOver: Bool { endsAtRefusal && !refusals.isEmpty }

  /// Adds a link, except one to delete by itself.
  public func add(_ name: LinkName, position: Int, on socket: inout NetlinkSocket) -> Disposition {
    var disposition = Disposition.refused
    do throws(NetlinkError) {
      if let found = try socket.withLink(.name(name), { link in add(link, name, position) }) {
        disposition = found
      } else {
        refuse(name, position, .missing)
      }
    } catch { refuse(name, position, .kernel(error)) }
    return disposition
  }

  private func add(_ link: borrowing Link, _ name: LinkName, _ position: Int) -> Disposition {
    if let kind, !link.isOfKind(kind.bytes) {
      refuse(name, position, .otherKind)
      return .refused
    }
    let index = link.index
    if peers.contains(index) || targets.contains(where: { $0.index == index }) { return .viaPeer }
    guard link.isOfKind(Veth.kind) || link.isOfKind(Bridge.kind) else { return .individual }
    targets.append(Target(name: name, index: index, group: link[.group] ?? 0, position: position))
    if link[.linkNetnsID] == nil, let peer = link[.linkIndex] { peers.append(peer) }
    return .together
  }

  /// Notes that a link is not deleted.
  package func refuse(_ name: LinkName, _ position: Int, _ reason: Refusal.Reason) {
    let place = refusals.firstIndex { $0.position > position } ?? refusals.count
    refusals.insert(Refusal(name: name, position: position, reason: reason), at: place)
  }

  /// Deletes all links that were added.
  public func run(on socket: inout NetlinkSocket, echo: ((borrowing Link) -> Void)? = nil) {
    if targets.count > 1 { deleteTogether(&socket, echo) }
    for target in targets {
      if endsAtRefusal, let first = refusals.first, first.position < target.position { return }
      send(.index(target.index), target.name, target.position, &socket, echo)
    }
  }

  // MARK: - As a group

  /// Deletes the targets as a group. Those that are left, because that was not possible, are deleted one by one later: then
  /// each gets a reason of its own.
  private func deleteTogether(_ socket: inout NetlinkSocket, _ echo: ((borrowing Link) -> Void)?) {
    for _ in 0..<8 {
      let group = Random.number & UInt32(Int32.max)
      do throws(NetlinkError) {
        // Group 0 is the default group.
        guard group > 0, try Self.members(of: group, &socket).isEmpty else { continue }
        join(group, &socket)
        // Another process may have chosen the same number in the meantime.
        let isOwnGroup = try Self.members(of: group, &socket).allSatisfy { index in
          targets.contains { $0.index == index }
        }
        if isOwnGroup {
          try Self.send(.group(group), &socket, echo)
          let present = try socket.collectLinks(.dump()) { $0.index }
          targets = targets.filter { present.contains($0.index) }
          return
        }
      } catch {}
      for target in targets { _ = Self.setGroup(of: target, to: target.group, &socket) }
    }
  }

  /// Moves the targets to a group; a refusal takes a target out, and may end the deletion.
  private func join(_ group: UInt32, _ socket: inout NetlinkSocket) {
    var joined: [Target] = []
    for target in targets {
      if let error = Self.setGroup(of: target, to: group, &socket) {
        refuse(target.name, target.position, .kernel(error))
        if endsAtRefusal { break }
      } else {
        joined.append(target)
      }
    }
    targets = joined
  }

  private static func setGroup(
    of target: Target, to group: UInt32, _ socket: inout NetlinkSocket
  ) -> NetlinkError? {
    var change = LinkSettings()
    change[.group] = group
    do throws(NetlinkError) { try socket.changeLink(.index(target.index), change) } catch { return error }
    return nil
  }

  private static func members(of group: UInt32, _ socket: inout NetlinkSocket) throws(NetlinkError) -> [Int32] {
    try socket.collectLinks(.dump()) { $0[.group] == group ? $0.index : nil }
  }

  // MARK: - One by one

  private func send(
    _ target: LinkTarget, _ name: LinkName, _ position: Int, _ socket: inout NetlinkSocket,
    _ echo: ((borrowing Link) -> Void)?
  ) {
    do throws(NetlinkError) { try Self.send(target, &socket, echo) } catch { refuse(name, position, .kernel(error)) }
  }

  private static func send(
    _ target: LinkTarget, _ socket: inout NetlinkSocket, _ echo: ((borrowing Link) -> Void)?
  ) throws(NetlinkError) {
    var request = LinkRequest.delete(target)
    if echo != nil { request.askForEcho() }
    try socket.links(request) { echo?($0) }
  }
}

extension LinkDeletion.Refusal: CustomStringConvertible {
  /// A sentence such as `web0: Operation not permitted`.
  public var description: String { "\(name): \(reason)" }
}

extension LinkDeletion.Refusal.Reason: CustomStringConvertible {
  /// The reason as a sentence.
  public var description: String {
    switch self {
    case .missing: Errno.operationNotSupportedByDevice.description
    case .otherKind: "the link is of another kind"
    case .kernel(let error): error.description
    }
  }
}
