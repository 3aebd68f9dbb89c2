internal import Netlink
internal import SystemCalls

/// Why a command did not do what it was told: what is said on standard error, and the exit status.
///
/// A class, as passing one word on costs least at the many places that do.
final class Failure: Error {
  /// The exit status; `ip` has 255 for words it cannot read, 1 for what it cannot find, 2 for the kernel's no.
  let status: Int32
  /// What is said, without the last newline.
  let message: [UInt8]
  /// What the kernel said, where it was the kernel.
  let refusal: Refusal?
  /// The keyword that is to blame, where one is.
  let keyword: [UInt8]?
  /// One more sentence for a person, where we know better than `ip`.
  let hint: [UInt8]?

  init(
    _ status: Int32, _ message: [UInt8], refusal: Refusal? = nil, keyword: [UInt8]? = nil, hint: [UInt8]? = nil
  ) {
    self.status = status
    self.message = message
    self.refusal = refusal
    self.keyword = keyword
    self.hint = hint
  }

  /// A sentence with words of the user's in it, as `sentence` has them.
  convenience init(_ status: Int32, _ template: StaticString, _ first: [UInt8] = [], _ second: [UInt8] = []) {
    self.init(status, sentence(template, first, second))
  }

  /// The same with a hint, which is looked for only where a person will read it.
  func hinted(_ hint: () -> [UInt8]?) -> Failure {
    guard StandardStream.error.isTerminal else { return self }
    return with(hint: hint())
  }

  /// The same with a keyword to blame, unless one is blamed already.
  func blaming(_ keyword: [UInt8]?) -> Failure {
    with(keyword: self.keyword ?? keyword)
  }

  /// The same, about one of several devices; a failure of our own has named it.
  func naming(_ device: [UInt8]) -> Failure {
    guard refusal != nil else { return self }
    return with(message: sentence("\"%\": %", device, message))
  }

  /// The same, and one more sentence that everybody has to know.
  func adding(_ sentence: [UInt8]) -> Failure {
    sentence.isEmpty ? self : with(message: message + [ascii("\n")] + sentence)
  }

  private func with(message: [UInt8]? = nil, keyword: [UInt8]? = nil, hint: [UInt8]? = nil) -> Failure {
    Failure(
      status, message ?? self.message, refusal: refusal, keyword: keyword ?? self.keyword, hint: hint ?? self.hint)
  }

  /// All that is said on standard error.
  var text: [UInt8] {
    var text = message + [ascii("\n")]
    if let hint { text += sentence("hint: %\n", hint) }
    return text
  }
}

/// The template with a word in the place of each `%`.
func sentence(_ template: StaticString, _ first: [UInt8] = [], _ second: [UInt8] = []) -> [UInt8] {
  var sentence: [UInt8] = []
  var next = first
  for byte in [UInt8](template) {
    if byte == ascii("%") {
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
  @inline(never)
  static func wrong(_ word: [UInt8], _ reason: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, [UInt8](reason), spaced)
  }

  /// A value that the keyword before it cannot take: `Invalid "mtu" value`.
  @inline(never)
  static func wrong(_ word: [UInt8], valueOf keyword: [UInt8], spaced: Bool = true) -> Failure {
    wrong(word, sentence("Invalid \"%\" value", keyword), spaced)
  }

  static func wrong(_ word: [UInt8], _ reason: [UInt8], _ isSpaced: Bool) -> Failure {
    Failure(255, sentence("Error: argument \"%\" is wrong: %", word, isSpaced ? reason + [ascii("\n")] : reason))
  }

  static func duplicate(_ keyword: [UInt8], _ second: [UInt8]) -> Failure {
    Failure(255, "Error: duplicate \"%\": \"%\" is the second value.", keyword, second)
  }

  static func duplicateOrGarbage(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(255, "Error: either \"%\" is duplicate, or \"%\" is garbage.", [UInt8](keyword), word)
  }

  static func notOnOrOff(_ keyword: [UInt8], _ word: [UInt8]) -> Failure {
    Failure(1, "Error: argument of \"%\" must be \"on\" or \"off\", not \"%\"", keyword, word)
  }

  /// The same as other keywords have it.
  static func notOffOrOn(_ keyword: [UInt8], _ word: [UInt8], status: Int32) -> Failure {
    Failure(status, "Error: argument of \"%\" must be one of \"off\", \"on\", not \"%\"", keyword, word)
  }

  static func wrongKind(_ device: [UInt8], _ kind: [UInt8]) -> Failure {
    Failure(1, "\"%\" is not of type %, and is left alone.", device, kind)
  }

  static func noSuchDevice(_ name: [UInt8]) -> Failure {
    Failure(1, "Cannot find device \"%\"", name)
  }
}

// What became of a request.
extension Failure {
  /// The kernel's own sentence where it has one, else the C library's.
  convenience init(_ error: NetlinkError) {
    var status: Int32 = 1
    let message: [UInt8]
    var refusal: Refusal? = nil
    switch error {
    case .refused(let no):
      status = 2
      message =
        no.sentence.isEmpty
        ? sentence("RTNETLINK answers: %", no.errno.text) : sentence("Error: %", fullStopped(no.sentence))
      refusal = no
    case .systemCall(let call, let errno): message = sentence("%: %", [UInt8](call), errno.text)
    case .malformed: message = [UInt8]("The kernel's answer makes no sense.")
    case .interrupted: message = [UInt8]("Dump was interrupted and may be inconsistent.")
    case .requestTooLong:
      status = 255
      message = [UInt8]("The command says more than fits into one request.")
    }
    self.init(status, message, refusal: refusal)
  }
}

/// The sentence with a full stop at its end.
func fullStopped(_ sentence: [UInt8]) -> [UInt8] {
  sentence.last == ascii(".") ? sentence : sentence + [ascii(".")]
}

extension Failure {
  /// A word behind `type KIND` that this kind does not know.
  static func unknownSetting(of kind: [UInt8], _ word: [UInt8], _ session: Session) -> Failure {
    if kind == "veth" { return Failure(1, vethUsage) }
    return Failure(
      1, "Garbage instead of arguments \"% ...\". Try \"% link help\".", word, session.programName)
  }
}
