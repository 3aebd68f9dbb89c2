internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `link add` and `link replace`.
func addLink(_ words: inout Words, _ session: Session, replacing: Bool = false) throws(Failure) {
  var request = replacing ? LinkRequest.replace() : LinkRequest.add()
  let own = LinkArguments(session)
  try own.parse(&words, into: &request)
  try nameNew(own, in: &request)
  guard let kind = own.kind else { throw Failure(1, "Not enough information: \"type\" argument is required") }
  let peer = LinkArguments(session)
  if kind == "veth" {
    try request.setKind(kind) { request throws(Failure) in try addPeer(&words, peer, to: &request) }
  } else {
    try setKind(kind, &words, in: &request, session)
  }
  do throws(Failure) { try session.send(&request) } catch {
    throw error.hinted { session.hintForNewLink(own: own.name ?? own.device, peer: peer.name ?? peer.device, error) }
  }
  try own.checkProcess()
  try peer.checkProcess()
}

/// What may follow `type veth`: `peer` and the same settings again, for the other end.
private func addPeer(
  _ words: inout Words, _ peer: LinkArguments, to request: inout LinkRequest
) throws(Failure) {
  guard let word = words.next() else { return }
  guard word == "peer" else { throw .unknownSetting(of: [UInt8]("veth"), word, peer.session) }
  try request.setPeer { request throws(Failure) in
    try peer.parse(&words, into: &request)
    if let kind = peer.kind { throw .duplicate("type", kind) }
    try nameNew(peer, in: &request)
  }
}

/// Says what a new link is called, and its index and group.
private func nameNew(_ link: LinkArguments, in request: inout LinkRequest) throws(Failure) {
  if let name = link.name, let device = link.device, name != device {
    throw Failure(255, "both \"name\" and \"dev\" cannot be used when creating devices.")
  }
  let name = link.name ?? link.device
  if let name {
    guard isLinkName(name) else { throw .wrong(name, "\"dev\" not a valid ifname", spaced: false) }
    // One that is too long is the kernel's to refuse.
    request.set(.nameAsSaid, to: name + [0])
  }
  if let group = link.group {
    if name == nil { throw Failure(255, "group cannot be used when creating devices.") }
    request.set(.group, to: group)
  }
  if let index = link.index { request.setIndex(index) }
}
