/// Lines of a file that start from the same state, run together because that is faster.
struct Batch<Line: Sendable>: Sendable {
  let lines: [Line]
  let name: String

  /// The lines in batches, each of one state and one user; `parityLine` says where a line is and what it starts from.
  static func all(of lines: [Line], at parityLine: (Line) -> ParityLine) -> [Batch] {
    var batches: [Batch] = []
    var groups: [[Line]] = []
    var positions: [String: Int] = [:]
    for line in lines {
      let start = parityLine(line).start
      if let position = positions[start], groups[position].count < size {
        groups[position].append(line)
      } else {
        positions[start] = groups.count
        groups.append([line])
      }
    }
    for group in groups {
      let first = parityLine(group[0])
      batches.append(
        Batch(lines: group, name: "\(group.count) lines from \(first.file):\(first.number) on [\(first.start)]"))
    }
    return batches
  }

  /// So few that all batches take about the same time, and so many that few sandboxes are needed.
  private static var size: Int { 30 }
}

extension Batch: CustomStringConvertible {
  var description: String { name }
}

extension Batch<ParityLine> {
  /// What `program` says that it should not, or does not say that it should, for each line.
  func comparisons(with program: Program, differences: [Difference] = Difference.all) throws -> [Comparison] {
    let theirs = try IPAnswers.answers(to: lines)
    // Lines that change nothing share a sandbox, so these are first.
    let order = lines.indices.filter { theirs[$0].changedNothing } + lines.indices.filter { !theirs[$0].changedNothing }
    let ours = try ParityLine.answers(of: program, to: order.map { lines[$0] })
    var comparisons: [Int: Comparison] = [:]
    for (index, actual) in zip(order, ours) {
      var expected = theirs[index]
      if !program.isIP {
        expected = try differences.reduce(expected) { try $1.applied(to: $0, line: lines[index]) }
      }
      comparisons[index] = Comparison(expected: expected, actual: actual, wordless: lines[index].wordless)
    }
    return lines.indices.map { comparisons[$0]! }
  }
}
