internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `link add` and `link replace`.
func addLink(_ words: inout Words, _ session: Session, replacing: Bool = false) throws(Failure) {
  var request = replacing ? LinkRequest.replace() : LinkRequest.add()
  let own = LinkArguments(session, .new)
  let peer = LinkArguments(session, .newPeer)
  try own.parse(&words, into: &request)
  try nameNew(own, in: &request)
  guard let kind = own.kind else { throw Failure(1, "Not enough information: \"type\" argument is required") }
  if kind == "veth" {
    try request.setKind(kind) { request throws(Failure) in try addPeer(&words, peer, to: &request) }
  } else {
    try setKind(kind, &words, in: &request, session)
  }
  var made = NewLink()
  if !own.later.isEmpty || !peer.later.isEmpty {
    // Only of a link that is made here does the kernel tell the index; any other is found by its name.
    guard !own.isElsewhere || own.hasSettledName && (peer.later.isEmpty || peer.hasSettledName) else {
      throw Failure(1, "A pair in another namespace has to be named for what the kernel does not do at once.")
    }
    request.askForEcho()
  }
  do throws(Failure) { try session.send(&request) { made = NewLink($0) } } catch {
    let failure = peer.explained(own.explained(error))
    throw failure.hinted { session.hintForNewLink(own: own.newName, peer: peer.newName, failure) }
  }
  do throws(Failure) {
    try own.complete(made.index)
    try peer.complete(made.peerIndex)
  } catch {
    throw error.adding([UInt8](own.remove(made.index) ? "What was made is removed again." : "What was made is left."))
  }
  try own.checkProcess()
  try peer.checkProcess()
}

/// What the kernel's echo tells of a link that it has made; nothing where that is in another namespace.
private struct NewLink {
  var index: Int32? = nil
  var peerIndex: Int32? = nil

  init() {}

  init(_ link: borrowing Link) {
    index = link.index
    peerIndex = link[.peerIndex]
  }
}

extension LinkArguments {
  /// What it is to be called, nil where the kernel is to choose.
  var newName: [UInt8]? { name ?? device }

  /// Whether it is named, and not by a pattern such as `veth%d`.
  fileprivate var hasSettledName: Bool { newName.map { !$0.contains(ascii("%")) } ?? false }

  /// Whether it is made in another namespace.
  fileprivate var isElsewhere: Bool {
    switch namespace {
    case .some: true
    case nil: false
    }
  }

  /// Carries out what the kernel passed over.
  fileprivate func complete(_ index: Int32?) throws(Failure) {
    if later.isEmpty { return }
    try inNamespace { socket throws(Failure) in
      guard let index = index ?? newName.flatMap({ socket.index(of: $0) }) else {
        throw Failure(1, "What was made is gone already.")
      }
      do throws(NetlinkError) { try later.apply(toLink: index, &socket) } catch { throw Failure(error) }
    }
  }

  /// Takes the link away, and of a veth both ends; false where that fails.
  fileprivate func remove(_ index: Int32?) -> Bool {
    var request = LinkRequest.delete()
    if let index { request.setIndex(index) } else if let newName { request.setTarget(newName) }
    var isRemoved = false
    try? inNamespace { socket in isRemoved = (try? socket.send(&request)) != nil }
    return isRemoved
  }

  /// Calls `body` with a conversation about the namespace that the link is in.
  private func inNamespace(_ body: (inout NetlinkSocket) throws(Failure) -> Void) throws(Failure) {
    switch namespace {
    case .some(let namespace):
      var socket: NetlinkSocket
      do throws(NetlinkError) { socket = try namespace.socket() } catch { throw Failure(error) }
      try body(&socket)
    case nil: try body(&session.socket)
    }
  }
}

/// What may follow `type veth`: `peer` and the same settings again, for the other end.
private func addPeer(
  _ words: inout Words, _ peer: LinkArguments, to request: inout LinkRequest
) throws(Failure) {
  guard let word = words.next() else { return }
  guard word == "peer" else { throw .unknownSetting(of: [UInt8]("veth"), word, peer.session) }
  try request.setPeer { request throws(Failure) in
    try peer.parse(&words, into: &request)
    if let kind = peer.kind { throw .duplicate([UInt8]("type"), kind) }
    try nameNew(peer, in: &request)
  }
}

/// Says what a new link is called, and its index and group.
private func nameNew(_ link: LinkArguments, in request: inout LinkRequest) throws(Failure) {
  if let name = link.name, let device = link.device, name != device {
    throw Failure(255, "both \"name\" and \"dev\" cannot be used when creating devices.")
  }
  if let name = link.newName {
    guard isLinkName(name) else { throw .wrong(name, "\"dev\" not a valid ifname", spaced: false) }
    // One that is too long is the kernel's to refuse.
    request.set(.nameAsSaid, to: name + [0])
  }
  if let group = link.group {
    if link.newName == nil { throw Failure(255, "group cannot be used when creating devices.") }
    request.set(.group, to: group)
  }
  if let index = link.index { request.setIndex(index) }
}
