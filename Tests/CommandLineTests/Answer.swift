import Foundation

/// All that can be seen from outside of a command: what it said, how it ended, and what it left behind.
struct Answer: Equatable {
  var status: Int
  var stdout: String
  var stderr: String
  /// The links, addresses and namespaces as `ip` tells them, before and afterwards.
  var before: String
  var left: String

  /// As bash reports it: 128 and the number of the signal. (`ip` itself ends with 255, which no signal does.)
  var signal: Int? { (129...192).contains(status) ? status - 128 : nil }

  var changedNothing: Bool { before == left }
}

extension Answer {
  /// Reads what `sandbox.bash` wrote: one answer for each line that was run, of which only the last one may have changed
  /// something.
  static func all(in folder: TemporaryFolder) throws -> [Answer] {
    func text(_ name: String) throws -> String {
      Volatile.steadied(String(bytes: try Data(contentsOf: folder.file(name))))
    }
    let before = try text("before")
    var answers: [Answer] = []
    while let status = try? text("\(answers.count).status") {
      guard let number = Int(status.dropLast()) else { break }
      answers.append(
        Answer(
          status: number, stdout: try text("\(answers.count).stdout"), stderr: try text("\(answers.count).stderr"),
          before: before, left: before))
    }
    guard !answers.isEmpty else { throw Sandbox.Failure(description: "the program's status is missing") }
    answers[answers.count - 1].left = try text("left")
    return answers
  }
}

extension String {
  /// One character for each byte, so that no two different outputs look the same, whatever they are encoded in.
  init(bytes: some Sequence<UInt8>) {
    self.init(decoding: bytes.map(UInt16.init), as: UTF16.self)
  }

  /// For people: everything but plain ASCII spelled out.
  var visible: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "\t": "\\t"
      case "\r": "\\r"
      case " "..."~": String(scalar)
      default: "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      }
    }.joined()
  }

  /// Split at every line end and nowhere else (to Swift, CR and LF make one character).
  var textLines: [String] {
    unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }
}

/// The one place that knows what differs from run to run although nothing is wrong, and why.
enum Volatile {
  static func steadied(_ text: String) -> String {
    rules.reduce(text) { text, rule in rule.apply(to: text) }
  }

  private static let rules = [
    // The kernel draws the address of a link that was given none: locally administered, and no group's. Those we give all
    // start with 02:00:00.
    Rule(#"\b(?!02:00:00:)[0-9a-f][26ae](?::[0-9a-f]{2}){5}\b"#) { _ in "(drawn by the kernel)" },
    // So is a bridge's identity, which is made of its address.
    Rule(#"\b[0-9a-f]{4}\.(?!2:0:0:)(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}\b"#) { _ in "(drawn by the kernel)" },
    // The timers of a bridge and of its ports run.
    Rule(#"(?<=_timer)"?:? *[0-9]+\.[0-9]+"#) { _ in " (running)" },
    // Lifetimes run down by the second; lines and states give them in hundreds.
    Rule(#"(?<=_lft )[0-9]+(?=sec)|(?<=_life_time":)[0-9]+|(?<=_life_time": )[0-9]+"#) { seconds in
      Int(seconds).map { $0 == 4_294_967_295 ? seconds : String(($0 + 99) / 100 * 100) } ?? seconds
    },
  ]

  private struct Rule: @unchecked Sendable {  // NSRegularExpression is immutable and may be used from any thread
    let pattern: NSRegularExpression
    let replacement: @Sendable (String) -> String

    init(_ pattern: String, _ replacement: @escaping @Sendable (String) -> String) {
      self.pattern = try! NSRegularExpression(pattern: pattern)
      self.replacement = replacement
    }

    func apply(to text: String) -> String {
      let whole = NSMutableString(string: text)
      for match in pattern.matches(in: text, range: NSRange(location: 0, length: whole.length)).reversed() {
        whole.replaceCharacters(in: match.range, with: replacement(whole.substring(with: match.range)))
      }
      return String(whole)
    }
  }
}
