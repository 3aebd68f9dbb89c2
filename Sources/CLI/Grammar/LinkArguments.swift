internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// What was said of one end of a link besides what went straight into the request.
final class LinkArguments {
  /// What becomes of the end that is described.
  enum Role { case existing, new, newPeer, pairEnd, doomed }

  let session: Session
  let role: Role
  /// `name NAME`.
  var name: [UInt8]? = nil
  /// `dev NAME`, or a word that is no keyword.
  var device: [UInt8]? = nil
  /// More devices, of which there can be many to delete.
  private(set) var furtherDevices: [[UInt8]] = []
  /// `index N`.
  var index: Int32? = nil
  /// `group G`: the group to be in or, where no device is named, whom to change.
  var group: UInt32? = nil
  /// How long the last `address` is.
  var addressLength: Int? = nil
  /// `netns N`.
  var namespace: NamespaceArgument? = nil
  /// `link-netns N`: where the other end is to be made.
  var peerNamespace: NamespaceArgument? = nil
  /// `link-netnsid ID`: the same by its id.
  var peerNamespaceID: Int32? = nil
  /// `xdp pinned PATH`, which has to stay open until the request is through.
  var program: FileDescriptor? = nil
  /// `type KIND`, which ends what is common to all kinds.
  var kind: [UInt8]? = nil
  /// The keyword whose turn it is, and the value of its row.
  private(set) var keyword: [UInt8] = []
  private(set) var value: UInt64 = 0
  /// The keywords that were said, and where in the request each has written.
  private(set) var said: [Said] = []

  /// A class, as arrays of them share their code.
  final class Said {
    let keyword: [UInt8]
    fileprivate(set) var part: LinkRequest.Part

    init(_ keyword: [UInt8], _ part: LinkRequest.Part) {
      self.keyword = keyword
      self.part = part
    }
  }

  /// What the kernel passes over while it makes a link, and has to be told afterwards.
  var later = LaterSettings()

  init(_ session: Session, _ role: Role) {
    self.session = session
    self.role = role
  }

  /// Reads keywords in any order up to `type KIND` or the end.
  ///
  /// A word that is no keyword names the device.
  func parse(_ words: inout Words, into request: inout LinkRequest) throws(Failure) {
    while role == .doomed || device == nil, beginsWithDevice(words), let word = words.next() { try take(device: word) }
    while let word = words.next() {
      if role == .pairEnd {
        if word == "peer" || word == "dry-run" { return words.back() }
        if word == "addr" {
          try take(address: &words)
          continue
        }
      }
      guard let position = CLI.position(of: word, in: linkKeywords) else {
        try take(device: word)
        continue
      }
      let row = linkKeywords[position]
      keyword = row.spellings.name
      value = row.value
      let start = request.position
      do throws(Failure) {
        if row.isOnce, said.contains(where: { $0.keyword == keyword }) {
          throw .duplicate(keyword, try words.operand())
        }
        try row.action(&request, self, &words)
      } catch { throw error.blaming(keyword) }
      said.append(Said(keyword, request.part(since: start)))
      if kind != nil { break }
    }
    try writePeerNamespace(to: &request)
  }

  /// Whether the first word names a device although it could be short for a keyword.
  ///
  /// That is so where it cannot be the keyword: a link of that name is there, and no other is named with `dev`; or what
  /// follows a new one is a keyword in full. An end of a pair always begins with its name.
  private func beginsWithDevice(_ words: Words) -> Bool {
    guard let first = words.peek, let row = CLI.position(of: first, in: linkKeywords),
      !linkKeywords[row].spellings.contains(first)
    else { return false }
    if role == .existing || role == .doomed { return !words.contains("dev") && session.index(of: first) != nil }
    guard role != .pairEnd, let next = words.second else { return role != .new }
    guard let row = CLI.position(of: next, in: linkKeywords) else { return false }
    return linkKeywords[row].spellings.contains(next)
  }

  /// Whether what could be said while it is made is said afterwards too: of a veth's other end the kernel takes no notice.
  var isFinishedLater: Bool { role == .newPeer || role == .pairEnd }

  /// `addr PREFIX [ nodad ]`.
  private func take(address words: inout Words) throws(Failure) {
    let prefix = try session.prefix(try words.operand(), family: nil).prefix
    let skipsDetection = words.peek.map { $0 == "nodad" } ?? false
    if skipsDetection { _ = words.next() }
    later.addresses.append(EndAddress(prefix, skipsDetection: skipsDetection))
  }

  /// Notes where in the request a keyword has written that had to wait.
  func wrote(_ keyword: StaticString, _ part: LinkRequest.Part) {
    for said in said where said.keyword == keyword { said.part = part }
  }

  /// The keywords whose settings a link has, of those that a request was to change, with commas between.
  func inForce(on link: borrowing Link, of request: borrowing LinkRequest) -> [UInt8] {
    var keywords: [UInt8] = []
    // Of one setting, the refusal says it all.
    for said in said where self.said.count > 1 && !said.part.isEmpty && request.isInForce(said.part, on: link) {
      if !keywords.isEmpty { keywords.append(", ") }
      keywords += said.keyword
    }
    return keywords
  }

  /// Says where the other end is to be made, by the id that this end's namespace knows that one by.
  private func writePeerNamespace(to request: inout LinkRequest) throws(Failure) {
    switch peerNamespace {
    case .some(let peer): peerNamespaceID = try peer.id(seenFrom: namespace, session)
    case nil: break
    }
    if let peerNamespaceID { request.set(.peerNamespaceID, to: peerNamespaceID) }
  }

  /// Fails where the namespace of the other end was said already.
  func checkPeerNamespace(_ word: [UInt8]) throws(Failure) {
    let isSaid: Bool
    switch peerNamespace {
    case .some: isSaid = true
    case nil: isSaid = peerNamespaceID != nil
    }
    if isSaid { throw .duplicate([UInt8]("link-netns/link-netnsid"), word) }
  }

  /// A failure with the keyword to blame whose part of the request the kernel points to.
  func explained(_ failure: Failure) -> Failure {
    guard let offset = failure.refusal?.attributeOffset else { return failure }
    let blamed = said.first { $0.part.range.contains(Int(offset)) }
    return failure.blaming(blamed?.keyword)
  }

  /// Notes the device that was named.
  func take(device word: [UInt8]) throws(Failure) {
    if device != nil, role == .doomed { return furtherDevices.append(word) }
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    guard !word.isEmpty, word.count <= 127 else {
      throw .wrong(word, "\"dev\" not a valid ifname", spaced: false)
    }
    device = word
    session.errors.device = word
  }

  /// The program to run; -1 for none.
  var programDescriptor: Int32 {
    switch program {
    case .some(let program): program.rawValue
    case nil: -1
    }
  }

  /// Fails when a process named here has ended since.
  func checkProcess() throws(Failure) { try namespace?.checkProcess() }
}

/// A name for a new link.
func newLinkName(_ words: inout Words) throws(Failure) -> [UInt8] {
  let name = try words.operand()
  guard isLinkName(name), name.count <= KernelName.maximumCount else {
    throw .wrong(name, "\"name\" not a valid ifname", spaced: false)
  }
  return name
}

/// Whether a word may be the name of a new link: what the kernel refuses, and control bytes besides.
func isLinkName(_ word: [UInt8]) -> Bool {
  !word.isEmpty && !(word == ".") && !(word == "..")
    && word.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != ascii("/") }
}
