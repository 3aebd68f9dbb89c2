import Testing

/// A line of `bad-input.txt`, which has to be refused in good order.
struct BadLine: Sendable, CustomStringConvertible {
  let line: ParityLine
  /// Usage may go to stdout, where `ip` prints some of it.
  let mayPrintUsage: Bool
  /// `ip` is careless with this one; we are not.
  let ipAccepts: Bool

  static func all() throws -> [BadLine] {
    try Table("bad-input.txt").sections.flatMap { section in
      section.lines.map { text in
        BadLine(
          line: ParityLine(
            file: "bad-input.txt", number: text.number, state: section.name, wordless: false,
            unprivileged: section.options.contains("unprivileged"), words: text.text),
          mayPrintUsage: section.options.contains("usage"), ipAccepts: section.options.contains("ip accepts"))
      }
    }
  }

  var description: String { line.description }
}

/// Whatever is said to it, the program says what is wrong, ends by itself, and has done nothing.
@Suite struct BadInputTests {
  @Test("is refused in good order", arguments: Batch.all(of: try BadLine.all()) { $0.line })
  func isRefused(batch: Batch<BadLine>) throws {
    for program in Program.underTest {
      let lines = batch.lines.filter { !($0.ipAccepts && program.isIP) }
      for (bad, answer) in zip(lines, try ParityLine.answers(of: program, to: lines.map(\.line))) {
        let faults = bad.faults(of: answer)
        guard !faults.isEmpty else { continue }
        let story = [bad.description, "program \(program.path)"] + faults
        Issue.record(Comment(rawValue: story.joined(separator: "\n")), sourceLocation: bad.line.location)
      }
    }
  }
}

extension BadLine {
  /// What is wrong with the refusal.
  func faults(of answer: Answer) -> [String] {
    var faults: [String] = []
    if let signal = answer.signal { faults.append("ended by signal \(signal)") }
    if answer.status == 0 { faults.append("its status is 0") }
    if answer.stderr.isEmpty && !(mayPrintUsage && !answer.stdout.isEmpty) { faults.append("nothing on stderr") }
    if !answer.stdout.isEmpty && !mayPrintUsage {
      faults.append("on stdout: \(answer.stdout.prefix(200).description.visible)")
    }
    if !answer.changedNothing {
      faults.append("it changed something (- before, + afterwards):\n" + Comparison.diff(answer.before, answer.left))
    }
    return faults
  }
}
