internal import Netlink
internal import RTNetlink
internal import SystemCalls

// What may follow `type KIND`, for the kinds that are known by tables.

/// Reads what follows `type KIND`, and says all of it in the request.
func setKind(
  _ name: [UInt8], _ words: inout Words, in request: inout LinkRequest, _ session: Session
) throws(Failure) {
  switch name {
  case "bridge":
    try request.setBridge { request throws(Failure) in try Kind.bridge.parse(&words, into: &request, session) }
  case "bridge_slave":
    try request.setBridgePort { request throws(Failure) in try Kind.bridgePort.parse(&words, into: &request, session) }
  default:
    if let word = words.next() { throw .unknownSetting(of: name, word, session) }
    request.setKind(name) { _ in }
  }
}

/// A kind, or the port of one, as `type` names it.
struct Kind {
  let name: StaticString
  let fields: [KindField]
  /// What is said of a word that it does not know.
  let unknown: StaticString

  static let bridge = Kind(name: "bridge", fields: bridgeFields, unknown: "bridge: unknown command \"%\"?")
  static let bridgePort = Kind(
    name: "bridge_slave", fields: bridgePortFields, unknown: "bridge_slave: unknown option \"%\"?")

  /// The kind of this name; nil for one that has no settings, or none that are known here.
  static func named(_ name: [UInt8]) -> Kind? {
    if name == bridge.name { return bridge }
    return name == bridgePort.name ? bridgePort : nil
  }

  /// Reads settings up to the end.
  func parse(_ words: inout Words, into request: inout LinkRequest, _ session: Session) throws(Failure) {
    while let word = words.next() {
      if word == "help" { throw Failure(1, usage) }
      guard let field = fields.first(where: { $0.matches(word) }) else {
        throw Failure(1, sentence(unknown, word) + [ascii("\n")] + usage)
      }
      try field.write(&words, into: &request, session)
    }
  }

  /// What may be said, a setting on a line.
  var usage: [UInt8] {
    var usage = sentence("Usage: … % SETTINGS\nSETTINGS :=", [UInt8](name))
    for field in fields where field.use != .shown {
      usage += sentence("\n  %", field.word)
      usage.append(field.operand)
    }
    return usage
  }
}

extension KindField {
  /// What follows the word.
  fileprivate var operand: StaticString {
    switch form {
    case .action, .noLink: ""
    case .onOrOff, .onOrOffInText: " { on | off }"
    case .option: " { 0 | 1 }"
    case .hardwareAddress: " ADDRESS"
    case .vlanProtocol: " { 802.1Q | 802.1ad }"
    case .link: " DEVICE"
    default: " N"
    }
  }

  /// Takes the operand and writes the setting.
  fileprivate func write(_ words: inout Words, into request: inout LinkRequest, _ session: Session) throws(Failure) {
    let attribute = Int(type)
    switch form {
    case .action: request.request.append(attribute, Presence())
    case .noLink: request.request.append(attribute, 0 as UInt32)
    case .onOrOff, .onOrOffInText:
      let said = try words.operand()
      guard let isOn = said.isOn else { throw .notOffOrOn(word, said, status: 1) }
      request.request.append(attribute, isOn ? 1 : 0 as UInt8)
    case .hardwareAddress: request.request.append(attribute, try hardwareAddress(try words.operand()))
    case .link:
      let said = try words.operand()
      guard let index = session.index(of: said) else { throw .wrong(said, "Device does not exist") }
      request.request.append(attribute, index)
    case .vlanProtocol:
      let said = try words.operand()
      guard let ethertype = vlanProtocols.first(where: { said.equalsIgnoringCase($0.word) })?.number else {
        throw .wrong(said, sentence("invalid %", word), false)
      }
      request.request.append(attribute, ethertype.bigEndian)
    case .option(let option):
      request.request.append(attribute, BridgeOptions(option, try number(&words) != 0))
    default:
      let number = try number(&words)
      switch width {
      case 1: request.request.append(attribute, UInt8(truncatingIfNeeded: number))
      case 2: request.request.append(attribute, UInt16(truncatingIfNeeded: number))
      case 4: request.request.append(attribute, UInt32(truncatingIfNeeded: number))
      default: request.request.append(attribute, number)
      }
    }
  }

  /// A number that fits into so many bytes as it has.
  private func number(_ words: inout Words) throws(Failure) -> UInt64 {
    let said = try words.operand()
    let limit = UInt64.max >> UInt64(64 - 8 * min(width, 8))
    guard let number = said.number(as: UInt64.self), number <= limit else {
      switch form {
      case .rank, .portState: throw .wrong(said, sentence("% is invalid", word), false)
      default: throw .wrong(said, sentence("invalid %", word), false)
      }
    }
    return number
  }
}
