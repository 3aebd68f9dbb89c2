internal import SystemCalls

/// A verb of an object, such as `add` of `link`: the spellings, the rows of the usage text, and the action.
struct Verb: Row {
  typealias Action = @Sendable (inout Words, Session) throws(Failure) -> Void

  let spellings: Spellings
  /// The rows of the usage text, without the object, separated by newlines; empty for none.
  let usage: StaticString
  /// Whether the verb only reads links and addresses, which the kernel allows by the id of a namespace.
  let isReadOnly: Bool
  private let action: Action

  init(_ spellings: Spellings, usage: StaticString = "", isReadOnly: Bool = false, _ action: @escaping Action) {
    self.spellings = spellings
    self.usage = usage
    self.isReadOnly = isReadOnly
    self.action = action
  }

  func run(_ words: inout Words, _ session: Session) throws(Failure) {
    if !isReadOnly, session.netnsID != nil {
      throw Failure(255, "A namespace that is known by its id alone can be read, and not entered.")
    }
    try action(&words, session)
  }
}

/// An object of the command line, such as `link`, with its verbs; the dispatcher, the usage text and batches read it.
struct CommandObject: Row {
  let spellings: Spellings
  let verbs: [Verb]
  /// Whether the object has one verb, which is not written, as of `monitor`.
  let hasOneVerb: Bool
  /// Whether no command changes the names and indexes of links, so that a batch can keep them.
  let keepsLinks: Bool
  /// The lists after the rows of the usage text, such as the settings of `link`.
  let usageLists: @Sendable (inout UsageText) -> Void

  init(
    _ spellings: Spellings, verbs: [Verb], hasOneVerb: Bool = false, keepsLinks: Bool = false,
    usageLists: @escaping @Sendable (inout UsageText) -> Void = { _ in }
  ) {
    self.spellings = spellings
    self.verbs = verbs
    self.hasOneVerb = hasOneVerb
    self.keepsLinks = keepsLinks
    self.usageLists = usageLists
  }

  /// Runs `VERB …`; without a verb, `show`.
  func run(_ words: inout Words, _ session: Session) throws(Failure) {
    do throws(Failure) {
      if hasOneVerb { return try verbs[0].run(&words, session) }
      let verb = words.next() ?? [UInt8]("show")
      if let row = position(of: verb, in: verbs) { return try verbs[row].run(&words, session) }
      // `help` comes last: `h` abbreviates a verb first.
      if verb.abbreviates("help") { throw usageFailure(session) }
      let command = sentence("% %", session.programName, spellings.name)
      throw Failure(255, "Command \"%\" is unknown, try \"% help\".", verb, command)
    } catch { throw error.about(object: spellings.name) }
  }

  /// The usage text as a failure, because `ip` exits with status 255 after a usage text.
  func usageFailure(_ names: any NameResolver) -> Failure {
    var usage = UsageText(programName: names.programName)
    usage.add(self)
    usageLists(&usage)
    return usage.failure
  }
}
