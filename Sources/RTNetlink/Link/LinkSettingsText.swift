internal import CMnl
internal import Netlink
internal import SystemCalls

extension LinkSettings.Setting: CustomStringConvertible {
  /// The operand behind the keyword, such as `1400`; nil for a value without a plain form.
  package var operand: [UInt8]? {
    guard case .attribute(let path, let value) = content else { return nil }
    if path == Bridge.kind.namePath || path == BridgePort.kind.namePath { return value }
    switch Int(path[0]) {
    case IFLA_ADDRESS, IFLA_BROADCAST: return HardwareAddress(bytes: value)?.text
    case IFLA_OPERSTATE: return OperationalState(attributeBytes: value)?.word.map { [UInt8]($0) }
    case IFLA_LINKMODE: return LinkMode(attributeBytes: value)?.word.map { [UInt8]($0) }
    case IFLA_IFNAME, IFLA_IFALIAS: return [UInt8](value.prefix { $0 != 0 })
    default: break
    }
    // A number without a word is a number.
    if path == Property<Link, AddressGenerationMode>.addressGenerationMode.path,
      let word = AddressGenerationMode(attributeBytes: value)?.word
    {
      return [UInt8](word)
    }
    switch value.count {
    case 1: return [UInt8](decimal: value[0])
    case 2: return UInt16(attributeBytes: value).map { [UInt8](decimal: $0) }
    case 4: return UInt32(attributeBytes: value).map { [UInt8](decimal: $0) }
    default: return nil
    }
  }

  /// The words of `ip` for the setting, such as `mtu 1400`; a value without a plain form is left out.
  public var description: String {
    let text = operand.map { sentence("% %", [UInt8](keyword), $0) } ?? [UInt8](keyword)
    return String(decoding: text, as: UTF8.self)
  }
}

extension LinkSettings.Setting: Equatable {
  /// Whether both set the same attribute or flag to the same value.
  public static func == (one: LinkSettings.Setting, other: LinkSettings.Setting) -> Bool {
    switch (one.content, other.content) {
    case (.attribute(let path, let value), .attribute(let otherPath, let otherValue)):
      path == otherPath && value == otherValue
    case (.flags(let changed, let flags), .flags(let otherChanged, let otherFlags)):
      changed == otherChanged && flags == otherFlags
    default: false
    }
  }
}

extension LinkSettings: Equatable, CustomStringConvertible {
  /// Whether both have the same settings in the same order.
  public static func == (one: LinkSettings, other: LinkSettings) -> Bool {
    one.settings == other.settings && one.index == other.index && one.alternativeNames == other.alternativeNames
      && one.peers == other.peers
  }

  /// The words of `ip` for the settings, such as `name web0 mtu 1400 up`.
  public var description: String {
    var words: [String] = []
    for setting in settings { words.append(setting.description) }
    if let index { words.append("index \(index)") }
    for name in alternativeNames { words.append("altname \(name)") }
    if let peer { words.append("peer \(peer)") }
    var text = ""
    for word in words { text += text.isEmpty ? word : " " + word }
    return text
  }
}
