internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

// `pair add END peer END`, and `pair ensure END peer END [ dry-run ]`.

/// `pair add`: a pair with all that is said of it, or none.
func addPair(_ words: inout Words, _ session: Session) throws(Failure) {
  let pair = try newPair(&words, session)
  if let word = words.next() { throw .duplicateOrGarbage("peer", word) }
  do throws(PairError) { try pair.make() } catch { throw session.failure(error) }
}

/// `pair ensure`: the same, as often as you like.
func ensurePair(_ words: inout Words, _ session: Session) throws(Failure) {
  let pair = try newPair(&words, session)
  for end in [pair.own, pair.peer] where end.isNamedByKernel {
    throw Failure(1, "\"%\" is a pattern: it names another link each time.", end.name)
  }
  let isDryRun = words.peek.map { $0 == "dry-run" } ?? false
  if isDryRun { _ = words.next() }
  if let word = words.next() { throw .duplicateOrGarbage("peer", word) }
  let outcome: NewPair.Outcome
  do throws(PairError) { outcome = try pair.ensure(isDryRun: isDryRun) } catch { throw session.failure(error) }
  session.out.beginObject()
  let (result, changes): (StaticString, [[UInt8]]) =
    switch outcome {
    case .created: ("created", [])
    case .changed(let words): ("changed", words)
    case .unchanged: ("unchanged", [])
    }
  session.out.field("result", "", result, spaced: false)
  if !changes.isEmpty { session.out.beginArray("changes") }
  for word in changes {
    session.out.text(" ")
    session.out.text(word)
    session.out.element(word)
  }
  if !changes.isEmpty { session.out.endArray() }
  session.out.endRecord()
  session.out.endObject()
}

private func newPair(_ words: inout Words, _ session: Session) throws(Failure) -> NewPair {
  let own = try pairEnd(&words, session)
  guard let word = words.next(), word == "peer" else {
    throw Failure(1, "Not enough information: \"peer\" and its name are required.")
  }
  return NewPair(own, try pairEnd(&words, session))
}

/// `NAME [ netns NETNS ] [ SETTINGS ] [ master BRIDGE ] [ addr PREFIX [ nodad ] ]… [ up | down ]`
private func pairEnd(_ words: inout Words, _ session: Session) throws(Failure) -> PairEnd {
  var request = LinkRequest.set()
  let arguments = LinkArguments(session, .pairEnd)
  try arguments.parse(&words, into: &request)
  guard let name = arguments.newName else {
    throw Failure(1, "Not enough information: each end of a pair has a name.")
  }
  guard isLinkName(name), name.count <= KernelName.maximumCount else {
    throw .wrong(name, "\"name\" not a valid ifname", spaced: false)
  }
  for said in arguments.said
  where said.keyword.isAmong("type link link-netns link-netnsid vrf xdp xdpgeneric xdpdrv xdpoffload") {
    throw Failure(1, "\"%\" cannot be said of an end of a pair.", said.keyword)
  }
  let end = try arguments.end(named: name)
  for said in arguments.said { end.set(said.keyword) { $0.append(said.part, of: request) } }
  end.later = arguments.later
  end.group = arguments.group
  end.number = arguments.index
  return end
}

extension LinkArguments {
  /// An end in the namespace that was said.
  fileprivate func end(named name: [UInt8]) throws(Failure) -> PairEnd {
    let place = try (namespace ?? NamespaceArgument()).take()
    do throws(NetlinkError) { return try PairEnd(name, in: place) } catch {
      throw Failure(error).adding(sentence("% cannot be made there.", name))
    }
  }
}
