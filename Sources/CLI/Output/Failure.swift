internal import Netlink
internal import SystemCalls

/// Why a command did not do what it was told: what is said on standard error, and the exit status.
///
/// A class, as passing one word on costs least at the many places that do.
final class Failure: Error {
  /// The exit status; `ip` has 255 for words it cannot read, 1 for what it cannot find, 2 for the kernel's no.
  let status: Int32
  /// What is said, with its last newline.
  let message: [UInt8]
  /// What the kernel said, where it was the kernel.
  let refusal: Refusal?
  /// One more sentence for a person, where we know better than `ip`.
  let hint: [UInt8]?

  init(_ status: Int32, _ message: [UInt8], refusal: Refusal? = nil, hint: [UInt8]? = nil) {
    self.status = status
    self.message = message + [UInt8(ascii: "\n")]
    self.refusal = refusal
    self.hint = hint
  }

  /// A sentence with words of the user's in it, as `sentence` has them.
  convenience init(_ status: Int32, _ template: StaticString, _ first: [UInt8] = [], _ second: [UInt8] = []) {
    self.init(status, sentence(template, first, second))
  }

  /// The same with a hint, which is looked for only where a person will read it.
  func hinted(_ hint: () -> [UInt8]?) -> Failure {
    guard StandardStream.error.isTerminal else { return self }
    return Failure(status, withoutLast(message), refusal: refusal, hint: hint())
  }

  /// All that is said on standard error.
  var text: [UInt8] {
    guard let hint else { return message }
    return message + [UInt8]("hint: ") + hint + [UInt8]("\n")
  }
}

/// A text without its last byte, the newline.
func withoutLast(_ text: [UInt8]) -> [UInt8] { [UInt8](text[..<max(text.count - 1, 0)]) }

/// The template with a word in the place of each `%`.
func sentence(_ template: StaticString, _ first: [UInt8] = [], _ second: [UInt8] = []) -> [UInt8] {
  var sentence: [UInt8] = []
  var next = first
  for byte in [UInt8](template) {
    if byte == UInt8(ascii: "%") {
      sentence += next
      next = second
    } else {
      sentence.append(byte)
    }
  }
  return sentence
}

// What `ip` says of words it cannot take.
extension Failure {
  static var incomplete: Failure { Failure(255, "Command line is not complete. Try option \"help\"") }

  /// - Parameter spaced: whether an empty line follows, as after many of `ip`'s sentences.
  static func wrong(_ word: [UInt8], _ reason: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, [UInt8](reason), spaced)
  }

  /// A value that the keyword before it cannot take: `Invalid "mtu" value`.
  static func wrong(_ word: [UInt8], valueOf keyword: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, sentence("Invalid \"%\" value", [UInt8](keyword)), spaced)
  }

  static func wrong(_ word: [UInt8], _ reason: [UInt8], _ isSpaced: Bool) -> Failure {
    Failure(255, sentence("Error: argument \"%\" is wrong: %", word, isSpaced ? reason + [UInt8(ascii: "\n")] : reason))
  }

  static func duplicate(_ keyword: StaticString, _ second: [UInt8]) -> Failure {
    Failure(255, "Error: duplicate \"%\": \"%\" is the second value.", [UInt8](keyword), second)
  }

  static func duplicateOrGarbage(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(255, "Error: either \"%\" is duplicate, or \"%\" is garbage.", [UInt8](keyword), word)
  }

  static func notOnOrOff(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(1, "Error: argument of \"%\" must be \"on\" or \"off\", not \"%\"", [UInt8](keyword), word)
  }

  /// The same as other keywords have it.
  static func notOffOrOn(_ keyword: [UInt8], _ word: [UInt8], status: Int32) -> Failure {
    Failure(status, "Error: argument of \"%\" must be one of \"off\", \"on\", not \"%\"", keyword, word)
  }

  static func noSuchDevice(_ name: [UInt8]) -> Failure {
    Failure(1, "Cannot find device \"%\"", name)
  }
}

// What became of a request.
extension Failure {
  /// The kernel's own sentence where it has one, else the C library's.
  convenience init(_ error: NetlinkError) {
    switch error {
    case .refused(let refusal):
      let message =
        refusal.sentence.isEmpty
        ? sentence("RTNETLINK answers: %", refusal.errno.text)
        : sentence("Error: %", fullStopped(refusal.sentence))
      self.init(2, message, refusal: refusal)
    case .systemCall(let call, let errno): self.init(1, "%: %", [UInt8](call), errno.text)
    case .malformed: self.init(1, "The kernel's answer makes no sense.")
    case .interrupted: self.init(1, "Dump was interrupted and may be inconsistent.")
    case .requestTooLong: self.init(255, "The command says more than fits into one request.")
    }
  }
}

/// The sentence with a full stop at its end.
func fullStopped(_ sentence: [UInt8]) -> [UInt8] {
  sentence.last == UInt8(ascii: ".") ? sentence : sentence + [UInt8(ascii: ".")]
}

extension Failure {
  /// A word behind `type KIND` that this kind does not know.
  static func unknownSetting(of kind: [UInt8], _ word: [UInt8], _ session: Session) -> Failure {
    if kind == "veth" { return Failure(1, vethUsage) }
    return Failure(
      1, "Garbage instead of arguments \"% ...\". Try \"% link help\".", word, session.programName)
  }
}
