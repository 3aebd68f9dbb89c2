internal import Netlink
internal import RTNetlink
internal import SystemCalls

// The parser of `type KIND …`, from the fields in `LinkKind.all`.

extension LinkSettings {
  /// Parses `KIND SETTINGS` up to the end.
  mutating func parse(kind word: [UInt8], _ words: inout Words, _ names: any NameResolver) throws(Failure) {
    guard let kind = LinkKind.named(word) else {
      set(kindNamed: word)
      return try refuseSettings(&words, names)
    }
    set(kind: kind)
    guard let unknownWord = kind.unknownWord else { return try refuseSettings(&words, names) }
    while let word = words.next() {
      if word == "help" { throw Failure(1, kind.usage) }
      guard let field = kind.fields.first(where: { $0.matches(word) }) else {
        throw Failure(
          1, sentence("%: unknown % \"%\"?\n%", [UInt8](kind.word), [UInt8](unknownWord), word, kind.usage))
      }
      try field.parse(&words, into: &self, kind, names)
    }
  }

  /// Refuses settings of a kind without known settings.
  private func refuseSettings(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    guard let word = words.next() else { return }
    throw Failure(1, "Garbage instead of arguments \"% ...\". Try \"% link help\".", word, names.programName)
  }
}

extension LinkKind {
  /// The settings of the kind, one on a line.
  var usage: [UInt8] {
    if word.bytes == Veth.kind.word { return [UInt8](vethUsage) }
    var usage = sentence("Usage: … % SETTINGS\nSETTINGS :=", [UInt8](word))
    for field in fields where field.access != .readOnly {
      usage += sentence("\n  %", [UInt8](field.word))
      usage += field.operandUsage
    }
    return usage
  }
}

/// The usage text of the kind `veth`, whose peer has the settings of any link.
let vethUsage: StaticString = """
  Usage: … type veth [ peer SETTINGS ]
  SETTINGS are those of `link add`, for the other end
  """

extension KindField {
  /// Whether a word is the field's word or an abbreviation.
  ///
  /// `mcast_` is too short an abbreviation, which `ip` expands to an arbitrary setting. `mcast_f` abbreviates `mcast_flood`,
  /// and not `mcast_fast_leave`, as with `ip`.
  fileprivate func matches(_ given: [UInt8]) -> Bool {
    switch access {
    case .readOnly: return false
    case .settableByFullWord: return given == word
    case .settable:
      let bytes = [UInt8](word)
      let least = bytes.hasPrefix("mcast_fa") ? 8 : bytes.hasPrefix("mcast_") ? 7 : 1
      return given.count >= least && given.abbreviates(word)
    }
  }

  /// The operand in the usage text, with a blank before it.
  fileprivate var operandUsage: [UInt8] {
    switch form {
    case .action, .noLink: return []
    case .onOrOff, .onOrOffInText: return [UInt8](" { on | off }")
    case .option: return [UInt8](" { 0 | 1 }")
    case .hardwareAddress: return [UInt8](" ADDRESS")
    case .link: return [UInt8](" DEVICE")
    case .choice(let choices):
      var usage = [UInt8](" {")
      for (position, choice) in choices.enumerated() {
        usage.append(position == 0 ? " " : " | ")
        usage.append(choice.word)
      }
      return usage + [UInt8](" }")
    case .number, .sourceCount, .mask, .groupMask, .hexadecimal, .timer, .bridgeID, .namedNumber, .flags:
      return [UInt8](" N")
    }
  }

  /// Parses the operand into a setting.
  fileprivate func parse(
    _ words: inout Words, into settings: inout LinkSettings, _ kind: LinkKind, _ names: any NameResolver
  ) throws(Failure) {
    let path = kind.path(Int(attribute))
    switch form {
    case .action: settings.set(path, Presence(), word)
    case .noLink: settings.set(path, 0 as UInt32, word)
    case .onOrOff, .onOrOffInText:
      let operand = try words.operand()
      guard let isOn = operand.isOn else { throw .notOffOrOn([UInt8](word), operand, status: 1) }
      settings.set(path, isOn ? 1 : 0 as UInt8, word)
    case .hardwareAddress: settings.set(path, try HardwareAddress(words.operand()), word)
    case .link: settings.set(path, try names.existingIndex(words.operand()), word)
    case .choice(let choices):
      let operand = try words.operand()
      guard let choice = choices.first(where: { operand.equalsIgnoringCase($0.word) }) else {
        throw refusal(of: operand)
      }
      settings.set(path, number: choice.number, width, word)
    case .option(let option):
      let options = BridgeOptions(option, try number(&words) != 0)
      settings.set(path, settings.bridgeOptions.union(options), word)
    // The other forms are read-only, or have a number as operand.
    case .number, .sourceCount, .mask, .groupMask, .hexadecimal, .timer, .bridgeID, .namedNumber, .flags:
      settings.set(path, number: try number(&words), width, word)
    }
  }

  /// Parses a number of the field's size.
  private func number(_ words: inout Words) throws(Failure) -> UInt64 {
    let operand = try words.operand()
    guard let number = operand.number(as: UInt64.self), number <= maximum else { throw refusal(of: operand) }
    return number
  }

  /// The greatest number of the field's size.
  private var maximum: UInt64 { UInt64.max >> UInt64(64 - 8 * min(width, 8)) }

  private func refusal(of operand: [UInt8]) -> Failure {
    switch complaint {
    case .invalid: return .wrong(operand, sentence("invalid %", [UInt8](word)), false)
    case .isInvalid: return .wrong(operand, sentence("% is invalid", [UInt8](word)), false)
    case .mustBe:
      return Failure(
        1, sentence("Error: argument of \"%\" must be %, not \"%\"", [UInt8](word), operandList, operand))
    }
  }

  /// `"private", "vepa" or "bridge"`, or `a positive integer [0-4294967295]`.
  private var operandList: [UInt8] {
    guard case .choice(let choices) = form else {
      return sentence("a positive integer [0-%]", [UInt8](decimal: maximum))
    }
    var list: [UInt8] = []
    for (position, choice) in choices.enumerated() {
      if position > 0 { list.append(position == choices.count - 1 ? " or " : ", ") }
      list += sentence("\"%\"", [UInt8](choice.word))
    }
    return list
  }
}

extension LinkSettings {
  /// Sets an attribute that is a number of `width` bytes.
  fileprivate mutating func set(_ path: AttributePath, number: UInt64, _ width: Int, _ keyword: StaticString) {
    switch width {
    case 1: set(path, UInt8(truncatingIfNeeded: number), keyword)
    case 2: set(path, UInt16(truncatingIfNeeded: number), keyword)
    case 4: set(path, UInt32(truncatingIfNeeded: number), keyword)
    default: set(path, number, keyword)
    }
  }

  /// The options of a bridge that are set so far; all options share one attribute.
  fileprivate var bridgeOptions: BridgeOptions { self[Bridge.options] ?? BridgeOptions() }
}
