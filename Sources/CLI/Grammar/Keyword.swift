internal import Netlink
internal import SystemCalls

/// A word that may be said; one with `*` at its end may be shortened to its first letter. Where it has other names, there
/// is a blank before each, the first too: most words are told from most others by one look at their first letter.
///
/// Behind a colon stands what follows it, for the usage: ` broadcast* brd: ADDRESS`.
struct Spellings: ExpressibleByStringLiteral, Sendable {
  private let literal: StaticString

  init(stringLiteral literal: StaticString) { self.literal = literal }

  /// Whether a word that was said is one of them.
  func match(_ said: [UInt8]) -> Bool {
    let first = literal.bytes.load(at: 0, as: UInt8.self)
    return (first == said.first || first == ascii(" ")) && said.isAmong(literal)
  }

  /// Whether one of them was said in full.
  func contains(_ said: [UInt8]) -> Bool { said.isAmong(literal, inFull: true) }

  /// The first of them.
  var name: [UInt8] {
    let bytes = names
    var count = 0
    while let byte = bytes.load(at: count, as: UInt8.self), byte != ascii(" "), byte != ascii("*"), byte != ascii(":") {
      count += 1
    }
    return bytes.extracting(first: count).copied
  }

  /// All of it as the usage has it: `broadcast | brd ADDRESS`.
  var usage: [UInt8] {
    var usage: [UInt8] = []
    var isOperand = false
    for byte in names.copied {
      switch byte {
      case ascii("*") where !isOperand: break
      case ascii(":"): isOperand = true
      case ascii(" ") where !isOperand: usage.append(" | ")
      default: usage.append(byte)
      }
    }
    return usage
  }

  /// From the first on.
  private var names: RawSpan {
    @_lifetime(immortal) get {
      let bytes = literal.bytes
      return bytes.extracting(droppingFirst: bytes.load(at: 0, as: UInt8.self) == ascii(" ") ? 1 : 0)
    }
  }
}

/// One row of a grammar: a word that may be said, how short, and what it does.
///
/// - `Target`: what it changes, such as a request.
/// - `Context`: what it needs to know for that, or notes for later; a class, as anything else has each action wrapped in
///   another, and the rows put together at the start instead of lying in the program.
struct Keyword<Target: ~Copyable, Context: AnyObject>: Row {
  typealias Action = @Sendable (inout Target, Context, inout Words) throws(Failure) -> Void

  let spellings: Spellings
  /// Whether saying it twice is an error.
  let isOnce: Bool
  /// What tells it from others that do the same, for the action to read: one that held it itself would have to be put
  /// together at the start, too.
  let value: UInt64
  /// What it does; it takes its operand from the words.
  let action: Action

  init(_ spellings: Spellings, isOnce: Bool = false, of value: UInt64 = 0, action: @escaping Action) {
    self.spellings = spellings
    self.isOnce = isOnce
    self.value = value
    self.action = action
  }
}

/// One row of a grammar: a word that says what to do, and does it with the words behind it.
struct Verb: Row {
  typealias Action = @Sendable (inout Words, Session) throws(Failure) -> Void

  let spellings: Spellings
  /// Whether it does no more than read links and addresses, which can be done from outside of their namespace.
  private let reads: Bool
  private let action: Action

  init(_ spellings: Spellings, reads: Bool = false, run action: @escaping Action) {
    self.spellings = spellings
    self.reads = reads
    self.action = action
  }

  func run(_ words: inout Words, _ session: Session) throws(Failure) {
    if !reads, session.outside != nil {
      throw Failure(255, "A namespace that is known by its id alone can be read, and not entered.")
    }
    try action(&words, session)
  }
}

/// Rows are tried in order and the first that matches wins, which is how `ip` settles what an abbreviation means.
protocol Row: Sendable {
  var spellings: Spellings { get }
}

/// The position of the first row that a word matches. (A row itself would be kept and let go for one look at it.)
func position<SomeRow: Row>(of word: [UInt8], in rows: [SomeRow]) -> Int? {
  rows.indices.first { rows[$0].spellings.match(word) }
}
