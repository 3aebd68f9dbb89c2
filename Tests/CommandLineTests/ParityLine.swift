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

  func answer(of program: Program) throws -> Answer {
    try Sandbox(state: state, program: program, unprivileged: unprivileged).answer(to: words)
  }

  /// What `program` says that it should not, or does not say that it should.
  func comparison(with program: Program, differences: [Difference] = Difference.all) throws -> Comparison {
    var expected = try IPAnswers.answer(to: self)
    if !program.isIP {
      expected = try differences.reduce(expected) { try $1.applied(to: $0, line: self) }
    }
    return Comparison(expected: expected, actual: try answer(of: program), wordless: wordless)
  }
}

extension ParityLine: CustomStringConvertible {
  var description: String {
    "\(file):\(number) [\(state)\(unprivileged ? ", unprivileged" : "")] \(words.count > 200 ? words.prefix(200) + "…" : words)"
  }
}

/// What `ip` answers, found out once for each line however many programs are compared with it.
enum IPAnswers {
  private final class Slot: Sendable {
    let answer = Mutex<Answer?>(nil)
  }
  private static let slots = Mutex<[String: Slot]>([:])

  static func answer(to line: ParityLine) throws -> Answer {
    let slot = slots.withLock { slots in
      slots["\(line.file):\(line.number)"]
        ?? {
          let slot = Slot()
          slots["\(line.file):\(line.number)"] = slot
          return slot
        }()
    }
    return try slot.answer.withLock { known in
      if let known { return known }
      let answer = try line.answer(of: .ip)
      known = answer
      return answer
    }
  }
}
