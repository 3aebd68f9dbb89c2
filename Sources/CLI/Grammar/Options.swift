internal import SystemCalls

/// The options before the object: `vethctl [ OPTIONS ] OBJECT …`.
struct Options {
  /// The families of `-family`.
  enum Family { case inet, inet6, link, other }

  var family: Family? = nil
  /// The level of statistics: 1 for totals, 2 for each kind of error too.
  var statistics = 0
  /// Whether large numbers are shortened to three digits, and in steps of 1024.
  var isHuman = false
  var isBinary = false
  var showsDetails = false
  var isOneLine = false
  var isBrief = false
  var isJSON = false
  var isPretty = false
  var isNumeric = false
  var color = ColorMode.never
  /// Whether addresses are shown as host names.
  var resolvesNames = false
  /// Whether `monitor` shows the time of each event, and whether in the form of ISO 8601.
  var showsTime = false
  var isTimeShort = false
  /// The size of the kernel's queue of events for `monitor`, in bytes; nil for the default. (The answer to a request never
  /// waits in the queue.)
  var receiveBuffer: Int32? = nil
  /// The greatest number of rounds of `address flush`; 0 for no limit.
  var flushRounds: UInt32 = 10
  var namespace: [UInt8]? = nil
  /// The file to read commands from, `-` for standard input.
  var batch: [UInt8]? = nil
  /// Whether changes are shown.
  var echoes = false
  /// Whether a batch goes on after a command that has failed.
  var isForced = false
  /// The text to print in place of running a command.
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
  static let rows: [Option] = [
    Option("-loops*: N") { options, words throws(Failure) in
      guard let word = words.next() else { throw missing("loop count") }
      guard let rounds = word.number(as: UInt32.self) else { throw .wrong(word, "invalid loop count", spaced: false) }
      options.flushRounds = rounds
    },
    Option("-family*: { inet | inet6 | link }", isOfOutput: true) { options, words throws(Failure) in
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
    Option("-human* -human-readable*", isOfOutput: true) { options, _ in options.isHuman = true },
    Option("-iec*", isOfOutput: true) { options, _ in options.isBinary = true },
    Option("-stats* -statistics*", isOfOutput: true) { options, _ in options.statistics += 1 },
    Option("-details*", isOfOutput: true) { options, _ in options.showsDetails = true },
    Option("-4", isOfOutput: true) { options, _ in options.family = .inet },
    Option("-6", isOfOutput: true) { options, _ in options.family = .inet6 },
    Option("-0", isOfOutput: true) { options, _ in options.family = .link },
    Option("-resolve*", isOfOutput: true) { options, _ in options.resolvesNames = true },
    Option("-oneline*", isOfOutput: true) { options, _ in options.isOneLine = true },
    Option("-timestamp*") { options, _ in options.showsTime = true },
    Option("-tshort*") { options, _ in
      options.showsTime = true
      options.isTimeShort = true
    },
    Option("-Version*") { options, _ in options.request = .version },
    Option("-force*") { options, _ in options.isForced = true },
    Option("-batch*: { FILE | - }") { options, words throws(Failure) in
      guard let file = words.next() else { throw missing("batch file") }
      options.batch = file
    },
    Option("-brief*", isOfOutput: true) { options, _ in options.isBrief = true },
    Option("-json*", isOfOutput: true) { options, _ in options.isJSON = true },
    Option("-pretty*", isOfOutput: true) { options, _ in options.isPretty = true },
    Option("-rcvbuf*: BYTES") { options, words throws(Failure) in
      guard let word = words.next() else { throw missing("rcvbuf size") }
      guard let size = word.number(as: UInt32.self) else { throw Failure(255, "Invalid rcvbuf size '%'", word) }
      options.receiveBuffer = Int32(clamping: size)
    },
    Option("-color*: [ =always | =auto | =never ]", isOfOutput: true) { options, _ in options.color = .always },
    Option("-help*") { options, _ in options.request = .help },
    Option("-netns*: NETNS") { options, words throws(Failure) in
      guard let name = words.next() else { throw missing("netns name") }
      options.namespace = name
    },
    Option("-echo") { options, _ in options.echoes = true },
    Option("-Numeric*", isOfOutput: true) { options, _ in options.isNumeric = true },
  ]

  private static func missing(_ what: StaticString) -> Failure {
    Failure(255, "Error: argument \"%\" is required", [UInt8](what))
  }

  /// Parses the options at the front of the words, up to the object or a bare `--`.
  static func parse(_ words: inout Words, programName: [UInt8]) throws(Failure) -> Options {
    var options = Options()
    try options.parse(&words, programName: programName)
    return options
  }

  /// Parses the options that come next.
  mutating func parse(_ words: inout Words, programName: [UInt8]) throws(Failure) {
    while let word = words.peek, word.first == ascii("-"), request == nil {
      _ = words.next()
      if word == "--" { break }
      // Two dashes equal one, as with `ip`.
      let option = word.hasPrefix("--") ? [UInt8](word[1...]) : word
      if let color = Self.colorMode(option) {
        self.color = color
        continue
      }
      guard option.count > 1, let row = position(of: option, in: Self.rows) else {
        throw Failure(255, "Option \"%\" is unknown, try \"% -help\".", word, programName)
      }
      try Self.rows[row].parser(&self, &words)
    }
  }

  /// The value of `-color=WHEN`; nil for any other option. (All other values are words of their own.)
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

extension Options {
  /// Parses an option of the output that follows `pair show`.
  mutating func parse(outputOption words: inout Words, programName: [UInt8]) throws(Failure) {
    let word = try words.operand()
    let option = word.hasPrefix("--") ? [UInt8](word[1...]) : word
    if let color = Self.colorMode(option) {
      self.color = color
      return
    }
    if let row = position(of: option, in: Self.rows), Self.rows[row].isOfOutput {
      try Self.rows[row].parser(&self, &words)
      // `-family help` requests the usage text of the program.
      if request == nil { return }
    }
    throw Failure(255, "Option \"%\" is unknown behind a command, try \"% -help\".", word, programName)
  }
}

/// A row of the options.
struct Option: Row {
  typealias Parser = @Sendable (inout Options, inout Words) throws(Failure) -> Void

  let spellings: Spellings
  /// Whether the option changes only the output.
  let isOfOutput: Bool
  /// Parses the operand.
  let parser: Parser

  init(_ spellings: Spellings, isOfOutput: Bool = false, _ parser: @escaping Parser) {
    self.spellings = spellings
    self.isOfOutput = isOfOutput
    self.parser = parser
  }
}
