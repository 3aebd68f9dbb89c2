internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair delete { DEV… | netns NETNS | group G | master BRIDGE | all } [ missing-ok ]`
func deletePairs(_ words: inout Words, _ session: Session) throws(Failure) {
  var names: [[UInt8]] = []
  let isMissingAllowed = words.contains("missing-ok")
  var isSelection = false
  while let word = words.next() {
    switch word {
    case "missing-ok": break
    case "all":
      isSelection = true
      try session.addVeths(to: &names) { _ in true }
    case "netns":
      isSelection = true
      let name = try words.operand()
      do throws(Failure) {
        let id = try NamespaceArgument(name, keyword: word).knownID(session)
        try session.addVeths(to: &names) { id != nil && $0[.peerNamespaceID] == id }
      } catch { if !isMissingAllowed { throw error } }
    case "group":
      isSelection = true
      let name = try words.operand()
      guard let group = session.group(name) else { throw .wrong(name, valueOf: word) }
      try session.addVeths(to: &names) { $0[.group] == group }
    case "master":
      isSelection = true
      let name = try words.operand()
      if let bridge = session.index(of: name) {
        try session.addVeths(to: &names) { $0[.master] == bridge }
      } else if !isMissingAllowed {
        throw .noSuchDevice(name)
      }
    case "dev": names.append(try words.operand())
    default:
      if word.isEmpty { throw .wrong(word, "\"dev\" not a valid ifname", spaced: false) }
      names.append(word)
    }
  }
  if isMissingAllowed {
    var present: [[UInt8]] = []
    for name in names where session.socket.index(of: name) != nil { present.append(name) }
    if present.isEmpty { return }
    names = present
  }
  if names.isEmpty {
    throw Failure(
      1, isSelection ? "There is no such pair." : "Not enough information: which pairs to delete is required.")
  }
  try session.delete(names, ofKind: Veth.kind)
}

extension Session {
  /// Adds the names of the veths that are chosen.
  fileprivate func addVeths(
    to names: inout [[UInt8]], where isChosen: (borrowing Link) -> Bool
  ) throws(Failure) {
    var request = LinkRequest.dump()
    request.setKind(Veth.kind) { _ in }
    do throws(NetlinkError) {
      try socket.links(&request) { link in
        if link.isOfKind(Veth.kind), isChosen(link), let name = link[.name] { names.append(name.bytes) }
      }
    } catch { throw Failure(error) }
  }
}
