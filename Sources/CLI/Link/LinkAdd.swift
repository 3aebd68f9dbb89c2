internal import Netlink
internal import RTNetlink
internal import SystemCalls

let linkAdd: Verb = Verb(
  "add*",
  usage: """
    { add | replace } [ name ] NAME [ SETTINGS ] type veth [ peer [ name ] NAME [ SETTINGS ] ]
    { add | replace } [ name ] NAME [ SETTINGS ] type bridge
    """
) { words, session throws(Failure) in try addLink(&words, session) }

let linkReplace: Verb = Verb("replace*") { words, session throws(Failure) in
  try addLink(&words, session, isReplacing: true)
}

/// The words of `link add`, parsed: a link and, of a veth, its peer.
struct NewLink {
  var own = LinkArguments(.new)
  var peer = LinkArguments(.end)

  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    try own.parse(&words, names)
    try own.completeNewLink()
    guard let kind = own.kind else { throw Failure(1, "Not enough information: \"type\" argument is required") }
    guard kind == "veth" else {
      try own.settings.parse(kind: kind, &words, names)
      return
    }
    own.settings.set(kind: Veth.kind)
    guard let word = words.next() else { return }
    guard word == "peer" else { throw Failure(1, vethUsage) }
    try peer.parse(&words, names)
    if let kind = peer.kind { throw .duplicate("type", kind) }
    try peer.completeNewLink()
    own.settings.peer = peer.settings
  }
}

private func addLink(_ words: inout Words, _ session: Session, isReplacing: Bool = false) throws(Failure) {
  var link = try NewLink(&words, session)
  try link.own.completeLinkNamespace(session)
  try link.peer.completeLinkNamespace(session)
  if link.own.settings.peer != nil { link.own.settings.peer = link.peer.settings }
  let own = LinkAfterCreation(link.own, isPeer: false)
  let peer = LinkAfterCreation(link.peer, isPeer: true)
  var request = LinkRequest.create(link.own.settings, isReplacing: isReplacing)
  if !own.isEmpty || !peer.isEmpty {
    // The kernel reports the indexes of links that are created here alone; other links are found by name. (The echo of a
    // link in another namespace goes to the socket there that has the number of this socket's port.)
    guard link.own.namespace == nil || own.hasFixedName && (peer.isEmpty || peer.hasFixedName) else {
      throw Failure(
        1, "A pair in another namespace needs names for settings that the kernel does not apply at creation.")
    }
    if link.own.namespace == nil { request.askForEcho() }
  }
  var index: Int32? = nil
  var peerIndex: Int32? = nil
  do throws(Failure) {
    try session.send(request) {
      index = $0.index
      peerIndex = $0[.linkIndex]
    }
  } catch {
    throw error.about(device: link.own.settings.name)
      .hinted { session.hintForNewLink(own: link.own.newName, peer: link.peer.newName, error) }
  }
  do throws(Failure) {
    try own.apply(index, session)
    try peer.apply(peerIndex, session)
  } catch { throw error.adding(own.remove(index, session)) }
  try link.own.checkProcess()
  try link.peer.checkProcess()
}

/// The settings of a new link that the kernel ignores at creation, and applies in later requests.
private struct LinkAfterCreation {
  private let arguments: LinkArguments
  private let settings: LinkSettings

  init(_ arguments: LinkArguments, isPeer: Bool) {
    self.arguments = arguments
    settings = arguments.settings.afterCreation(isPeer: isPeer)
  }

  var isEmpty: Bool { settings.isEmpty && arguments.master == nil }

  /// Whether the link has a name without a number from the kernel (`%d`).
  var hasFixedName: Bool { arguments.newName.map { !$0.contains(ascii("%")) } ?? false }

  /// Sends the requests.
  ///
  /// - Parameter index: the index that the kernel reported; nil where it reported none.
  func apply(_ index: Int32?, _ session: Session) throws(Failure) {
    if isEmpty { return }
    try withSocket(session) { socket throws(Failure) in
      let target: Int32
      if let index { target = index } else { target = try self.index(on: &socket) }
      let changes = try self.changes(on: &socket)
      try asFailure(socket.changeLink(.index(target), changes))
      if !settings.alternativeNames.isEmpty {
        try asFailure(socket.links(.addAlternativeNames(settings.alternativeNames, to: .index(target))))
      }
    }
  }

  /// The settings of the later request, with the index of the master.
  private func changes(on socket: inout NetlinkSocket) throws(Failure) -> LinkSettings {
    var changes = settings
    changes.alternativeNames = []
    if let master = arguments.master {
      guard let index = try asFailure(socket.index(of: master)) else { throw .noSuchDevice(master.bytes) }
      changes[.master] = index
    }
    return changes
  }

  private func index(on socket: inout NetlinkSocket) throws(Failure) -> Int32 {
    guard let name = arguments.settings.name else { throw Failure(1, "The link was deleted before it was complete.") }
    if let index = try asFailure(socket.index(of: name)) { return index }
    throw .noSuchDevice(name.bytes)
  }

  /// Deletes the new link, or both ends of a new veth pair.
  ///
  /// - Returns: a sentence about the result.
  func remove(_ index: Int32?, _ session: Session) -> [UInt8] {
    let name = arguments.settings.name
    guard let target = index.map({ LinkTarget.index($0) }) ?? name.map({ LinkTarget.name($0) }) else { return [] }
    do throws(Failure) {
      try withSocket(session) { socket throws(Failure) in try asFailure(socket.deleteLink(target)) }
    } catch { return sentence("%: not removed: %", arguments.newName ?? [], error.message) }
    return [UInt8]("The new link was removed again.")
  }

  /// Calls `body` with a socket in the link's namespace.
  private func withSocket(
    _ session: Session, _ body: (inout NetlinkSocket) throws(Failure) -> Void
  ) throws(Failure) {
    guard let namespace = arguments.namespace else { return try body(&session.socket) }
    var socket = try namespace.socket()
    try body(&socket)
  }
}
