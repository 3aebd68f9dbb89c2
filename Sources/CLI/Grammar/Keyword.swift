internal import SystemCalls

/// How a word is recognised.
enum Spelling: Sendable {
  /// Only in full.
  case exactly(StaticString)
  /// From its first letter on.
  case shortened(StaticString)

  func matches(_ word: [UInt8]) -> Bool {
    switch self {
    case .exactly(let whole): word == whole
    case .shortened(let whole): word.abbreviates(whole)
    }
  }

  var whole: StaticString {
    switch self {
    case .exactly(let whole), .shortened(let whole): whole
    }
  }
}

/// One row of a grammar: a word that may be said, how short, and what it does.
///
/// - `Target`: what it changes, such as a request.
/// - `Context`: what it needs to know for that, or notes for later.
struct Keyword<Target: ~Copyable, Context>: Row {
  typealias Action = @Sendable (inout Target, Context, inout Words) throws(Failure) -> Void

  /// The word and its other names.
  let spellings: [Spelling]
  /// What follows it, for the usage; empty for nothing.
  let operand: StaticString
  /// Whether saying it twice is an error.
  let isOnce: Bool
  /// What it does; it takes its operand from the words.
  let action: Action

  init(_ spellings: Spelling..., operand: StaticString = "", isOnce: Bool = false, action: @escaping Action) {
    self.spellings = spellings
    self.operand = operand
    self.isOnce = isOnce
    self.action = action
  }

  /// The word in full.
  var name: StaticString { spellings[0].whole }
}

/// One row of a grammar: a word that says what to do, and does it with the words behind it.
struct Verb: Row {
  typealias Action = @Sendable (inout Words, Session) throws(Failure) -> Void

  let spellings: [Spelling]
  let run: Action

  init(_ spellings: Spelling..., run: @escaping Action) {
    self.spellings = spellings
    self.run = run
  }
}

/// Rows are tried in order and the first that matches wins, which is how `ip` settles what an abbreviation means.
protocol Row: Sendable {
  var spellings: [Spelling] { get }
}

/// The position of the first row that a word matches.
func position<SomeRow: Row>(of word: [UInt8], in rows: [SomeRow]) -> Int? {
  for position in rows.indices {
    for spelling in rows[position].spellings where spelling.matches(word) { return position }
  }
  return nil
}
