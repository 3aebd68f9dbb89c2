import Foundation
import Synchronization
import Testing

/// One line of `parity.txt`: words for `ip` and for us, and the state to say them in.
struct ParityLine: Sendable {
  let file: String
  let number: Int
  let state: String
  /// Usage texts and version numbers are our own: only the status and the state left are compared.
  let wordless: Bool
  let unprivileged: Bool
  var words: String

  /// The lines of a file, as its sections `[state, status only, unprivileged]` group them.
  static func all(in file: String) throws -> [ParityLine] {
    try Table(file).sections.flatMap { section in
      if let odd = section.options.first(where: { !["status only", "unprivileged"].contains($0) }) {
        throw Table.Malformed(description: "\(file): what is \"\(odd)\"?")
      }
      return section.lines.map { line in
        ParityLine(
          file: file, number: line.number, state: section.name, wordless: section.options.contains("status only"),
          unprivileged: section.options.contains("unprivileged"), words: line.text)
      }
    }
  }

  /// Leads from a failure to the line of text.
  var location: SourceLocation {
    SourceLocation(
      fileID: "CommandLineTests/\(file)", filePath: Table.folder.appendingPathComponent(file).path, line: number,
      column: 1)
  }

  /// The same place and state with other words.
  func saying(_ words: String) -> ParityLine {
    var line = self
    line.words = words
    return line
  }

  /// The state and the user that the line starts from, which lines of one sandbox have in common.
  var start: String { "\(state)\(unprivileged ? ", unprivileged" : "")" }

  /// What `program` answers to lines that start alike.
  static func answers(of program: Program, to lines: [ParityLine]) throws -> [Answer] {
    guard let first = lines.first else { return [] }
    precondition(lines.allSatisfy { $0.start == first.start })
    return try Sandbox(state: first.state, program: program, unprivileged: first.unprivileged)
      .answers(to: lines.map(\.words))
  }

  /// What `program` says that it should not, or does not say that it should.
  func comparison(with program: Program, differences: [Difference] = Difference.all) throws -> Comparison {
    try Batch(lines: [self], name: description).comparisons(with: program, differences: differences)[0]
  }
}

extension ParityLine: CustomStringConvertible {
  var description: String {
    "\(file):\(number) [\(start)] \(words.count > 200 ? words.prefix(200) + "…" : words)"
  }
}

/// What `ip` answers, found out once for the same lines however many programs are compared with it.
enum IPAnswers {
  private final class Slot: Sendable {
    let answers = Mutex<[Answer]?>(nil)
  }
  private static let slots = Mutex<[[String]: Slot]>([:])

  static func answer(to line: ParityLine) throws -> Answer { try answers(to: [line])[0] }

  static func answers(to lines: [ParityLine]) throws -> [Answer] {
    let key = [lines.first?.start ?? ""] + lines.map(\.words)
    let slot = slots.withLock { slots in
      if let slot = slots[key] { return slot }
      let slot = Slot()
      slots[key] = slot
      return slot
    }
    return try slot.answers.withLock { known in
      if let known { return known }
      let answers = try ParityLine.answers(of: .ip, to: lines)
      known = answers
      return answers
    }
  }
}
