internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `link property { add | del }`: gives a link further names, or takes them away.
func changeLinkNames(_ words: inout Words, _ session: Session) throws(Failure) {
  var request: LinkRequest
  switch words.next() {
  case let verb? where verb.abbreviates("add"): request = .addNames()
  case let verb? where verb.abbreviates("delete"): request = .deleteNames()
  case let verb? where verb.abbreviates("help"): throw .usage(of: .link, session.programName)
  case nil: throw .usage(of: .link, session.programName)
  default: throw Failure(255, "Operator required")
  }
  let link = LinkArguments(session, .existing)
  var names: [[UInt8]] = []
  while let word = words.next() {
    if word.abbreviates("altname") {
      names.append(try alternativeName(&words))
    } else if word.abbreviates("help") {
      throw .usage(of: .link, session.programName)
    } else {
      try link.take(device: word == "dev" ? try words.operand() : word)
    }
  }
  guard let device = link.device else {
    throw Failure(255, "Not enough of information: \"dev\" argument is required.")
  }
  guard let index = session.index(of: device) else {
    throw session.missing(device)
  }
  request.setIndex(index)
  request.setAlternativeNames(names)
  do throws(Failure) { try session.send(&request) } catch { throw error.hinted { session.hintForChange(error) } }
}
