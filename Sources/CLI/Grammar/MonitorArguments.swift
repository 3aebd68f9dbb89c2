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

  static func parse(_ words: inout Words, _ session: Session) throws(Failure) -> MonitorArguments {
    var arguments = MonitorArguments()
    while let word = words.next() {
      for spelling in elsewhere where spelling.matches(word) {
        throw Failure(255, "% cannot monitor \"%\", only link, address and nsid.", session.programName, word)
      }
      guard let row = position(of: word, in: rows) else {
        throw Failure(255, "Argument \"%\" is unknown, try \"% monitor help\".", word, session.programName)
      }
      try rows[row].action(&arguments, session, &words)
    }
    return arguments
  }

  /// What `ip` can do and we cannot: still theirs are the abbreviations that they win.
  private static let elsewhere: [Spelling] = [
    .shortened("file"), .shortened("maddress"), .exactly("acaddress"), .shortened("route"), .shortened("mroute"),
    .shortened("prefix"), .shortened("neigh"), .shortened("netconf"), .shortened("rule"), .shortened("nexthop"),
    .exactly("stats"),
  ]

  static let rows: [Keyword<MonitorArguments, Session>] = [
    Keyword(.shortened("label")) { arguments, _, _ in arguments.isLabelled = true },
    Keyword(.shortened("link")) { arguments, _, _ in arguments.include(.link) },
    Keyword(.shortened("address")) { arguments, _, _ in arguments.include(.address) },
    Keyword(.shortened("nsid")) { arguments, _, _ in arguments.include(.namespaceID) },
    // Every subject, unless some were said; and that is what `ip` has it for.
    Keyword(.exactly("all")) { arguments, _, _ in arguments.isLabelled = true },
    Keyword(.shortened("all-nsid")) { arguments, _, _ in arguments.isEverywhere = true },
    Keyword(.exactly("dev"), operand: "DEVICE") { arguments, _, words throws(Failure) in
      arguments.device = try words.operand()
    },
    Keyword(.shortened("help")) { _, session, _ throws(Failure) in
      throw .usage(of: .monitor, session.programName)
    },
  ]
}
