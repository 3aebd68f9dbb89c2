internal import Netlink
internal import SystemCalls

/// The spellings of a keyword, and the operand for the usage text: `broadcast* brd: ADDRESS`.
///
/// A spelling with `*` at its end can be abbreviated to its first letter. Blanks separate spellings, and a colon the operand.
struct Spellings: ExpressibleByStringLiteral, Sendable {
  private let literal: StaticString
  /// The first letter of the only spelling, which rules out most words (a third of a batch line's instructions); 0 where
  /// there are several spellings.
  private let initial: UInt8

  init(stringLiteral literal: StaticString) {
    self.literal = literal
    let bytes = literal.bytes
    initial = Self.isOneWord(bytes) ? bytes.load(at: 0, as: UInt8.self) ?? 0 : 0
  }

  private static func isOneWord(_ bytes: RawSpan) -> Bool {
    var position = 0
    while let byte = bytes.load(at: position, as: UInt8.self), byte != ascii(":") {
      if byte == ascii(" ") { return false }
      position += 1
    }
    return true
  }

  /// Whether a word is one of the spellings or an abbreviation.
  func match(_ word: [UInt8]) -> Bool {
    (initial == 0 || initial == word.first) && word.isAmong(literal)
  }

  /// Whether a word is one of the spellings in full.
  func contains(_ word: [UInt8]) -> Bool { word.isAmong(literal, inFull: true) }

  /// The first spelling.
  var name: [UInt8] {
    let bytes = literal.bytes
    var count = 0
    while let byte = bytes.load(at: count, as: UInt8.self), byte != ascii(" "), byte != ascii("*"), byte != ascii(":") {
      count += 1
    }
    return bytes.extracting(first: count).copied
  }

  /// The spellings and the operand as the usage text has them: `broadcast | brd ADDRESS`.
  var usage: [UInt8] {
    var usage: [UInt8] = []
    var isOperand = false
    for byte in literal.bytes.copied {
      switch byte {
      case ascii("*") where !isOperand: break
      case ascii(":"): isOperand = true
      case ascii(" ") where !isOperand: usage.append(" | ")
      default: usage.append(byte)
      }
    }
    return usage
  }
}

/// A row of a grammar. Of several rows that match an abbreviation, the first one is used, as by `ip`.
protocol Row: Sendable {
  var spellings: Spellings { get }
}

/// The position of the first row that matches a word. (Returning the row itself would retain and release it.)
func position<SomeRow: Row>(of word: [UInt8], in rows: [SomeRow]) -> Int? {
  rows.indices.first { rows[$0].spellings.match(word) }
}

/// A keyword of a grammar, and the function that parses its operand into the arguments of a command.
struct Keyword<Arguments>: Row {
  typealias Parser = @Sendable (inout Arguments, inout Words, any NameResolver) throws(Failure) -> Void

  let spellings: Spellings
  /// Whether a second occurrence is an error.
  let isOnce: Bool
  private let parser: Parser

  init(_ spellings: Spellings, isOnce: Bool = false, _ parser: @escaping Parser) {
    self.spellings = spellings
    self.isOnce = isOnce
    self.parser = parser
  }

  /// Parses the operand; a failure blames the keyword.
  func parse(into arguments: inout Arguments, _ words: inout Words, _ names: any NameResolver) throws(Failure) {
    do throws(Failure) { try parser(&arguments, &words, names) } catch { throw error.blaming(spellings.name) }
  }
}
