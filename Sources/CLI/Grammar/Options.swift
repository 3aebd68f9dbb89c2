internal import SystemCalls

/// What is said before the object: `vethctl [OPTIONS] OBJECT …`.
struct Options {
  /// Which addresses are meant, `AF_…`; nil for all.
  enum Family { case inet, inet6, link, other }

  var family: Family? = nil
  /// How much to tell of what went through: 1 for all, 2 for each kind of error too.
  var statistics = 0
  /// Whether large numbers are cut to three digits, and in steps of 1024.
  var isHuman = false
  var isBinary = false
  var showsDetails = false
  var isOneLine = false
  var isBrief = false
  var isJSON = false
  var isPretty = false
  var isNumeric = false
  var color = ColorMode.never
  /// Whether addresses show as the names that the host's resolver has for them.
  var resolvesNames = false
  /// Whether `monitor` tells when something happened, and whether in the form of ISO 8601.
  var tellsTime = false
  var isTimeShort = false
  /// How much the kernel may keep for `monitor` until it is read, in bytes; nil for as much as it likes. (The answer to
  /// a request never has to wait, and one for which there is no room would be lost.)
  var receiveBuffer: Int32? = nil
  /// How often `address flush` looks again, 0 for any number of times.
  var flushRounds: UInt32 = 10
  var namespace: [UInt8]? = nil
  /// The file to read commands from, `-` for standard input.
  var batch: [UInt8]? = nil
  /// Whether it is told what became of a change.
  var echoes = false
  /// Whether a batch goes on after a command that failed.
  var isForced = false
  /// What to do instead of a command.
  var request: Request? = nil

  enum Request { case version, help }

  enum ColorMode {
    case always, auto, never

    func palette(isTerminal: Bool) -> Palette? {
      switch self {
      case .never: nil
      case .auto where !isTerminal: nil
      case .auto, .always: .fromEnvironment()
      }
    }
  }

  var form: Printer.Form {
    if isJSON { return isPretty ? .prettyJSON : .json }
    return isOneLine && !isBrief ? .oneLine : .text
  }
}

extension Options {
  /// The options, in the order in which `ip` tries abbreviations.
  static let rows: [Keyword<Options, NoContext>] = [
    Keyword("-loops*: N") { options, _, words throws(Failure) in
      guard let word = words.next() else { throw missing("loop count") }
      guard let rounds = word.number(as: UInt32.self) else { throw .wrong(word, "invalid loop count", spaced: false) }
      options.flushRounds = rounds
    },
    Keyword("-family*: { inet | inet6 | link }") { options, _, words throws(Failure) in
      guard let word = words.next() else { throw missing("family type") }
      switch word {
      case "inet": options.family = .inet
      case "inet6": options.family = .inet6
      case "link": options.family = .link
      case "mpls", "bridge": options.family = .other
      case "help": options.request = .help
      default: throw .wrong(word, "invalid protocol family", spaced: false)
      }
    },
    Keyword(" -human* -human-readable*") { options, _, _ in options.isHuman = true },
    Keyword("-iec*") { options, _, _ in options.isBinary = true },
    Keyword(" -stats* -statistics*") { options, _, _ in options.statistics += 1 },
    Keyword("-details*") { options, _, _ in options.showsDetails = true },
    Keyword("-4") { options, _, _ in options.family = .inet },
    Keyword("-6") { options, _, _ in options.family = .inet6 },
    Keyword("-0") { options, _, _ in options.family = .link },
    Keyword("-resolve*") { options, _, _ in options.resolvesNames = true },
    Keyword("-oneline*") { options, _, _ in options.isOneLine = true },
    Keyword("-timestamp*") { options, _, _ in options.tellsTime = true },
    Keyword("-tshort*") { options, _, _ in
      options.tellsTime = true
      options.isTimeShort = true
    },
    Keyword("-Version*") { options, _, _ in options.request = .version },
    Keyword("-force*") { options, _, _ in options.isForced = true },
    Keyword("-batch*: { FILE | - }") { options, _, words throws(Failure) in
      guard let file = words.next() else { throw missing("batch file") }
      options.batch = file
    },
    Keyword("-brief*") { options, _, _ in options.isBrief = true },
    Keyword("-json*") { options, _, _ in options.isJSON = true },
    Keyword("-pretty*") { options, _, _ in options.isPretty = true },
    Keyword("-rcvbuf*: BYTES") { options, _, words throws(Failure) in
      guard let word = words.next() else { throw missing("rcvbuf size") }
      guard let size = word.number(as: UInt32.self) else { throw Failure(255, "Invalid rcvbuf size '%'", word) }
      options.receiveBuffer = Int32(clamping: size)
    },
    Keyword("-color*: [ =always | =auto | =never ]") { options, _, _ in options.color = .always },
    Keyword("-help*") { options, _, _ in options.request = .help },
    Keyword("-netns*: NETNS") { options, _, words throws(Failure) in
      guard let name = words.next() else { throw missing("netns name") }
      options.namespace = name
    },
    Keyword("-echo") { options, _, _ in options.echoes = true },
    Keyword("-Numeric*") { options, _, _ in options.isNumeric = true },
  ]

  private static func missing(_ what: StaticString) -> Failure {
    Failure(255, "Error: argument \"%\" is required", [UInt8](what))
  }

  /// Takes the options from the front of the words, up to the object or a bare `--`.
  static func parse(_ words: inout Words, programName: [UInt8]) throws(Failure) -> Options {
    var options = Options()
    try options.take(&words, programName: programName)
    return options
  }

  /// Takes what options there are next.
  mutating func take(_ words: inout Words, programName: [UInt8]) throws(Failure) {
    while let word = words.peek, word.first == ascii("-"), request == nil {
      _ = words.next()
      if word == "--" { break }
      // As with ip, two dashes are as good as one.
      let option = word.hasPrefix("--") ? [UInt8](word[1...]) : word
      if let color = Self.colorMode(option) {
        self.color = color
        continue
      }
      guard option.count > 1, let row = position(of: option, in: Self.rows) else {
        throw Failure(255, "Option \"%\" is unknown, try \"% -help\".", word, programName)
      }
      try Self.rows[row].action(&self, NoContext(), &words)
    }
  }

  /// `-color=WHEN`, the one option whose value is not a word of its own; nil for any other.
  private static func colorMode(_ option: [UInt8]) -> ColorMode? {
    guard let equals = option.firstIndex(of: ascii("=")), [UInt8](option[..<equals]).abbreviates("-color"),
      equals > 1
    else { return nil }
    switch [UInt8](option[(equals + 1)...]) {
    case "always", "": return .always
    case "auto": return .auto
    case "never": return .never
    default: return nil
    }
  }
}

/// What the actions of options need to know: nothing.
final class NoContext {}
