internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair show`: shows each pair with both ends and the namespace of the peer. Options of the output may follow the verb.
let pairShow: Verb = Verb(
  "show* list* lst*", usage: "show [ [ dev ] DEVICE ] [ netns NETNS ] [ -tree | -dot ] [ OPTIONS ]"
) { words, session throws(Failure) in
  let arguments = try PairShowArguments(&words, session)
  do throws(Failure) { try show(arguments, session) } catch {
    throw error.about(device: arguments.device).asJSON(arguments.options.isJSON)
  }
}

private func show(_ arguments: PairShowArguments, _ session: Session) throws(Failure) {
  if !arguments.hasOptions, arguments.namespace == nil { return try showPairs(arguments, session) }
  session.out.flush()
  let namespace = try Namespace.given(by: arguments.namespace)
  var failure: Failure? = nil
  try asFailure(
    namespace.run { () throws(NetlinkError) in
      do throws(Failure) {
        let inNamespace = try Session(programName: session.programName, options: arguments.options)
        try showPairs(arguments, inNamespace)
        inNamespace.out.flush()
      } catch { failure = error }
    })
  if let failure { throw failure }
}

/// The words of `pair show`, parsed.
struct PairShowArguments {
  enum Drawing { case tree, graph }

  private(set) var options: Options
  /// Whether options follow the verb.
  private(set) var hasOptions = false
  private(set) var namespace: NamespaceArgument? = nil
  private(set) var drawing: Drawing? = nil
  /// The link whose pair is shown; nil for all.
  private(set) var device: LinkName? = nil

  init(_ words: inout Words, _ session: Session) throws(Failure) {
    options = session.options
    while let word = words.peek {
      if word.first == ascii("-"), !(word == "-tree"), !(word == "-dot") {
        try options.parse(outputOption: &words, programName: session.programName)
        hasOptions = true
        continue
      }
      _ = words.next()
      switch word {
      case "dev": try parse(device: words.operand())
      case "netns": namespace = try session.namespace(words.operand(), operandOf: "netns")
      case "-tree": drawing = .tree
      case "-dot": drawing = .graph
      default: try parse(device: word)
      }
    }
    if drawing != nil, options.isJSON { throw Failure(1, "-tree and -dot cannot be combined with -json") }
  }

  private mutating func parse(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = try LinkName(device: word)
  }
}

private func showPairs(_ arguments: PairShowArguments, _ session: Session) throws(Failure) {
  var index: Int32? = nil
  if let device = arguments.device { index = try session.index(of: device) }
  let survey = try asFailure(PairSurvey(on: &session.socket, ofLink: index))
  if survey.mayBeInconsistent { session.report(Failure(.interrupted)) }
  let namespaces = try asFailure(NamespaceSurvey(survey.netnsIDs, on: &session.socket))
  switch arguments.drawing {
  case .tree?: PairDrawing(session: session, survey: survey, namespaces: namespaces).drawTree()
  case .graph?: PairDrawing(session: session, survey: survey, namespaces: namespaces).drawGraph()
  case nil: try list(survey, namespaces, session)
  }
}

private func list(
  _ survey: PairSurvey, _ namespaces: NamespaceSurvey, _ session: Session
) throws(Failure) {
  let filter = AddressFilter(family: session.options.family)
  let addresses = try AddressList(session, filter, onLink: nil)
  if addresses.mayBeInconsistent { session.report(Failure(.interrupted)) }
  session.out.beginArray()
  for pair in survey.pairs {
    let peerAddresses = pair.peerNetnsID == nil ? addresses : try peerAddresses(of: pair, session, filter)
    let record = PairRecord(
      session: session, addresses: addresses, peerAddresses: peerAddresses,
      namespace: pair.peerNetnsID.flatMap { namespaces[$0] })
    record.write(pair, survey)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

/// The addresses of a peer in another namespace; nil where the namespace is gone or not accessible, or before Linux 4.20.
private func peerAddresses(
  of pair: PairSurvey.Pair, _ session: Session, _ filter: AddressFilter
) throws(Failure) -> AddressList? {
  guard session.socket.checkStrictly() else { return nil }
  do throws(Failure) {
    return try AddressList(session, filter, onLink: pair.peerIndex, in: pair.peerNetnsID)
  } catch {
    guard let errno = error.refusal?.errno, !errno.isShortage else { throw error }
    return nil
  }
}
