import Foundation
import Testing

/// Command lines said to `ip` and to us in twin sandboxes: the same words come back, and the same state is left.
///
/// A new case is a new line in `Cases/parity.txt`. `VETHCTL_PARITY_ONLY=TEXT` runs the lines that contain the text.
@Suite struct ParityTests {
  private static let environment = ProcessInfo.processInfo.environment

  private static func batches() throws -> [Batch<ParityLine>] {
    var lines = try ParityLine.all(in: "parity.txt")
    if let only = environment["VETHCTL_PARITY_ONLY"] { lines.removeAll { !$0.description.contains(only) } }
    return Batch.all(of: lines) { $0 }
  }

  @Test("answers as ip does", arguments: try batches())
  func answersAsIP(batch: Batch<ParityLine>) throws {
    for program in Program.underTest {
      for (line, comparison) in zip(batch.lines, try batch.comparisons(with: program)) {
        let findings = comparison.findings
        guard !findings.isEmpty else { continue }
        let story = ["\(line.description)", "program \(program.path)"] + findings
        Issue.record(Comment(rawValue: story.joined(separator: "\n")), sourceLocation: line.location)
      }
    }
  }

  @Test("every listed difference still shows", .enabled(if: environment["VETHCTL_PARITY_ONLY"] == nil))
  func differencesShow() throws {
    var unseen = Difference.all
    for batch in try Self.batches() {
      for (line, answer) in zip(batch.lines, try IPAnswers.answers(to: batch.lines)) where !line.wordless {
        try unseen.removeAll { try $0.shows(in: answer, line: line) }
      }
    }
    for difference in unseen {
      Issue.record("no line shows it any more, so it may go: \(difference)")
    }
  }

  @Test("the list is long enough, and says nothing twice")
  func listIsSound() throws {
    #expect(try ParityLine.all(in: "parity.txt").count >= 120)
    var seen: [String: ParityLine] = [:]
    for line in try ParityLine.all(in: "parity.txt") {
      let key = "\(line.start) \(line.words)"
      if let first = seen[key] {
        Issue.record("this stands at \(first.file):\(first.number) already", sourceLocation: line.location)
      }
      seen[key] = line
    }
  }

  @Test("there is a program to test")
  func programsExist() {
    for program in Program.underTest {
      #expect(
        program.path.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: program.path), "\(program.path)")
    }
  }
}
