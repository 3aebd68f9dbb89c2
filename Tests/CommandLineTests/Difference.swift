import Foundation

/// A way in which `vethctl` is known to answer otherwise than the installed `ip`; `Differences.swift` lists them all.
struct Difference: Sendable {
  enum Kind: Sendable {
    /// `vethctl` speaks as iproute2 7.1 does, and the installed `ip` is older.
    case version
    /// `vethctl` does better on purpose.
    case deliberate
  }
  enum Stream: Sendable { case stdout, stderr }

  private enum Effect: Sendable {
    case substitution(Stream, pattern: String, replacement: String, lines: String)
    case answer(line: String, status: Int, stdout: String, stderr: String)
  }

  let kind: Kind
  let reason: String
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

  /// To this very line we answer with these words; the state left behind is still `ip`'s.
  init(_ kind: Kind, to line: String, status: Int, stdout: String = "", stderr: String = "", because reason: String) {
    self.kind = kind
    self.reason = reason
    effect = .answer(line: line, status: status, stdout: stdout, stderr: stderr)
  }

  /// What we have to answer where `ip` answers `answer`.
  func applied(to answer: Answer, line: String) -> Answer {
    var answer = answer
    switch effect {
    case .substitution(let stream, let pattern, let replacement, let lines):
      guard lines.isEmpty || line.range(of: lines, options: .regularExpression) != nil else { break }
      let words = stream == .stdout ? \Answer.stdout : \Answer.stderr
      answer[keyPath: words] = answer[keyPath: words]
        .replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
    case .answer(line, let status, let stdout, let stderr):
      (answer.status, answer.stdout, answer.stderr) = (status, stdout, stderr)
    case .answer:
      break
    }
    return answer
  }

  /// Whether `ip`'s answer to this line is one of those that differ.
  func shows(in answer: Answer, line: String) -> Bool { applied(to: answer, line: line) != answer }
}

extension Difference: CustomStringConvertible {
  var description: String {
    switch effect {
    case .substitution(let stream, let pattern, let replacement, _):
      "\(kind) difference, /\(pattern)/ in \(stream) reads \"\(replacement)\": \(reason)"
    case .answer(let line, _, _, _):
      "\(kind) difference, answer to \"\(line)\": \(reason)"
    }
  }
}
