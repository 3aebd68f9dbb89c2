internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

let pairDelete: Verb = Verb(
  "delete*", usage: "delete { DEVICE… | netns NETNS | group GROUP | master BRIDGE | all } [ missing-ok ]"
) { words, session throws(Failure) in
  let isMissingAllowed = words.contains("missing-ok")
  var selection = PairSelection(isMissingAllowed: isMissingAllowed)
  while let word = words.next() { try selection.add(word, &words, session) }
  var names = selection.names
  if isMissingAllowed {
    var present: [LinkName] = []
    for name in names where try session.linkIndex(of: name) != nil { present.append(name) }
    if present.isEmpty { return }
    names = present
  }
  if names.isEmpty {
    throw Failure(
      1,
      selection.isSelection ? "No pair matches." : "Not enough information: which pairs to delete is required.")
  }
  try session.delete(names, ofKind: [UInt8](Veth.kind.word))
}

/// The pairs that `pair delete` deletes.
private struct PairSelection {
  let isMissingAllowed: Bool
  private(set) var names: [LinkName] = []
  /// Whether the words select pairs by a property.
  private(set) var isSelection = false

  init(isMissingAllowed: Bool) { self.isMissingAllowed = isMissingAllowed }

  mutating func add(_ word: [UInt8], _ words: inout Words, _ session: Session) throws(Failure) {
    switch word {
    case "missing-ok": break
    case "all": try addVeths(session) { _ in true }
    case "netns": try addVeths(inNamespace: words.operand(), session)
    case "group":
      let operand = try words.operand()
      guard let group = session.group(operand) else { throw .wrong(operand, valueOf: "group") }
      try addVeths(session) { $0[.group] == group }
    case "master": try addVeths(ofMaster: words.operand(), session)
    case "dev": names.append(try words.deviceName())
    default: names.append(try LinkName(device: word))
    }
  }

  private mutating func addVeths(inNamespace word: [UInt8], _ session: Session) throws(Failure) {
    isSelection = true
    let namespace: NamespaceArgument
    do throws(NamespaceArgument.Problem) { namespace = try session.namespace(word) } catch {
      switch error {
      case .notFound where isMissingAllowed: return
      case .notFound: throw .wrong(word, valueOf: "netns")
      case .notAccessible(let cause): throw .cannotOpen(namespace: word, cause)
      }
    }
    let opened = try namespace.open()
    guard let id = try asFailure(session.socket.namespaceID(of: opened)) else { return }
    try addVeths(session) { $0[.linkNetnsID] == id }
  }

  private mutating func addVeths(ofMaster word: [UInt8], _ session: Session) throws(Failure) {
    isSelection = true
    if let name = LinkName(bytes: word), let bridge = try session.linkIndex(of: name) {
      return try addVeths(session) { $0[.master] == bridge }
    }
    if !isMissingAllowed { throw .noSuchDevice(word) }
  }

  private mutating func addVeths(
    _ session: Session, where isSelected: (borrowing Link) -> Bool
  ) throws(Failure) {
    isSelection = true
    names += try asFailure(
      session.socket.collectLinks(.dump(kind: "veth")) { link in
        link.isOfKind(Veth.kind) && isSelected(link) ? link[.name].map { LinkName($0) } : nil
      })
  }
}
