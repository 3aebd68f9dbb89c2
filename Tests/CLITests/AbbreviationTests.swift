import RTNetlink
import SystemCalls
import Testing

@testable import CLI

/// Which row an abbreviation belongs to, in the order in which `ip` tries them.
@Suite struct AbbreviationTests {
  private static let table = CaseTable.named("abbreviations.txt")

  /// A table of rows under its section in `abbreviations.txt`, and the name of the row that a word belongs to.
  struct Rows: Sendable, CustomStringConvertible {
    let description: String
    let names: [[String]]
    var winner: @Sendable ([UInt8]) -> String?

    init(_ name: String, _ rows: [some Row]) {
      description = name
      names = rows.map { TestedRow($0).names }
      winner = { word in position(of: word, in: rows).map { TestedRow(rows[$0]).name } }
    }

    /// The objects, whose abbreviations are those of `ip` with all its objects: `m` is `maddress`.
    init(objects: [CommandObject]) {
      self.init("objects", objects)
      let winner = winner
      self.winner = { $0.abbreviates("maddress") ? nil : winner($0) }
    }

    /// The fields of a kind, which the parser looks up.
    init(_ kind: LinkKind) {
      description = "type \(kind.word)"
      names = kind.fields.filter { $0.access != .readOnly }.map { ["\($0.word)"] }
      winner = { word in
        for operand in ["", "1", "on", "02:00:00:00:00:01", "web0", "802.1Q", "bridge"] {
          var words = Words(operand.isEmpty ? [word] : [word, [UInt8](operand.utf8)])
          var settings = LinkSettings()
          do throws(Failure) { try settings.parse(kind: [UInt8](kind.word), &words, FakeResolver()) } catch { continue }
          return settings.settings.last.map { "\($0.keyword)" }
        }
        return nil
      }
    }

    static let all: [Rows] =
      [
        Rows("link settings", linkKeywords), Rows("address settings", addressKeywords),
        Rows("filters", ShowFilter.keywords), Rows("attach", AttachArguments.keywords), Rows("options", Options.rows),
        Rows(objects: commandObjects),
      ]
      + commandObjects.filter { !$0.hasOneVerb }.map {
        Rows("\(String(decoding: $0.spellings.name, as: UTF8.self)) verbs", $0.verbs)
      }
      + LinkKind.all.map { Rows($0) }
  }

  /// A spelling that is there twice is never found the second time.
  @Test("no two rows of a table have a spelling in common, and each spelling leads to its row", arguments: Rows.all)
  func areDifferent(rows: Rows) {
    let all = rows.names.flatMap { $0 }
    #expect(Set(all).count == all.count)
    for names in rows.names {
      for name in names { #expect(rows.winner([UInt8](name.utf8)) == names[0], "\(name)") }
    }
  }

  @Test("an abbreviation belongs to the row that the table has, and all others to none", arguments: Rows.all)
  func belongs(rows: Rows) {
    var actual: [String: Set<String>] = [:]
    for name in rows.names.flatMap({ $0 }) {
      // A lone dash is no option.
      for count in (name.hasPrefix("-") ? 2 : 1)..<max(name.count, 2) where count < name.count {
        let word = String(name.prefix(count))
        if rows.names.contains(where: { $0.contains(word) }) { continue }
        if let winner = rows.winner([UInt8](word.utf8)) { actual[winner, default: []].insert(word) }
      }
    }
    var expected: [String: Set<String>] = [:]
    for line in Self.table.cases(of: rows.description) {
      expected[line.text] = Set(line.expected.split(separator: " ").map(String.init))
    }
    for row in Set(actual.keys).union(expected.keys).sorted() where actual[row] != expected[row] {
      Issue.record("[\(rows)]\n\(row) => \((actual[row] ?? []).sorted().joined(separator: " "))")
    }
  }

  @Test("the table has no section of no rows")
  func hasRows() { #expect(Set(Self.table.sections.map(\.name)).isSubset(of: Rows.all.map(\.description))) }
}
