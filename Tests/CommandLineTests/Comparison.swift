/// What differs between the answer that was expected and the one that came, told so that one look is enough.
struct Comparison {
  private(set) var findings: [String] = []

  /// `wordless` compares the status and the state left behind, not the words.
  init(expected: Answer, actual: Answer, wordless: Bool = false) {
    if expected.status != actual.status {
      findings.append("status: expected \(expected.status), was \(actual.status)")
    }
    if !wordless {
      compare("stdout", expected.stdout, actual.stdout)
      compare("stderr", expected.stderr, actual.stderr)
    }
    compare("state left behind", expected.left, actual.left)
  }

  private mutating func compare(_ what: String, _ expected: String, _ actual: String) {
    guard expected != actual else { return }
    findings.append("\(what) (- expected, + was; ␤ ends a line):\n" + Self.diff(expected, actual))
  }

  /// The lines that differ, each block with one line around it.
  static func diff(_ expected: String, _ actual: String) -> String {
    let old = marked(expected)
    let new = marked(actual)
    let difference = new.difference(from: old)
    var removed = Set<Int>(), inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }

    var rows: [(mark: Character, text: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        rows.append(("-", old[i]))
        i += 1
      } else if inserted.contains(j) {
        rows.append(("+", new[j]))
        j += 1
      } else {
        rows.append((" ", old[i]))
        i += 1
        j += 1
      }
    }
    let near = rows.indices.filter { index in
      rows[max(0, index - 1)...min(rows.count - 1, index + 1)].contains { $0.mark != " " }
    }
    return near.map { "    \(rows[$0].mark) \(rows[$0].text)" }.joined(separator: "\n")
  }

  /// Blanks at the end of a line, and a missing last line end, can be seen.
  private static func marked(_ text: String) -> [String] {
    var lines = text.textLines
    let rest = lines.removeLast()
    return lines.map { $0.visible + "␤" } + (rest.isEmpty ? [] : [rest.visible])
  }
}
