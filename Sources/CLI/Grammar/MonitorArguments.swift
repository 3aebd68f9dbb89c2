internal import SystemCalls

/// What to tell of, as said behind `monitor`.
struct MonitorArguments {
  enum Subject: UInt8 { case link = 1, address = 2, namespaceID = 4 }

  /// A bit for each that was said; nothing said means everything.
  private var subjects: UInt8 = 0
  /// Whether each record says what it is about.
  var isLabelled = false
  /// Whether all namespaces are told of that have an id here.
  var isEverywhere = false
  /// The name of the one link to tell of.
  var device: [UInt8]? = nil

  func includes(_ subject: Subject) -> Bool { subjects == 0 || subjects & subject.rawValue != 0 }

  private mutating func include(_ subject: Subject) { subjects |= subject.rawValue }

  /// Reads words in any order, abbreviated as `ip` has it.
  static func parse(_ words: inout Words, _ session: Session) throws(Failure) -> MonitorArguments {
    var arguments = MonitorArguments()
    while let word = words.next() {
      if word.abbreviates("label") || word == "all" {
        // `all` is every subject, unless some are said; and that is what `ip` has it for.
        arguments.isLabelled = true
      } else if word.abbreviates("link") {
        arguments.include(.link)
      } else if word.abbreviates("address") {
        arguments.include(.address)
      } else if isElsewhere(word) {
        throw Failure(255, "% cannot monitor \"%\", only link, address and nsid.", session.programName, word)
      } else if word.abbreviates("nsid") {
        arguments.include(.namespaceID)
      } else if word.abbreviates("all-nsid") {
        arguments.isEverywhere = true
      } else if word == "dev" {
        arguments.device = try words.operand()
      } else if word.abbreviates("help") {
        throw .usage(of: .monitor, session.programName)
      } else {
        throw Failure(255, "Argument \"%\" is unknown, try \"% monitor help\".", word, session.programName)
      }
    }
    return arguments
  }
}

/// Whether a word is short for something that `ip` can monitor and we cannot.
private func isElsewhere(_ word: [UInt8]) -> Bool {
  let subjects: StaticString = "file* maddress* acaddress* route* mroute* prefix* neigh* netconf* rule* nexthop* stats*"
  return word.isAmong(subjects)
}
