import Foundation

/// A way in which `vethctl` is known to answer otherwise than the installed `ip`; `Differences.swift` lists them all.
struct Difference: Sendable {
  enum Kind: Sendable {
    /// `vethctl` speaks as `ip` does since this version of iproute2; an older one differs.
    case since(IPVersion)
    /// `vethctl` answers as `ip` did before this version of iproute2; a newer one gets it wrong.
    case asBefore(IPVersion)
    /// `vethctl` does better on purpose.
    case deliberate
  }
  enum Stream: Sendable { case stdout, stderr }

  private enum Effect: Sendable {
    case substitution(Stream, pattern: String, replacement: String, lines: String)
    case refusal(line: String, status: Int, stderr: String)
    case paraphrase(line: String, other: String)
  }

  let kind: Kind
  let reason: String
  /// Whether this `ip` differs so: it does not if it is new enough.
  func applies(to version: IPVersion) -> Bool {
    switch kind {
    case .since(let first): version < first
    case .asBefore(let first): version >= first
    case .deliberate: true
    }
  }
  private let effect: Effect

  /// What the regular expression finds in `ip`'s answer reads as `replacement` in ours; `lines` is a regular expression
  /// too, and narrows this down to the command lines in which it finds something.
  init(
    _ kind: Kind, in stream: Stream, _ pattern: String, reads replacement: String, lines: String = "",
    because reason: String
  ) {
    self.kind = kind
    self.reason = reason
    effect = .substitution(stream, pattern: pattern, replacement: replacement, lines: lines)
  }

  /// This very line we refuse with these words, and leave everything as it was.
  init(_ kind: Kind, refuses line: String, status: Int = 255, _ stderr: String, because reason: String) {
    self.kind = kind
    self.reason = reason
    effect = .refusal(line: line, status: status, stderr: stderr)
  }

  /// To this very line we answer as `ip` answers to the other one.
  init(_ kind: Kind, _ line: String, as other: String, because reason: String) {
    self.kind = kind
    self.reason = reason
    effect = .paraphrase(line: line, other: other)
  }

  /// What we have to answer where `ip` answers `answer`.
  func applied(to answer: Answer, line: ParityLine) throws -> Answer {
    var answer = answer
    switch effect {
    case .substitution(let stream, let pattern, let replacement, let lines):
      guard lines.isEmpty || line.words.range(of: lines, options: .regularExpression) != nil else { break }
      let words = stream == .stdout ? \Answer.stdout : \Answer.stderr
      answer[keyPath: words] = answer[keyPath: words]
        .replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
    case .refusal(line.words, let status, let stderr):
      (answer.status, answer.stdout, answer.stderr, answer.left) = (status, "", stderr, answer.before)
    case .paraphrase(line.words, let other):
      answer = try IPAnswers.answer(to: line.saying(other))
    case .refusal, .paraphrase:
      break
    }
    return answer
  }

  /// Whether `ip`'s answer to this line is one of those that differ.
  func shows(in answer: Answer, line: ParityLine) throws -> Bool {
    try applied(to: answer, line: line) != answer
  }
}

extension Difference: CustomStringConvertible {
  var description: String {
    switch effect {
    case .substitution(let stream, let pattern, let replacement, _):
      "\(kind) difference, /\(pattern)/ in \(stream) reads \"\(replacement)\": \(reason)"
    case .refusal(let line, _, _):
      "\(kind) difference, \"\(line)\" is refused: \(reason)"
    case .paraphrase(let line, let other):
      "\(kind) difference, \"\(line)\" means \"\(other)\": \(reason)"
    }
  }
}
