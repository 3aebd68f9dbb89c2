internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A pair of veths with all settings of both ends: created as a whole, or not at all.
///
/// While a pair is being created, both ends are in groups that say so (`InProgressMarker`). Where the process dies
/// halfway, the next one that wants a name of the pair removes the remains.
public final class VethPair {
  /// The end whose namespace creates the pair.
  public let own: PairEnd
  /// The other end.
  public let peer: PairEnd

  /// A pair of two ends.
  public init(_ own: PairEnd, peer: PairEnd) {
    self.own = own
    self.peer = peer
  }

  /// Creates the pair; `ip link add NAME type veth peer NAME`, and the requests for what the kernel ignores in that one.
  ///
  /// - Throws: which step of which end failed, and whether the created pair was removed again.
  public func create() throws(PairError) { try create { () throws(PairError) in } }

  /// As `create`.
  ///
  /// - Parameter finish: what is to be done before the pair counts as complete.
  func create(_ finish: () throws(PairError) -> Void) throws(PairError) {
    for end in [own, peer] { try end.validate() }
    try createDespiteRemains()
    do throws(PairError) {
      try peer.apply(peer.changesAfterCreation())
      try own.apply(own.changesAfterCreation())
      try finish()
      // An end that the kernel has numbered is found through its peer, whose marker therefore stays longer.
      let isOwnLast = peer.isNamedByKernel
      try (isOwnLast ? peer : own).leaveMarker()
      try (isOwnLast ? own : peer).leaveMarker()
    } catch { throw error.after(own.remove().map { .notRemoved(own.name, $0) } ?? .removed) }
  }

  /// What `ensure` has done, or would do.
  public enum Outcome: Sendable {
    /// There was no pair.
    case created
    /// The pair was changed: the keywords of the changes, such as `mtu`.
    case changed([StaticString])
    /// The pair is as it is to be.
    case unchanged
  }

  /// Creates the pair, or makes the pair that exists what it is to be; what is not set stays.
  ///
  /// - Throws: which step of which end failed, and whether the changes were undone. A name of another link is an error.
  public func ensure() throws(PairError) -> Outcome {
    switch try plan(removesRemains: true) {
    case .create:
      try create()
      return .created
    case .change(let changes):
      if changes.isEmpty { return .unchanged }
      try apply(changes)
      return .changed(changes.keywords)
    }
  }

  /// What `ensure` would do; refuses what `ensure` would refuse, as far as that can be known.
  ///
  /// - Throws: as `ensure`.
  public func dryRun() throws(PairError) -> Outcome {
    switch try plan(removesRemains: false) {
    case .create:
      for end in [own, peer] { try end.checkMaster() }
      return .created
    case .change(let changes): return changes.isEmpty ? .unchanged : .changed(changes.keywords)
    }
  }

  // MARK: - Planning

  private enum Plan {
    case create
    case change(PairChanges)
  }

  private func plan(removesRemains: Bool) throws(PairError) -> Plan {
    for end in [own, peer] { try end.validate() }
    let hadRemains = try removeRemains(isDryRun: !removesRemains)
    if hadRemains, !removesRemains { return .create }
    let ownState = try own.look()
    let peerState = try peer.look()
    if let ownState, let peerState, try arePair(ownState, peerState) {
      return .change(PairChanges(peer: try peer.changesToPresentLink(), own: try own.changesToPresentLink()))
    }
    if let state = ownState ?? peerState {
      let end = ownState == nil ? peer : own
      if try !waitForDeletion(of: end) { throw PairError(.create, of: end.name, .nameTaken(state.holder)) }
    }
    return .create
  }

  /// Whether the two links are the ends of one pair.
  private func arePair(_ ownState: EndState, _ peerState: EndState) throws(PairError) -> Bool {
    guard ownState.isVeth, ownState.peerIndex == peerState.index, peerState.peerIndex == ownState.index else {
      return false
    }
    own.index = ownState.index
    peer.index = peerState.index
    var id: Int32? = nil
    if own.namespace.inode != peer.namespace.inode {
      id = try step(.create, of: own, own.socket.namespaceID(of: peer.namespace)) ?? -1
    }
    return id == ownState.peerNetnsID
  }

  /// Waits until the link with an end's name is gone, if it is going: no process is in the namespace of the link's peer
  /// any more, and the kernel takes some time to clear the namespace.
  ///
  /// - Returns: whether the name is free.
  private func waitForDeletion(of end: PairEnd) throws(PairError) -> Bool {
    guard let state = try end.look() else { return true }
    guard let id = state.peerNetnsID else { return false }
    let place = try step(.create, of: end, NamespaceSurvey([id], on: &end.socket))[id]
    guard let place, place.name == nil, place.processes.isEmpty else { return false }
    return try step(
      .create, of: end,
      LinkWait(for: end.name, toBe: .gone, in: end.namespace).wait(milliseconds: 2000))
  }

  // MARK: - Applying

  private func apply(_ changes: PairChanges) throws(PairError) {
    let undo = UndoLog()
    for end in [peer, own] { try undo.note(addressesOf: end) }
    do throws(PairError) {
      try peer.apply(changes.peer, undo: undo)
      try own.apply(changes.own, undo: undo)
      // The kernel ignores some settings of a link that exists.
      for end in [peer, own] {
        if let change = try end.changesToPresentLink().first(where: { $0.isSetting }) {
          throw PairError(change.step, of: end.name, .creationOnly)
        }
      }
    } catch { throw error.after(undo.undo()) }
  }

  // MARK: - Creating

  private func createDespiteRemains() throws(PairError) {
    do throws(PairError) { try sendCreation() } catch {
      guard case .kernel(let cause) = error.cause, cause.errno == .fileExists else { throw error }
      // The kernel does not say which of the names is taken.
      if try !removeRemains(isDryRun: false) {
        let taken = try own.look() == nil ? peer : own
        guard try waitForDeletion(of: taken) else { throw PairError(.create, of: taken.name, error.cause) }
      }
      try sendCreation()
    }
  }

  private func sendCreation() throws(PairError) {
    var settings = own.creationSettings
    var peerSettings = peer.creationSettings
    peerSettings[.namespaceDescriptor] = peer.namespace.rawDescriptor
    settings.peer = peerSettings
    var request = LinkRequest.create(settings)
    request.askForEcho()
    do throws(NetlinkError) {
      try own.socket.links(request) { noteCreated($0) }
      // Before Linux 6.2, the kernel does not report a new link, which is found by its marker.
      if own.index == 0 {
        try own.socket.forEachLink { if $0[.group] == own.marker.group { noteCreated($0) } }
      }
    } catch {
      let failure = PairError(.blamed(by: error), of: own.name, .kernel(error))
      // Without an answer, the kernel may have created the pair.
      if case .refused = error { throw failure }
      for end in [own, peer] { if try removeIfMarked(end) { throw failure.after(.removed) } }
      throw failure
    }
  }

  private func noteCreated(_ link: borrowing Link) {
    own.index = link.index
    peer.index = link[.linkIndex] ?? 0
    own.name = LinkName(link.name)
  }

  /// Removes the remains of a pair that has a name of this pair, where the process that created them is gone.
  ///
  /// - Returns: whether there were any.
  private func removeRemains(isDryRun: Bool) throws(PairError) -> Bool {
    var hadRemains = false
    for end in [own, peer] {
      guard let state = try end.look(), state.isVeth,
        try step(.create, of: end, InProgressMarker.ownerIsGone(state.group, in: end.namespace))
      else { continue }
      hadRemains = true
      if !isDryRun { try step(.create, of: end, end.socket.deleteLink(.index(state.index))) }
    }
    return hadRemains
  }

  /// Removes the link with an end's name, if this process has created it.
  private func removeIfMarked(_ end: PairEnd) throws(PairError) -> Bool {
    guard let state = try end.look(), state.isVeth, state.group == end.marker.group else { return false }
    try step(.create, of: end, end.socket.deleteLink(.index(state.index)))
    return true
  }
}

extension VethPair: CustomStringConvertible {
  /// The names of both ends, such as `web0 - eth0`.
  public var description: String { "\(own) - \(peer)" }
}

extension VethPair.Outcome: CustomStringConvertible {
  /// The words of `vethctl pair ensure`: `created`, `changed mtu` or `unchanged`.
  public var description: String {
    switch self {
    case .created: return "created"
    case .changed(let keywords):
      var text = "changed"
      for keyword in keywords { text += " \(keyword)" }
      return text
    case .unchanged: return "unchanged"
    }
  }
}

/// The changes of both ends, the peer's first.
private struct PairChanges {
  let peer: [EndChange]
  let own: [EndChange]

  var isEmpty: Bool { peer.isEmpty && own.isEmpty }
  var keywords: [StaticString] { (peer + own).map { $0.step.keyword } }
}

extension PairError.Step {
  /// The setting that the kernel blames for a refusal, or the creation as a whole.
  fileprivate static func blamed(by error: NetlinkError) -> PairError.Step {
    if case .refused(let refusal) = error, let keyword = refusal.keyword { return PairError.Step(keyword) }
    return .create
  }
}
