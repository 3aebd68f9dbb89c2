internal import SystemCalls

/// The usage text of an object or of the program, from the tables of the parsers.
struct UsageText {
  let programName: [UInt8]
  private var text: [UInt8] = [UInt8]("Usage: ")
  private var isFirst = true

  init(programName: [UInt8]) { self.programName = programName }

  /// The text as a failure, because `ip` exits with status 255 after a usage text.
  var failure: Failure {
    var text = text
    while text.last == ascii("\n") { text.removeLast() }
    return Failure(255, text)
  }

  /// Adds a row for each usage of each verb.
  mutating func add(_ object: CommandObject) {
    let name = object.spellings.name
    for verb in object.verbs {
      for row in [UInt8](verb.usage).pieces(between: { $0 == ascii("\n") }) where !row.isEmpty {
        line(name + [ascii(" ")] + row)
      }
    }
  }

  /// Adds a row.
  mutating func line(_ words: [UInt8]) {
    if !isFirst { text.append("       ") }
    isFirst = false
    text += programName
    text.append(" ")
    text += words
    text.append("\n")
  }

  /// Adds text without changes.
  mutating func append(_ words: StaticString) { text.append(words) }

  /// Adds a list of the keywords of a grammar.
  mutating func list(_ title: StaticString, _ rows: [some Row]) {
    text.append(title)
    text.append(" :=\n")
    for row in rows {
      text.append("  ")
      text += row.spellings.usage
      text.append("\n")
    }
  }
}
