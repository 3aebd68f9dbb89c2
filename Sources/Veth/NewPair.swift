public import Netlink
public import RTNetlink
internal import SystemCalls

/// A pair that is to be, with all that is said of both ends: made as a whole, or not at all.
///
/// While it is being made, both ends are in a group whose number tells that, and the process that makes it. When that has
/// died halfway, the next one who wants a name of theirs removes what is left.
public final class NewPair {
  /// The end whose namespace makes the pair.
  public let own: PairEnd
  /// The other end.
  public let peer: PairEnd
  /// The end that a request is about, for the error where it fails.
  private var end: PairEnd

  /// A pair of these ends.
  public init(_ own: PairEnd, _ peer: PairEnd) {
    self.own = own
    self.peer = peer
    end = own
  }

  /// Makes it; `ip link add NAME type veth peer NAME`, and whatever has to follow.
  ///
  /// - Parameter more: what is to be done too before it counts as made.
  /// - Throws: which step of which end failed; whether what was made is gone again is then told by `isRemoved`.
  public func make(_ more: () throws(PairError) -> Void = {}) throws(PairError) {
    do throws(NetlinkError) { try createDespiteLeftovers() } catch { throw end.error(error) }
    do throws(PairError) {
      do throws(NetlinkError) {
        try take(peer).complete()
        try take(own).complete()
      } catch { throw end.error(error) }
      try more()
      do throws(NetlinkError) {
        try take(peer).moveToGroup()
        try take(own).moveToGroup()
      } catch { throw end.error(error) }
    } catch { throw error.removing(remove()) }
  }

  /// Whether a pair was made, or what was done to one that is there.
  public enum Outcome: Sendable {
    /// There was none.
    case created
    /// It had to be changed: the words for what was set.
    case changed([[UInt8]])
    /// It is as it is to be.
    case unchanged
  }

  /// Makes it, or makes the one that is there what it is to be, and leaves what was not said of it alone.
  ///
  /// - Parameter isDryRun: whether it is only told what would be done.
  /// - Throws: also where a name is taken by something that is not this pair.
  public func ensure(isDryRun: Bool = false) throws(PairError) -> Outcome {
    var obstacle: PairError? = nil
    do throws(NetlinkError) {
      if !isDryRun { _ = try removeLeftovers() }
      let ownState = try take(own).look()
      let peerState = try take(peer).look()
      if let ownState, let peerState, try arePair(ownState, peerState) {
        var word = try take(peer).mend(isDryRun: isDryRun)
        if word == nil { word = try take(own).mend(isDryRun: isDryRun) }
        if let word {
          obstacle = PairError(word, .fixed, end: end.name)
        } else {
          let words = peer.changes + own.changes
          return words.isEmpty ? .unchanged : .changed(words)
        }
      } else if let state = ownState ?? peerState {
        let end = ownState == nil ? peer : own
        obstacle = PairError([UInt8]("add"), state.isVeth ? .tiedElsewhere : .taken, end: end.name)
      }
    } catch { throw end.error(error) }
    if let obstacle { throw obstacle }
    if !isDryRun { try make() }
    return .created
  }

  private func take(_ end: PairEnd) -> PairEnd {
    self.end = end
    return end
  }

  // MARK: making

  private func createDespiteLeftovers() throws(NetlinkError) {
    do throws(NetlinkError) { try create() } catch {
      guard error.errno == .exists else { throw error }
      // The kernel does not say which of the names is taken.
      if try !removeLeftovers() {
        let taken = try own.look() == nil ? peer : own
        guard try isGoing(taken) else {
          end = taken
          throw error
        }
      }
      try create()
    }
  }

  private func create() throws(NetlinkError) {
    var request = LinkRequest.add()
    own.describe(in: &request, group: Mark.own)
    request.setKind(Veth.kind) {
      $0.setPeer {
        peer.describe(in: &$0, group: Mark.own)
        $0.set(.namespaceDescriptor, to: peer.namespace.rawDescriptor)
      }
    }
    request.askForEcho()
    end = own
    do throws(NetlinkError) {
      try own.socket.links(&request) { link in
        own.index = link.index
        peer.index = link[.peerIndex] ?? 0
        if let name = link[.name] { own.name = name.bytes }
      }
    } catch {
      // Where no answer came, it is not known whether the kernel has made it.
      if case .refused = error { throw error }
      if (try? remove(own, by: Mark.own)) != true { _ = try? remove(peer, by: Mark.own) }
      throw error
    }
  }

  /// Waits until what has an end's name is gone, if it is going: nobody is in the other end's namespace any more, which
  /// takes the kernel its time to clear away.
  private func isGoing(_ end: PairEnd) throws(NetlinkError) -> Bool {
    guard let state = try end.look() else { return true }
    guard let id = state.peerNamespaceID else { return false }
    let place = NamespaceSurvey([id], &end.socket).place(id)
    guard let place, place.name == nil, place.processes.isEmpty else { return false }
    return try LinkWait(for: end.name, toBe: .gone, in: end.namespace.duplicate()).wait(milliseconds: 2000)
  }

  /// Takes the pair away.
  private func remove() -> Bool {
    // The first try may fail as what was to be done before has.
    for _ in 0..<2 {
      do throws(NetlinkError) {
        try own.remove(own.index)
        return true
      } catch {
        if error.errno == .noSuchDevice { return true }
      }
    }
    return false
  }

  // MARK: what is there

  /// Whether the two are the ends of one pair.
  private func arePair(_ ownState: EndState, _ peerState: EndState) throws(NetlinkError) -> Bool {
    guard ownState.isVeth, ownState.peerIndex == peerState.index, peerState.peerIndex == ownState.index else {
      return false
    }
    own.index = ownState.index
    peer.index = peerState.index
    var id: Int32? = nil
    if own.namespace.number != peer.namespace.number {
      end = own
      id = try own.socket.namespaceID(of: peer.namespace) ?? -1
    }
    return id == ownState.peerNamespaceID
  }

  /// Removes what has a name of this pair's, if a process made it that has died before it was whole; false for nothing.
  private func removeLeftovers() throws(NetlinkError) -> Bool {
    let isOwn = try removeLeftover(take(own))
    let isPeer = try removeLeftover(take(peer))
    return isOwn || isPeer
  }

  private func removeLeftover(_ end: PairEnd) throws(NetlinkError) -> Bool {
    guard let state = try end.look(), let maker = Mark.maker(of: state.group), !Mark.isAlive(maker) else {
      return false
    }
    return try remove(end, by: state.group)
  }

  /// Removes what has an end's name and is in this group.
  private func remove(_ end: PairEnd, by mark: UInt32) throws(NetlinkError) -> Bool {
    guard let state = try end.look(), state.isVeth, state.group == mark else { return false }
    try end.remove(state.index)
    return true
  }
}

extension PairEnd {
  /// Takes a link of its namespace away.
  fileprivate func remove(_ index: Int32) throws(NetlinkError) {
    var request = LinkRequest.delete()
    request.setIndex(index)
    try socket.send(&request)
  }
}

/// The number of the group that ends are in until they are whole: `v` in its first byte, and the process that makes them.
private enum Mark {
  private static var letter: UInt32 { UInt32(ascii("v")) << 24 }

  static var own: UInt32 { letter | UInt32(Process.ownNumber) & 0xff_ffff }

  /// The process that makes the members of a group; nil for a group of other people's.
  static func maker(of group: UInt32) -> Int32? { group & 0xff00_0000 == letter ? Int32(group & 0xff_ffff) : nil }

  /// Whether it may still be at work: we are not, who have only begun.
  static func isAlive(_ maker: Int32) -> Bool {
    if maker == Process.ownNumber { return false }
    guard let process = try? Process.open(maker) else { return false }
    return process.isRunning
  }
}
