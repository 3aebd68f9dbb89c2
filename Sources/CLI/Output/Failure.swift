internal import Netlink
internal import SystemCalls

/// Why a command did not do what it was told: what is said on standard error, and the exit status.
struct Failure: Error {
  /// The exit status; `ip` has 255 for words it cannot read, 1 for what it cannot find, 2 for the kernel's no.
  let status: Int32
  /// What is said, with its last newline.
  let message: [UInt8]
  /// What the kernel said, where it was the kernel.
  var refusal: Refusal? = nil
  /// One more sentence for a person, where we know better than `ip`.
  var hint: [UInt8]? = nil

  /// All that is said on standard error.
  var text: [UInt8] {
    guard let hint else { return message }
    return message + [UInt8]("hint: ") + hint + [UInt8]("\n")
  }

  init(_ status: Int32, _ message: [UInt8]) {
    self.status = status
    self.message = message + [UInt8(ascii: "\n")]
  }

  /// The pieces in a row: literals, and words that the user said.
  init(_ status: Int32, _ pieces: Piece...) { self.init(status, sentence(pieces)) }

  enum Piece: ExpressibleByStringLiteral {
    case literal(StaticString)
    case word([UInt8])

    init(stringLiteral literal: StaticString) { self = .literal(literal) }
  }
}

/// The pieces in a row.
func sentence(_ pieces: [Failure.Piece]) -> [UInt8] {
  var sentence: [UInt8] = []
  for piece in pieces {
    switch piece {
    case .literal(let literal): sentence.append(literal)
    case .word(let word): sentence += word
    }
  }
  return sentence
}

// What `ip` says of words it cannot take.
extension Failure {
  static var incomplete: Failure { Failure(255, "Command line is not complete. Try option \"help\"") }

  /// - Parameter spaced: whether an empty line follows, as after many of `ip`'s sentences.
  static func wrong(_ word: [UInt8], _ reason: Piece..., spaced: Bool = true) -> Failure {
    var message = sentence(["Error: argument \"", .word(word), "\" is wrong: "] + reason)
    if spaced { message.append("\n") }
    return Failure(255, message)
  }

  /// A value that the keyword before it cannot take: `Invalid "mtu" value`.
  static func wrong(_ word: [UInt8], valueOf keyword: StaticString, spaced: Bool = true) -> Failure {
    wrong(word, "Invalid \"", .literal(keyword), "\" value", spaced: spaced)
  }

  static func duplicate(_ keyword: StaticString, _ second: [UInt8]) -> Failure {
    Failure(255, "Error: duplicate \"", .literal(keyword), "\": \"", .word(second), "\" is the second value.")
  }

  static func duplicateOrGarbage(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(255, "Error: either \"", .literal(keyword), "\" is duplicate, or \"", .word(word), "\" is garbage.")
  }

  static func notOnOrOff(_ keyword: StaticString, _ word: [UInt8]) -> Failure {
    Failure(1, "Error: argument of \"", .literal(keyword), "\" must be \"on\" or \"off\", not \"", .word(word), "\"")
  }

  static func noSuchDevice(_ name: [UInt8]) -> Failure {
    Failure(1, "Cannot find device \"", .word(name), "\"")
  }
}

// What became of a request.
extension Failure {
  /// The kernel's own sentence where it has one, else the C library's.
  init(_ error: NetlinkError) {
    switch error {
    case .refused(let refusal):
      if refusal.sentence.isEmpty {
        self.init(2, "RTNETLINK answers: ", .word(refusal.errno.text))
      } else {
        self.init(2, "Error: ", .word(fullStopped(refusal.sentence)))
      }
      self.refusal = refusal
    case .systemCall(let call, let errno): self.init(1, .literal(call), ": ", .word(errno.text))
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
  static var unknownVethSetting: Failure {
    Failure(1, .literal(vethUsage))
  }

  static func unknownSetting(of kind: [UInt8], _ word: [UInt8], _ session: Session) -> Failure {
    if kind == "bridge" { return Failure(1, "bridge: unknown command \"", .word(word), "\"?") }
    return Failure(
      1, "Garbage instead of arguments \"", .word(word), " ...\". Try \"", .word(session.programName), " link help\".")
  }

  /// The same with a hint, which is looked for only where a person will read it.
  func hinted(_ hint: () -> [UInt8]?) -> Failure {
    guard StandardStream.error.isTerminal else { return self }
    var failure = self
    failure.hint = hint()
    return failure
  }
}
