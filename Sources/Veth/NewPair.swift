internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A pair that is to be, with all that is said of both ends: made as a whole, or not at all.
///
/// While it is being made, both ends are in groups whose numbers tell that, and whether somebody is still at it. When they
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
      // An end that the kernel has named is found by the other one, which is marked for longer.
      let isOwnLast = peer.isNamedByKernel
      do throws(NetlinkError) {
        try take(isOwnLast ? peer : own).moveToGroup()
        try take(isOwnLast ? own : peer).moveToGroup()
      } catch { throw end.error(error) }
    } catch { throw error.removing(own.remove()) }
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
    var isThere = false
    do throws(NetlinkError) {
      let hadLeftovers = try removeLeftovers(isDryRun: isDryRun)
      if isDryRun, hadLeftovers { return .created }
      let ownState = try take(own).look()
      let peerState = try take(peer).look()
      if let ownState, let peerState, try arePair(ownState, peerState) {
        isThere = true
      } else if let state = ownState ?? peerState {
        let end = take(ownState == nil ? peer : own)
        if try !isGoing(end) { obstacle = PairError([UInt8]("add"), .taken(state.holder), end: end.name) }
      }
    } catch { throw end.error(error) }
    if let obstacle { throw obstacle }
    if isThere { return try mend(isDryRun) }
    if !isDryRun { try make() }
    return .created
  }

  private func mend(_ isDryRun: Bool) throws(PairError) -> Outcome {
    do throws(PairError) {
      var word: [UInt8]? = nil
      do throws(NetlinkError) {
        word = try take(peer).mend(isDryRun: isDryRun)
        if word == nil { word = try take(own).mend(isDryRun: isDryRun) }
      } catch { throw end.error(error) }
      if let word { throw PairError(word, .fixed, end: end.name) }
    } catch {
      let isOwnRestored = own.takeBack()
      let isPeerRestored = peer.takeBack()
      if isOwnRestored == nil, isPeerRestored == nil { throw error }
      throw error.restoring(isOwnRestored != false && isPeerRestored != false)
    }
    let words = peer.changes.words + own.changes.words
    return words.isEmpty ? .unchanged : .changed(words)
  }

  private func take(_ end: PairEnd) -> PairEnd {
    self.end = end
    return end
  }

  // MARK: making

  private func createDespiteLeftovers() throws(NetlinkError) {
    do throws(NetlinkError) { try create() } catch {
      guard error.errno == .fileExists else { throw error }
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
    own.describe(in: &request)
    request.setKind(Veth.kind) {
      $0.setPeer {
        peer.describe(in: &$0)
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
      if (try? removeMarked(own)) != true { _ = try? removeMarked(peer) }
      throw error
    }
  }

  /// Waits until what has an end's name is gone, if it is going: nobody is in the other end's namespace any more, which
  /// takes the kernel its time to clear away.
  private func isGoing(_ end: PairEnd) throws(NetlinkError) -> Bool {
    guard let state = try end.look() else { return true }
    guard let id = state.peerNamespaceID else { return false }
    let place = try NamespaceSurvey([id], &end.socket).place(id)
    guard let place, place.name == nil, place.processes.isEmpty else { return false }
    return try LinkWait(for: end.name, toBe: .gone, in: end.namespace.duplicate()).wait(milliseconds: 2000)
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

  /// Removes what has a name of this pair's, if whoever made it has died before it was whole; false for nothing.
  private func removeLeftovers(isDryRun: Bool = false) throws(NetlinkError) -> Bool {
    let isOwn = try removeLeftover(take(own), isDryRun)
    let isPeer = try removeLeftover(take(peer), isDryRun)
    return isOwn || isPeer
  }

  private func removeLeftover(_ end: PairEnd, _ isDryRun: Bool) throws(NetlinkError) -> Bool {
    guard let state = try end.look(), state.isVeth, Mark.isAbandoned(state.group, in: end.namespace) else {
      return false
    }
    if !isDryRun { try end.socket.deleteLink(state.index) }
    return true
  }

  /// Removes what has an end's name and was made just now.
  private func removeMarked(_ end: PairEnd) throws(NetlinkError) -> Bool {
    guard let state = try end.look(), state.isVeth, state.group == end.mark else { return false }
    try end.socket.deleteLink(state.index)
    return true
  }
}

extension PairEnd {
  /// Takes itself away, once it is made, and so the other end; false where that fails.
  func remove() -> Bool {
    // The first try may fail as what was to be done before has.
    for _ in 0..<2 {
      do throws(NetlinkError) {
        try socket.deleteLink(index)
        return true
      } catch {
        if error.errno == .operationNotSupportedByDevice { return true }
      }
    }
    return false
  }
}

extension NetlinkSocket {
  /// Takes away the link of this index, and of a pair both ends.
  mutating func deleteLink(_ index: Int32) throws(NetlinkError) {
    var request = LinkRequest.delete()
    request.setIndex(index)
    try send(&request)
  }
}

/// The number of the group that an end is in until it is whole: `v` in its first byte, and any three behind it.
///
/// It is the number of the socket, too, by which whoever makes the end talks to the kernel. In a namespace, no two sockets
/// have the same, and none outlives its process: whose number is free has died.
enum Mark {
  private static var letter: UInt32 { UInt32(ascii("v")) << 24 }

  /// One that hardly anybody has.
  static var new: UInt32 { letter | Random.number >> 8 }

  /// Whether a group is such a number, and nobody is at work any more who could have it.
  static func isAbandoned(_ group: UInt32, in namespace: borrowing Namespace) -> Bool {
    guard group & 0xff00_0000 == letter else { return false }
    return (try? NetlinkSocket.open(in: namespace, port: group)) != nil
  }
}
