internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Many links that are deleted together.
///
/// One by one, each costs the kernel a grace period of some 20 ms; a whole group costs one. So they are given a group
/// number that nobody has, and the group is deleted.
final class BulkDeletion {
  private final class Victim {
    let name: [UInt8]
    let index: Int32
    let group: UInt32
    let place: Int

    init(_ name: [UInt8], _ index: Int32, _ group: UInt32, _ place: Int) {
      self.name = name
      self.index = index
      self.group = group
      self.place = place
    }
  }

  /// Why one was not deleted; `place` says which: the line of a batch, or the place in a command.
  final class Refusal {
    let name: [UInt8]
    let place: Int
    let failure: Failure

    init(_ name: [UInt8], _ place: Int, _ failure: Failure) {
      self.name = name
      self.place = place
      self.failure = failure
    }
  }

  private let session: Session
  /// Whether the victims would go one after the other, so that the first refusal ends it.
  private let endsAtRefusal: Bool
  private var victims: [Victim] = []
  /// The indexes of what goes along: the other ends of pairs.
  private var companions: [Int32] = []
  /// In the order of their places.
  private(set) var refusals: [Refusal] = []

  init(_ session: Session, endsAtRefusal: Bool) {
    self.session = session
    self.endsAtRefusal = endsAtRefusal
  }

  /// Whether it has come to its end before all have been added.
  var isOver: Bool { endsAtRefusal && !refusals.isEmpty }

  enum Admission {
    case admitted
    /// It goes along with another.
    case companion
    /// There is no such link.
    case missing
    /// It has to go by itself: more may hang on it than its other end.
    case loner
  }

  /// Takes in a link.
  func add(_ name: [UInt8], place: Int) -> Admission {
    var found: (index: Int32, group: UInt32, peer: Int32?, isCommon: Bool)? = nil
    _ = session.withLink(name) { link in
      let peer = link[.peerNamespaceID] == nil ? link[.peerIndex] : nil
      found = (
        link.index, link[.group] ?? 0, peer, link.isOfKind([UInt8]("veth")) || link.isOfKind([UInt8]("bridge"))
      )
    }
    guard let found else { return .missing }
    if companions.contains(found.index) || victims.contains(where: { $0.index == found.index }) { return .companion }
    guard found.isCommon else { return .loner }
    victims.append(Victim(name, found.index, found.group, place))
    if let peer = found.peer { companions.append(peer) }
    return .admitted
  }

  /// Notes why one is not deleted.
  func refuse(_ name: [UInt8], place: Int, _ failure: Failure) {
    var position = refusals.count
    while position > 0, refusals[position - 1].place > place { position -= 1 }
    refusals.insert(Refusal(name, place, failure), at: position)
  }

  /// Deletes them all; `refusals` says which stayed.
  func run() {
    if victims.count > 1, gather() { return }
    for victim in victims { delete(victim) }
  }

  /// Deletes them as a group; false where that cannot be, and nothing is deleted.
  private func gather() -> Bool {
    for _ in 0..<8 {
      let group = Random.number & UInt32(Int32.max)
      // Group 0 is everybody's.
      guard group > 0, members(of: group)?.isEmpty ?? false else { continue }
      let gathered = join(group)
      // Another process may have chosen the same number meanwhile: only what was asked for may be in it.
      if let members = members(of: group), members.allSatisfy({ index in gathered.contains { $0.index == index } }) {
        var request = LinkRequest.delete()
        request.set(.group, to: group)
        if (try? session.socket.send(&request)) != nil { return true }
      }
      for victim in gathered { _ = setGroup(of: victim, to: victim.group) }
    }
    return false
  }

  /// Gives the victims a group, up to the first that the kernel refuses where that ends it.
  private func join(_ group: UInt32) -> [Victim] {
    var gathered: [Victim] = []
    for victim in victims {
      if let failure = setGroup(of: victim, to: group) {
        refuse(victim.name, place: victim.place, failure)
        if endsAtRefusal { break }
      } else {
        gathered.append(victim)
      }
    }
    victims = gathered
    return gathered
  }

  private func setGroup(of victim: Victim, to group: UInt32) -> Failure? {
    var request = LinkRequest.set()
    request.setIndex(victim.index)
    request.set(.group, to: group)
    do throws(NetlinkError) { try session.socket.send(&request) } catch { return Failure(error) }
    return nil
  }

  /// The indexes of the links in a group; nil where the kernel does not tell.
  private func members(of group: UInt32) -> [Int32]? {
    var request = LinkRequest.dump()
    var indexes: [Int32] = []
    do throws(NetlinkError) {
      try session.socket.links(&request) { if $0[.group] == group { indexes.append($0.index) } }
    } catch { return nil }
    return indexes
  }

  private func delete(_ victim: Victim) {
    if endsAtRefusal, let first = refusals.first, first.place < victim.place { return }
    var request = LinkRequest.delete()
    request.setIndex(victim.index)
    do throws(NetlinkError) { try session.socket.send(&request) } catch {
      refuse(victim.name, place: victim.place, Failure(error))
    }
  }
}
