import SystemCalls
import Testing

@testable import CLI

/// What the words of each grammar mean, and how wrong ones are refused: without root and without a socket.
@Suite struct GrammarTests {
  private static let table = CaseTable.named("grammar.txt")

  @Test("words mean what the table has", arguments: table.sections.map(\.name))
  func means(section: String) throws {
    let grammar = try #require(Grammar.named(section), "grammar.txt has a section of no grammar")
    for line in Self.table.cases(of: section) {
      let actual: String
      let isRefused: Bool
      do throws(Failure) {
        (actual, isRefused) = (try grammar.parse(line.words), false)
      } catch { (actual, isRefused) = (error.summary, true) }
      if actual != line.expected || isRefused != line.isRefusal {
        Issue.record(
          "[\(section)] \(line)\n\(isRefused ? "!!" : "=>") \(actual)", sourceLocation: line.location)
      }
    }
  }

  @Test("each row of a table has a right case for each spelling, and a wrong one", arguments: Grammar.all)
  func isCovered(grammar: Grammar) {
    let cases = Self.table.cases(of: grammar.name)
    #expect(!cases.isEmpty, "grammar.txt has no [\(grammar.name)]")
    #expect(grammar.uncovered(by: cases) == [])
  }

  @Test("a row without a case is found", arguments: Grammar.all)
  func findsRows(grammar: Grammar) throws {
    let cases = Self.table.cases(of: grammar.name)
    for row in grammar.rows where row.name != "help" && row.name != "vf" {
      let others = cases.filter { line in !row.names.contains { line.words.contains([UInt8]($0.utf8)) } }
      #expect(grammar.uncovered(by: others).contains { $0.hasSuffix(row.name) })
    }
  }

  /// Rows of options that say in words of their own what is missing have a case instead.
  @Test("an operand that is missing is refused, and the keyword is blamed", arguments: Grammar.all)
  func isIncomplete(grammar: Grammar) {
    if ["options", "pair show"].contains(grammar.name) { return }
    for row in grammar.rows where row.hasOperand {
      if grammar.name == "link set", row.name == "vf" || row.name == "altname" { continue }
      for name in row.names {
        let failure = #expect(throws: Failure.self, "\(name)") {
          try grammar.parse((grammar.before + [name]).map { [UInt8]($0.utf8) })
        }
        #expect(failure?.status == 255)
        #expect(failure?.message ?? [] == "Command line is not complete. Try option \"help\"", "\(name)")
        // Settings of a kind are blamed by `ip` in the words of the message.
        if !grammar.name.hasPrefix("type ") { #expect(failure?.keyword == [UInt8](row.name.utf8)) }
      }
    }
  }

  /// A refusal by the kernel blames an attribute, which has to lead to the word of the user's.
  @Test("a setting has the keyword of its row", arguments: Grammar.all.filter { $0.name == "link set" })
  func hasKeyword(grammar: Grammar) throws {
    for line in Self.table.cases(of: grammar.name) where !line.isRefusal && line.words.count <= 3 {
      guard let word = line.words.first, let row = grammar.rows.first(where: { $0.matches(word) }) else { continue }
      if line.words.count > 1, !row.hasOperand { continue }
      var words = Words(line.words)
      var link = LinkArguments(.present)
      do throws(Failure) { try link.parse(&words, FakeResolver()) } catch { continue }
      guard link.device == nil, let keyword = link.settings.settings.last?.keyword else { continue }
      let expected = ["vrf": "master", "nomaster": "master"][row.name] ?? row.name
      #expect("\(keyword)" == expected, "\(line)")
    }
  }
}

extension Grammar {
  /// Rows whose operand is never wrong, or whose words fail in a way of their own.
  private static let anyOperand: [String: Set<String>] = [
    "link set": ["type", "vf", "help", "altname", "parentdev"], "show": ["type", "label"],
    "address add": ["label", "help"], "options": ["-batch", "-color", "-netns"],
    "pair show": ["-color"],
  ]

  /// What no case is about: spellings and operands of rows, and words of the usage text.
  fileprivate func uncovered(by cases: [Case]) -> [String] {
    let right = cases.filter { !$0.isRefusal }
    let wrong = cases.filter { $0.isRefusal }
    var uncovered: [String] = []
    for row in rows {
      for name in row.names where !right.contains(where: { $0.has(name) }) {
        // Options that are not of the output are always refused behind `pair show`.
        if ["vf", "help"].contains(name) || self.name == "pair show" && wrong.contains(where: { $0.has(name) }) {
          continue
        }
        uncovered.append("right: \(name)")
      }
      if row.hasOperand, !(Self.anyOperand[self.name] ?? []).contains(row.name),
        !wrong.contains(where: { $0.blames(row) })
      {
        uncovered.append("wrong: \(row.name)")
      }
      if row.isOnce, !wrong.contains(where: { $0.blames(row) && $0.expected.contains("duplicate") }) {
        uncovered.append("twice: \(row.name)")
      }
    }
    return uncovered + usageWords.filter { word in !right.contains { $0.has(word) } }.map { "usage: \($0)" }
  }
}

extension Case {
  /// Whether a word is among the words.
  fileprivate func has(_ word: String) -> Bool { words.contains([UInt8](word.utf8)) }

  /// Whether the refusal is about a row: the keyword in brackets or, where there is none, a word of the command.
  fileprivate func blames(_ row: TestedRow) -> Bool {
    let parts = expected.split(separator: " ")
    guard parts.count > 1, parts[1].hasPrefix("[") else { return row.names.contains { has($0) } }
    return parts[1] == "[\(row.name)]"
  }
}
