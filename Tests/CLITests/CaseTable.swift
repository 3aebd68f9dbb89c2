import Foundation
import Testing

@testable import CLI

/// A text file of cases: sections, and in each a case a line.
///
///     # a comment
///     [link set]
///     mtu 1400  => IFLA_MTU=1400
///     mtu x     !! 255 [mtu] Error: argument "x" is wrong: …
///
/// `=>` is followed by the values that the words mean, `!!` by the status, the blamed keyword, the device and the message of
/// the refusal. In single quotes, a word may have blanks or be empty; `{x*256}` is 256 times `x`.
struct CaseTable: Sendable {
  let sections: [Section]

  struct Section: Sendable {
    let name: String
    var cases: [Case] = []
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a table where it lies in the source tree, so that a failure leads to the line to edit. Without the table nothing
  /// can be tested: that ends the tests.
  static func named(_ name: String) -> CaseTable {
    do { return try CaseTable(name, text: String(contentsOf: path(name), encoding: .utf8)) } catch {
      fatalError("\(error)")
    }
  }

  fileprivate static func path(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases/\(name)")
  }

  init(_ name: String, text: String) throws {
    var sections: [Section] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        sections.append(Section(name: String(line.dropFirst().dropLast())))
      } else if let parsed = Case(file: name, number: index + 1, line: String(line)), !sections.isEmpty {
        sections[sections.count - 1].cases.append(parsed)
      } else {
        throw Malformed(description: "\(name):\(index + 1): neither a section nor a case in one: \(line)")
      }
    }
    self.sections = sections
    if let twice = Dictionary(grouping: sections, by: \.name).first(where: { $1.count > 1 }) {
      throw Malformed(description: "\(name): [\(twice.key)] is there twice")
    }
  }

  /// The cases of a section; none where the section is missing.
  func cases(of section: String) -> [Case] { sections.first { $0.name == section }?.cases ?? [] }
}

/// A line of a table of cases.
struct Case: Sendable, CustomStringConvertible {
  let file: String
  let number: Int
  /// The words as they stand in the line.
  let text: String
  /// The words, split at blanks outside of single quotes.
  let words: [[UInt8]]
  /// Whether the words are refused.
  let isRefusal: Bool
  /// The text behind `=>` or `!!`.
  let expected: String

  fileprivate init?(file: String, number: Int, line: String) {
    guard let separator = ["=>", "!!"].compactMap({ line.range(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound })
    else { return nil }
    self.file = file
    self.number = number
    text = line[..<separator.lowerBound].trimmingCharacters(in: .whitespaces)
    words = Self.words(text)
    isRefusal = line[separator] == "!!"
    expected = line[separator.upperBound...].trimmingCharacters(in: .whitespaces).expandingRepetitions
  }

  var description: String { "\(file):\(number) \(text)" }

  private static func words(_ text: String) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var rest = text[...]
    while let first = rest.first {
      let isQuoted = first == "'"
      if isQuoted { rest.removeFirst() }
      let word = rest.prefix { isQuoted ? $0 != "'" : $0 != " " }
      words.append([UInt8](String(word).expandingRepetitions.utf8))
      rest = rest.dropFirst(word.count + (isQuoted ? 1 : 0)).drop { $0 == " " }
    }
    return words
  }

  /// Leads from a failure to the line of text.
  var location: SourceLocation {
    SourceLocation(fileID: "CLITests/\(file)", filePath: CaseTable.path(file).path, line: number, column: 1)
  }
}

extension String {
  /// The text with 256 times `x` in the place of `{x*256}`.
  fileprivate var expandingRepetitions: String {
    guard contains("{") else { return self }
    var text = self
    while let match = text.firstMatch(of: /\{(.)\*(\d+)\}/) {
      text.replaceSubrange(match.range, with: String(repeating: String(match.1), count: Int(match.2) ?? 0))
    }
    return text
  }
}

extension Failure {
  /// The status, the keyword in brackets, the device in braces, and the message with `⏎` for a newline; of a usage text, the
  /// first word.
  var summary: String {
    var text = "\(status)"
    if let keyword { text += " [\(String(decoding: keyword, as: UTF8.self))]" }
    if let device { text += " {\(String(decoding: device, as: UTF8.self))}" }
    let message = String(decoding: message, as: UTF8.self).replacingOccurrences(of: "pid:\(getpid())", with: "pid:PID")
    let shown = message.range(of: "Usage: ").map { message[..<$0.lowerBound] + "Usage…" } ?? message[...]
    return text + " " + shown.replacingOccurrences(of: "\n", with: "⏎")
  }
}
