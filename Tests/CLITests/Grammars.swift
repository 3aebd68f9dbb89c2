import Foundation
import RTNetlink
import SystemCalls

@testable import CLI

/// A grammar under test: the section of its cases, and the parser.
struct Grammar: Sendable, CustomStringConvertible {
  /// The name of the section in `grammar.txt`.
  let name: String
  /// The rows of the table that the parser reads; none where the parser has no table.
  var rows: [TestedRow] = []
  /// The words that make a command of one keyword complete, such as the namespace of `attach`.
  var before: [String] = []
  /// Words that the usage text has and a parser without a table compares.
  var usageWords: [String] = []
  var isForced = false
  var family: Options.Family? = nil
  private let parser: @Sendable (inout Words, FakeResolver) throws(Failure) -> [String]

  init(
    _ name: String, rows: [TestedRow] = [], before: [String] = [], usageWords: [String] = [], isForced: Bool = false,
    family: Options.Family? = nil,
    _ parser: @escaping @Sendable (inout Words, FakeResolver) throws(Failure) -> [String]
  ) {
    self.name = name
    self.rows = rows
    self.before = before
    self.usageWords = usageWords
    self.isForced = isForced
    self.family = family
    self.parser = parser
  }

  var description: String { name }

  /// The values that the words mean, the warnings, and the words that the parser has left.
  func parse(_ words: [[UInt8]]) throws(Failure) -> String {
    var words = Words(words)
    let names = FakeResolver(family: family, isForced: isForced)
    var texts = try parser(&words, names)
    texts += names.warnings.map { "warning: \($0.replacingOccurrences(of: "\n", with: "⏎"))" }
    while let word = words.next() { texts.append("rest=\(String(decoding: word, as: UTF8.self))") }
    return texts.joined(separator: " ")
  }
}

/// A row of a grammar, of whatever type.
struct TestedRow: Sendable {
  /// All spellings in full, the first of which a refusal blames.
  let names: [String]
  let hasOperand: Bool
  let isOnce: Bool
  /// Whether a word is a spelling or an abbreviation.
  let matches: @Sendable ([UInt8]) -> Bool

  var name: String { names[0] }

  init(_ row: some Row, isOnce: Bool = false) {
    // The usage text has all spellings with bars between, and the operand: `broadcast | brd ADDRESS`.
    let words = String(decoding: row.spellings.usage, as: UTF8.self).components(separatedBy: " ")
    var names = [words[0]]
    while words.count > 2 * names.count, words[2 * names.count - 1] == "|" { names.append(words[2 * names.count]) }
    self.names = names
    hasOperand = words.count > 2 * names.count - 1
    self.isOnce = isOnce
    matches = { row.spellings.match($0) }
  }

  init<Arguments>(_ keyword: Keyword<Arguments>) { self.init(keyword, isOnce: keyword.isOnce) }

  /// A field of a kind. The parser alone knows abbreviations.
  init(_ field: KindField) {
    names = ["\(field.word)"]
    hasOperand =
      switch field.form {
      case .action, .noLink: false
      default: true
      }
    isOnce = false
    matches = { _ in false }
  }
}

extension Grammar {
  static let all: [Grammar] =
    [
      Grammar("link set", rows: linkKeywords.map { TestedRow($0) }) { words, names throws(Failure) in
        try parseLink(.present, &words, names)
      },
      Grammar("link set, -force", isForced: true) { words, names throws(Failure) in
        try parseLink(.present, &words, names)
      },
      Grammar("link delete") { words, names throws(Failure) in try parseLink(.deletion, &words, names) },
      Grammar("peer") { words, names throws(Failure) in try parseLink(.end, &words, names) },
      Grammar("link add") { words, names throws(Failure) in
        let link = try NewLink(&words, names)
        return link.own.settings.described()
          + (link.own.linkNamespace.map { ["link-netns=\(FakeResolver.name(of: $0))"] } ?? [])
      },
      Grammar("address add", rows: addressKeywords.map { TestedRow($0) }) { words, names throws(Failure) in
        try parseAddress(&words, names, isDeletion: false)
      },
      Grammar("address add, -4", family: .inet) { words, names throws(Failure) in
        try parseAddress(&words, names, isDeletion: false)
      },
      Grammar("address add, -6", family: .inet6) { words, names throws(Failure) in
        try parseAddress(&words, names, isDeletion: false)
      },
      Grammar("address add, -0", family: .link) { words, names throws(Failure) in
        try parseAddress(&words, names, isDeletion: false)
      },
      Grammar("address delete") { words, names throws(Failure) in try parseAddress(&words, names, isDeletion: true) },
      Grammar("show", rows: ShowFilter.keywords.map { TestedRow($0) }) { words, names throws(Failure) in
        try ShowFilter(&words, names, of: linkObject).described
      },
      Grammar("show, -4", family: .inet) { words, names throws(Failure) in
        try ShowFilter(&words, names, of: addressObject).described
      },
      Grammar("attach", rows: AttachArguments.keywords.map { TestedRow($0) }, before: ["container"]) {
        words, names throws(Failure) in
        try AttachArguments(&words, names).described
      },
      Grammar("options", rows: Options.rows.map { TestedRow($0) }) { words, names throws(Failure) in
        try Options.parse(&words, programName: names.programName).described
      },
      // The options of the session are those before the object, so that the parser needs one.
      Grammar(
        "pair show", rows: Options.rows.map { TestedRow($0) }, usageWords: usageWords(of: pairObject, "show")
      ) { words, names throws(Failure) in
        try PairShowArguments(&words, Session(programName: names.programName, options: Options())).described
      },
      Grammar("monitor", usageWords: usageWords(of: monitorObject, "monitor")) { words, names throws(Failure) in
        try MonitorArguments(&words, names).described
      },
      Grammar("pair add") { words, names throws(Failure) in try PairArguments(&words, names).described },
      Grammar("pair wait", usageWords: usageWords(of: pairObject, "wait")) { words, names throws(Failure) in
        try WaitArguments(&words, names).described
      },
    ]
    + LinkKind.all.map { ofKind("\($0.word)", rows: $0.fields.filter { $0.access != .readOnly }.map { TestedRow($0) }) }
    + [ofKind("ifb", rows: [])]

  static func named(_ name: String) -> Grammar? { all.first { $0.name == name } }

  /// The settings behind `type KIND`.
  private static func ofKind(_ kind: String, rows: [TestedRow]) -> Grammar {
    Grammar("type \(kind)", rows: rows) { words, names throws(Failure) in
      var settings = LinkSettings()
      try settings.parse(kind: [UInt8](kind.utf8), &words, names)
      return settings.described(kind: kind)
    }
  }

  /// The words of a verb's usage that stand for themselves: those in small letters, `-tree` too.
  private static func usageWords(of object: CommandObject, _ verb: String) -> [String] {
    let usage = object.verbs.first { $0.spellings.contains([UInt8](verb.utf8)) }?.usage
    let words = "\(usage ?? "")".split { " \n".contains($0) }.map(String.init)
    return words.filter { $0 != verb && $0 == $0.lowercased() && $0.contains { $0.isLowercase } }
  }
}

private func parseLink(
  _ role: LinkArguments.Role, _ words: inout Words, _ names: FakeResolver
) throws(Failure) -> [String] {
  var link = LinkArguments(role)
  try link.parse(&words, names)
  return link.described
}

private func parseAddress(
  _ words: inout Words, _ names: FakeResolver, isDeletion: Bool
) throws(Failure) -> [String] {
  let arguments = try AddressArguments(&words, names)
  let settings = try arguments.settings(names, isDeletion: isDeletion)
  return settings.described + (arguments.device.map { ["dev=\($0)"] } ?? [])
}
