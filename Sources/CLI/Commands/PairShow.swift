internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair show`: each pair with both its ends, and where the other one is.
///
/// What is said of the form may stand behind it too: `pair show -j`.
func showPairs(_ words: inout Words, _ session: Session) throws(Failure) {
  let view = PairView()
  var options = session.options
  var isAsBefore = true
  var namespace: NamespaceArgument? = nil
  while let word = words.peek {
    if word.first == ascii("-"), !(word == "-tree"), !(word == "-dot") {
      try options.take(&words, programName: session.programName)
      isAsBefore = false
      continue
    }
    _ = words.next()
    switch word {
    case "dev": try view.take(device: try words.operand())
    case "netns": namespace = try NamespaceArgument(try words.operand(), keyword: word)
    case "-tree": view.drawing = .tree
    case "-dot": view.drawing = .dot
    default: try view.take(device: word)
    }
  }
  if isAsBefore, namespace == nil { return try view.show(session) }
  // The thread is there meanwhile, and so is all that it opens.
  guard let own = try? Namespace.current() else { throw Failure(.systemCall("open", .last)) }
  try namespace?.enter()
  defer { if namespace != nil { try? own.enter() } }
  session.errors.isJSON = options.isJSON
  let there = try Session(programName: session.programName, options: options, errors: session.errors)
  try view.show(there)
  there.out.flush()
}

/// What of the pairs is to be shown, and how.
private final class PairView {
  enum Drawing { case tree, dot }

  var drawing: Drawing? = nil
  /// The one link whose pair is asked for.
  private var device: [UInt8]? = nil

  func take(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = word
  }

  func show(_ session: Session) throws(Failure) {
    var index: Int32? = nil
    if let device {
      index = session.index(of: device)
      if index == nil { throw session.missing(device) }
    }
    let survey: PairSurvey
    let namespaces: NamespaceSurvey
    do throws(NetlinkError) {
      survey = try PairSurvey(&session.socket, of: index)
      namespaces = try NamespaceSurvey(survey.namespaces, &session.socket)
    } catch { throw Failure(error) }
    if let drawing {
      if session.out.isJSON { throw Failure(1, "A drawing is text, and never JSON.") }
      let drawer = PairDrawing(session: session, survey: survey, namespaces: namespaces)
      if drawing == .tree { drawer.drawTree() } else { drawer.drawGraph() }
    } else {
      try list(survey, namespaces, session)
    }
  }

  private func list(
    _ survey: PairSurvey, _ namespaces: NamespaceSurvey, _ session: Session
  ) throws(Failure) {
    let filter = AddressFilter(family: session.options.family)
    let addresses = try AddressList(session, filter, onLink: nil)
    session.out.beginArray()
    for pair in survey.pairs {
      let peerAddresses = pair.peerNamespace == nil ? addresses : try peerAddresses(of: pair, session, filter)
      let record = PairRecord(
        session: session, addresses: addresses, peerAddresses: peerAddresses,
        place: pair.peerNamespace.flatMap { namespaces.place($0) })
      record.write(pair, survey)
      session.out.flushIfFull()
    }
    session.out.endArray()
  }

  /// Those of an end that is elsewhere; nil where its namespace is gone, or not ours to look into, or the kernel is too
  /// old to tell.
  private func peerAddresses(
    of pair: PairSurvey.Pair, _ session: Session, _ filter: AddressFilter
  ) throws(Failure) -> AddressList? {
    guard session.socket.checkStrictly() else { return nil }
    do throws(Failure) {
      return try AddressList(session, filter, onLink: pair.peerIndex, in: pair.peerNamespace)
    } catch {
      guard error.refusal?.isAnswer ?? false else { throw error }
      return nil
    }
  }
}
