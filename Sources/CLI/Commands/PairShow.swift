internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair show`: each pair with both its ends, and where the other one is.
func showPairs(_ words: inout Words, _ session: Session) throws(Failure) {
  var device: [UInt8]? = nil
  var tellsProblems = session.options.showsDetails
  while let word = words.next() {
    switch word {
    case "dev": device = try words.operand()
    case "-d", "-details": tellsProblems = true
    case "netns":
      return try showPairs(&words, elsewhere: try NamespaceArgument(try words.operand(), keyword: word), session)
    default:
      if device != nil { throw .duplicateOrGarbage("dev", word) }
      device = word
    }
  }
  var index: Int32? = nil
  if let device {
    index = session.index(of: device)
    if index == nil { throw Failure.noSuchDevice(device).hinted { session.hintForMissing(device) } }
  }
  let survey: PairSurvey
  do throws(NetlinkError) { survey = try PairSurvey(&session.socket) } catch { throw Failure(error) }
  let namespaces = NamespaceSurvey(survey.namespaces, &session.socket)
  let filter = AddressFilter(family: session.options.family)
  session.socket.checkStrictly()
  let addresses = try AddressList(session, filter, onLink: nil)
  session.out.beginArray()
  for pair in survey.pairs {
    if let index, pair.index != index, pair.peerNamespace != nil || pair.peerIndex != index { continue }
    var there = addresses
    if let id = pair.peerNamespace, let list = try? AddressList(session, filter, onLink: nil, in: id) { there = list }
    let record = PairRecord(
      session: session, tellsProblems: tellsProblems, addresses: addresses, peerAddresses: there,
      place: pair.peerNamespace.flatMap { namespaces.place($0) })
    record.write(pair, survey)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

/// The same of another namespace, where the thread is meanwhile.
private func showPairs(
  _ words: inout Words, elsewhere namespace: NamespaceArgument, _ session: Session
) throws(Failure) {
  guard let own = try? Namespace.current() else { throw Failure(.systemCall("open", .last)) }
  try namespace.enter()
  defer { try? own.enter() }
  let there = try Session(programName: session.programName, options: session.options)
  try showPairs(&words, there)
  there.out.flush()
}
