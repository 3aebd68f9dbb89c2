import Foundation
import SystemCalls
import Testing

@testable import CLI

/// How a batch is cut into commands and words.
@Suite struct BatchLinesTests {
  /// The commands of a batch: `NUMBER: WORD|WORD` or, of one that cannot be parsed, `NUMBER! STATUS MESSAGE`.
  private func commands(_ text: String) throws -> [String] {
    try withLines([UInt8](text.utf8)) { lines in
      var commands: [String] = []
      while let line = lines.next() {
        let words = line.words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
        commands.append("\(line.number)" + (line.failure.map { "! \($0.summary)" } ?? ": \(words)"))
      }
      return commands
    }
  }

  private func withLines<Result>(_ text: [UInt8], _ body: (inout BatchLines) throws -> Result) throws -> Result {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("batch-\(UUID().uuidString)")
    try Data(text).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var lines = BatchLines(try FileDescriptor.open(reading: [UInt8](file.path.utf8)))
    return try body(&lines)
  }

  @Test(
    "a line is words with blanks between",
    arguments: [
      ("", []),
      ("link set web0 up\n", ["1: link|set|web0|up"]),
      ("link set web0 up", ["1: link|set|web0|up"]),
      ("a\nb\n", ["1: a", "2: b"]),
      ("\n \t\n a\n", ["1: ", "2: ", "3: a"]),
      ("  a \t b\r\n", ["1: a|b"]),
      // Quotes: from the beginning of a word to the next of their kind; what follows is a word of its own.
      ("alias 'left end' x\n", ["1: alias|left end|x"]),
      ("alias \"it's\" 'a \"b\"'\n", ["1: alias|it's|a \"b\""]),
      ("alias '' \"\"\n", ["1: alias||"]),
      ("a'b c'\n", ["1: a'b|c'"]),
      ("'a'b\n", ["1: a|b"]),
      ("'a b\n", ["1! 1 Unterminated quoted string"]),
      ("\"a'\nb\n", ["1! 1 Unterminated quoted string", "2: b"]),
      // Comments: from `#` on, also inside of a word and of quotes.
      ("# a\nb # c\n", ["1: ", "2: b"]),
      ("a#b\n", ["1: a"]),
      ("alias 'a # b'\n", ["1! 1 Unterminated quoted string"]),
      // A backslash at the end of a line joins the next one.
      ("a \\\nb \\\nc\nd\n", ["3: a|b|c", "4: d"]),
      ("a\\\nb\n", ["2: ab"]),
      ("a \\ \nb\n", ["1: a|\\", "2: b"]),
      ("a \\# c\nb\n", ["1: a|\\", "2: b"]),
      ("a \\\n", ["1! 1 Missing continuation line"]),
      ("a \\", ["1: a|\\"]),
      ("a \\\n# b\nc\n", ["2: a", "3: c"]),
      ("\\\n\\\n", ["2! 1 Missing continuation line"]),
      ("\\\n", ["1! 1 Missing continuation line"]),
    ])
  func words(text: String, expected: [String]) throws { #expect(try commands(text) == expected) }

  @Test("a long batch is read in pieces")
  func long() throws {
    let count = 20_000
    let text = (1...count).map { "link set web\($0) up # \($0)\n" }.joined()
    let commands = try commands(text)
    #expect(commands.count == count)
    #expect(commands[count - 1] == "\(count): link|set|web\(count)|up")
  }

  @Test("whether the next command can be read without waiting")
  func atHand() throws {
    try withLines([UInt8]("a\nb\nc".utf8)) { lines in
      let before = lines.isNextAtHand
      #expect(!before)
      _ = lines.next()
      let between = lines.isNextAtHand
      #expect(between)
      _ = lines.next()
      let last = lines.isNextAtHand
      #expect(!last)
      let words = lines.next()?.words
      #expect(words == [[UInt8]("c".utf8)])
    }
  }

  @Test("what cannot be read is a failure, and the end")
  func broken() throws {
    var lines = BatchLines(try FileDescriptor.open(reading: [UInt8]("/".utf8)))
    let failure = lines.next()?.failure?.summary
    #expect(failure == "1 Cannot read the batch: Is a directory")
    let isAtEnd = lines.next() == nil
    #expect(isAtEnd)
  }

  /// The deletions of one device each, which are made together.
  @Test(
    "the device that a line deletes",
    arguments: [
      ("link delete web0", "web0"), ("link del web0", "web0"), ("link d web0", "web0"),
      ("link delete dev web0", "web0"),
      ("link delete dev up", "up"), ("link delete up", nil), ("link delete a", nil), ("link delete dev", nil),
      ("link delete web0 db0", nil), ("link delete group 7", nil), ("link delete", nil),
      ("link delete dev web0 up", nil),
      ("link set web0", nil), ("l delete web0", nil), ("address delete web0", nil), ("link delete ''", nil), ("", nil),
    ] as [(String, String?)])
  func deletedDevice(text: String, device: String?) throws {
    let actual = try withLines([UInt8]("\(text)\n".utf8)) { lines in lines.next()?.deletedDevice.map { "\($0)" } }
    #expect(actual == device)
  }
}
