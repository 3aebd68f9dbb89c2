public import Netlink
public import RTNetlink
internal import SystemCalls

/// Many links that are deleted together: a thousand pairs in the time of one.
///
/// One by one, each costs the kernel a grace period of some 20 ms; a whole group costs one. So they are given a group
/// number that nobody has, and the group is deleted. Who was not named is never deleted.
public final class LinkDeletion {
  // Classes, as arrays of them share their code.

  private final class Victim {
    let name: [UInt8]
    let index: Int32
    let group: UInt32
    let place: Int

    init(name: [UInt8], index: Int32, group: UInt32, place: Int) {
      self.name = name
      self.index = index
      self.group = group
      self.place = place
    }
  }

  /// One that was not deleted.
  public final class Refusal {
    /// Why one was not deleted.
    public enum Reason: Sendable {
      /// There is no such link.
      case missing
      /// It is of another kind than those that are to be deleted.
      case otherKind
      /// What the kernel said.
      case kernel(NetlinkError)
    }

    /// What it was called.
    public let name: [UInt8]
    /// Its place among those that were named.
    public let place: Int
    /// Why it stays.
    public let reason: Reason

    init(_ name: [UInt8], _ place: Int, _ reason: Reason) {
      self.name = name
      self.place = place
      self.reason = reason
    }
  }

  /// How a link that was named is to be deleted.
  public enum Admission: Sendable {
    /// Together with the others.
    case admitted
    /// As the other end of one that was named before.
    case companion
    /// By itself, as more may hang on it than its other end.
    case loner
    /// Not at all: `refusals` says why.
    case refused
  }

  private let kind: [UInt8]?
  private let endsAtRefusal: Bool
  private var victims: [Victim] = []
  /// The indexes of what goes along: the other ends of pairs.
  private var companions: [Int32] = []
  /// Those that stay, in the order of their places.
  public private(set) var refusals: [Refusal] = []

  /// Begins with nobody.
  ///
  /// - Parameters:
  ///   - kind: the kind of those that may be deleted, such as `Veth.kind`; nil for all.
  ///   - endsAtRefusal: whether they would go one after the other, so that the first refusal ends it.
  public init(ofKind kind: [UInt8]?, endsAtRefusal: Bool = false) {
    self.kind = kind
    self.endsAtRefusal = endsAtRefusal
  }

  /// Deletes the links of these names, and the other ends of those that are veths; `vethctl link delete A B C …`
  ///
  /// - Parameter echo: gets each link that is gone; nil where nobody asks.
  /// - Returns: those that stay.
  public static func delete(
    _ names: [[UInt8]], ofKind kind: [UInt8]?, _ socket: inout NetlinkSocket, echo: ((borrowing Link) -> Void)? = nil
  ) -> [Refusal] {
    let deletion = LinkDeletion(ofKind: kind)
    for (place, name) in names.enumerated() {
      if deletion.add(name, place: place, &socket) == .loner {
        var request = LinkRequest.delete()
        request.setTarget(name)
        deletion.send(&request, name, place, &socket, echo)
      }
    }
    deletion.run(&socket, echo: echo)
    return deletion.refusals
  }

  /// Whether it has come to its end before all have been added.
  public var isOver: Bool { endsAtRefusal && !refusals.isEmpty }

  /// Takes in a link, but for a loner.
  public func add(_ name: [UInt8], place: Int, _ socket: inout NetlinkSocket) -> Admission {
    var admission = Admission.refused
    let isThere = socket.withLink(name) { link in
      if let kind, !link.isOfKind(kind) { return refuse(name, place, .otherKind) }
      let index = link.index
      if companions.contains(index) || victims.contains(where: { $0.index == index }) {
        admission = .companion
      } else if link.isOfKind(Veth.kind) || link.isOfKind(Bridge.kind) {
        admission = .admitted
        victims.append(Victim(name: name, index: index, group: link[.group] ?? 0, place: place))
        if link[.peerNamespaceID] == nil, let peer = link[.peerIndex] { companions.append(peer) }
      } else {
        admission = .loner
      }
    }
    if !isThere { refuse(name, place, .missing) }
    return admission
  }

  /// Notes that one stays.
  public func refuse(_ name: [UInt8], _ place: Int, _ reason: Refusal.Reason) {
    let position = refusals.firstIndex { $0.place > place } ?? refusals.count
    refusals.insert(Refusal(name, place, reason), at: position)
  }

  /// Deletes them all.
  public func run(_ socket: inout NetlinkSocket, echo: ((borrowing Link) -> Void)? = nil) {
    if victims.count > 1 { deleteGroup(&socket, echo) }
    for victim in victims {
      if endsAtRefusal, let first = refusals.first, first.place < victim.place { return }
      var request = LinkRequest.delete()
      request.setIndex(victim.index)
      send(&request, victim.name, victim.place, &socket, echo)
    }
  }

  /// Deletes them as a group; where that cannot be, and for who leaves it meanwhile, `victims` says who is left.
  private func deleteGroup(_ socket: inout NetlinkSocket, _ echo: ((borrowing Link) -> Void)?) {
    for _ in 0..<8 {
      let group = Random.number & UInt32(Int32.max)
      // Group 0 is everybody's.
      guard group > 0, Self.indexes(&socket, where: { $0[.group] == group })?.isEmpty ?? false else { continue }
      join(group, &socket)
      // Another process may have chosen the same number meanwhile: only who was named may be in it.
      if let members = Self.indexes(&socket, where: { $0[.group] == group }),
        members.allSatisfy({ index in victims.contains { $0.index == index } })
      {
        var request = LinkRequest.delete()
        request.set(.group, to: group)
        if (try? Self.send(&request, &socket, echo)) != nil {
          let present = Self.indexes(&socket, where: { _ in true }) ?? []
          var left: [Victim] = []
          for victim in victims where present.contains(victim.index) { left.append(victim) }
          victims = left
          return
        }
      }
      for victim in victims { _ = Self.setGroup(of: victim, to: victim.group, &socket) }
    }
  }

  /// Gives the victims a group, up to the first that the kernel refuses where that ends it; who is refused is none.
  private func join(_ group: UInt32, _ socket: inout NetlinkSocket) {
    var gathered: [Victim] = []
    for victim in victims {
      if let error = Self.setGroup(of: victim, to: group, &socket) {
        refuse(victim.name, victim.place, .kernel(error))
        if endsAtRefusal { break }
      } else {
        gathered.append(victim)
      }
    }
    victims = gathered
  }

  private static func setGroup(
    of victim: Victim, to group: UInt32, _ socket: inout NetlinkSocket
  ) -> NetlinkError? {
    var request = LinkRequest.set()
    request.setIndex(victim.index)
    request.set(.group, to: group)
    do throws(NetlinkError) { try socket.links(&request) { _ in } } catch { return error }
    return nil
  }

  /// The indexes of the links that are chosen; nil where the kernel does not tell.
  private static func indexes(
    _ socket: inout NetlinkSocket, where isChosen: (borrowing Link) -> Bool
  ) -> [Int32]? {
    var request = LinkRequest.dump()
    var indexes: [Int32] = []
    do throws(NetlinkError) {
      try socket.links(&request) { if isChosen($0) { indexes.append($0.index) } }
    } catch { return nil }
    return indexes
  }

  /// Deletes one, and notes why not.
  private func send(
    _ request: inout LinkRequest, _ name: [UInt8], _ place: Int, _ socket: inout NetlinkSocket,
    _ echo: ((borrowing Link) -> Void)?
  ) {
    do throws(NetlinkError) { try Self.send(&request, &socket, echo) } catch { refuse(name, place, .kernel(error)) }
  }

  private static func send(
    _ request: inout LinkRequest, _ socket: inout NetlinkSocket, _ echo: ((borrowing Link) -> Void)?
  ) throws(NetlinkError) {
    if echo != nil { request.askForEcho() }
    try socket.links(&request) { echo?($0) }
  }
}
