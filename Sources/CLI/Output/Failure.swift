internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The failure of a command: the message on standard error and the exit status.
///
/// A class, because throwing a large struct costs 23 KB of code in a build for size.
final class Failure: Error {
  /// The exit status; `ip` uses 255 for words that it cannot parse, 1 for what it cannot find, 2 for a refusal of the kernel.
  let status: Int32
  /// The message, without the last newline.
  let message: [UInt8]
  /// The kernel's refusal, where there is one.
  let refusal: Refusal?
  /// The keyword to blame, where there is one.
  let keyword: [UInt8]?
  /// A sentence that explains more than the message of `ip`.
  let hint: [UInt8]?
  /// Whether the command has an option `-json` of its own, as `pair show -json`.
  let isJSON: Bool
  /// The object and the device of the command, for `-json`.
  let object: [UInt8]?
  let device: [UInt8]?

  init(
    _ status: Int32, _ message: [UInt8], refusal: Refusal? = nil, keyword: [UInt8]? = nil, hint: [UInt8]? = nil,
    object: [UInt8]? = nil, device: [UInt8]? = nil, isJSON: Bool = false
  ) {
    self.isJSON = isJSON
    self.status = status
    self.message = message
    self.refusal = refusal
    self.keyword = keyword
    self.hint = hint
    self.object = object
    self.device = device
  }

  /// A message from a template, by `sentence`.
  @inline(never)
  convenience init(_ status: Int32, _ template: StaticString, _ first: [UInt8] = [], _ second: [UInt8] = []) {
    self.init(status, sentence(template, first, second))
  }

  /// The same with a hint, only where standard error is a terminal.
  @inline(never)
  func hinted(_ hint: () -> [UInt8]?) -> Failure {
    guard StandardStream.error.isTerminal else { return self }
    return with(hint: hint())
  }

  /// The same with a keyword to blame, unless it has one.
  func blaming(_ keyword: [UInt8]?) -> Failure { with(keyword: self.keyword ?? keyword) }

  /// The same about an object, unless it has one.
  func about(object: [UInt8]) -> Failure { with(object: self.object ?? object) }

  /// The same about a device, unless it has one.
  func about(device: LinkName?) -> Failure { with(device: self.device ?? device?.bytes) }

  /// The same about one of several devices; the message of a refusal, which lacks the name, begins with it.
  func naming(_ device: LinkName) -> Failure {
    guard refusal != nil else { return about(device: device) }
    return with(message: sentence("\"%\": %", device.bytes, message)).about(device: device)
  }

  /// The same for a command with an option `-json` of its own.
  func asJSON(_ isJSON: Bool) -> Failure { with(isJSON: isJSON) }

  /// The same with one more sentence.
  func adding(_ sentence: [UInt8]) -> Failure {
    sentence.isEmpty ? self : with(message: message + [ascii("\n")] + sentence)
  }

  @inline(never)
  private func with(
    message: [UInt8]? = nil, keyword: [UInt8]? = nil, hint: [UInt8]? = nil, object: [UInt8]? = nil,
    device: [UInt8]? = nil, isJSON: Bool? = nil
  ) -> Failure {
    Failure(
      status, message ?? self.message, refusal: refusal, keyword: keyword ?? self.keyword, hint: hint ?? self.hint,
      object: object ?? self.object, device: device ?? self.device, isJSON: isJSON ?? self.isJSON)
  }

  /// The text on standard error.
  var text: [UInt8] {
    var text = message + [ascii("\n")]
    if let hint { text += sentence("hint: %\n", hint) }
    return text
  }
}

/// Converts the error of an exchange with the kernel into the failure of a command.
@discardableResult
func asFailure<Result: ~Copyable>(
  _ call: @autoclosure () throws(NetlinkError) -> Result
) throws(Failure) -> Result {
  do throws(NetlinkError) { return try call() } catch { throw Failure(error) }
}

/// Converts the error of a pair into the failure of a command.
@discardableResult
func asPairFailure<Result: ~Copyable>(
  _ call: @autoclosure () throws(PairError) -> Result
) throws(Failure) -> Result {
  do throws(PairError) { return try call() } catch { throw Failure(error) }
}

// The messages of `ip` for words that it cannot parse.
extension Failure {
  static var incomplete: Failure { Failure(255, "Command line is not complete. Try option \"help\"") }

  /// - Parameter spaced: whether an empty line follows, as after many sentences of `ip`.
  @inline(never)
  static func wrong(_ word: [UInt8], _ reason: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, [UInt8](reason), spaced)
  }

  /// A wrong operand of a keyword: `Invalid "mtu" value`.
  @inline(never)
  static func wrong(_ word: [UInt8], valueOf keyword: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, sentence("Invalid \"%\" value", [UInt8](keyword)), spaced)
  }

  @inline(never)
  static func wrong(_ word: [UInt8], _ reason: [UInt8], _ isSpaced: Bool) -> Failure {
    Failure(255, sentence("Error: argument \"%\" is wrong: %", word, isSpaced ? reason + [ascii("\n")] : reason))
  }

  static func duplicate(_ keyword: StaticString, _ second: [UInt8]) -> Failure {
    duplicate([UInt8](keyword), second)
  }

  @inline(never)
  static func duplicate(_ keyword: [UInt8], _ second: [UInt8]) -> Failure {
    Failure(255, "Error: duplicate \"%\": \"%\" is the second value.", keyword, second)
  }

  @inline(never)
  static func duplicateOrGarbage(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(255, "Error: either \"%\" is duplicate, or \"%\" is garbage.", [UInt8](keyword), word)
  }

  @inline(never)
  static func notOnOrOff(_ keyword: [UInt8], _ word: [UInt8]) -> Failure {
    Failure(1, "Error: argument of \"%\" must be \"on\" or \"off\", not \"%\"", keyword, word)
  }

  /// As `notOnOrOff`, for the keywords that have this message in `ip`.
  @inline(never)
  static func notOffOrOn(_ keyword: [UInt8], _ word: [UInt8], status: Int32) -> Failure {
    Failure(status, "Error: argument of \"%\" must be one of \"off\", \"on\", not \"%\"", keyword, word)
  }

  static func wrongKind(_ device: LinkName, _ kind: [UInt8]) -> Failure {
    Failure(1, "\"%\" is not of type %: not deleted.", device.bytes, kind)
  }

  @inline(never)
  static func noSuchDevice(_ name: [UInt8]) -> Failure {
    Failure(1, "Cannot find device \"%\"", name)
  }

  static func cannotOpen(namespace word: [UInt8], _ cause: NetlinkError) -> Failure {
    Failure(255, "Cannot open network namespace \"%\": %", word, cause.errno?.text ?? cause.text)
  }
}

extension Failure {
  /// The failure with the kernel's message or, without one, the text of the errno.
  @inline(never)
  convenience init(_ error: NetlinkError) {
    var status: Int32 = 1
    let message: [UInt8]
    var refusal: Refusal? = nil
    switch error {
    case .refused(let reason):
      status = 2
      message =
        reason.sentence.isEmpty
        ? sentence("RTNETLINK answers: %", reason.errno.text) : sentence("Error: %", fullStopped(reason.sentence))
      refusal = reason
    case .systemCall, .malformed: message = error.text
    case .interrupted: message = [UInt8]("Dump was interrupted and may be inconsistent.")
    case .requestTooLong:
      status = 255
      message = [UInt8]("The command does not fit into one request.")
    }
    self.init(status, message, refusal: refusal, keyword: refusal?.keyword.map { [UInt8]($0) })
  }

  /// The failure with the failed step, the end, and the result of the rollback.
  @inline(never)
  convenience init(_ error: PairError) {
    var status: Int32 = 1
    var refusal: Refusal? = nil
    if case .kernel(let cause) = error.cause {
      let failure = Failure(cause)
      status = failure.status
      refusal = failure.refusal
    }
    self.init(
      status, error.text, refusal: refusal, keyword: [UInt8](error.step.keyword),
      device: error.end.bytes)
  }
}

/// The sentence with a full stop at its end.
func fullStopped(_ sentence: [UInt8]) -> [UInt8] {
  sentence.last == ascii(".") ? sentence : sentence + [ascii(".")]
}
