internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The settings of any link, in the order in which `ip` tries abbreviations.
let linkKeywords: [Keyword<LinkArguments>] = [
  Keyword("up") { link, _, _ in link.settings.isUp = true },
  Keyword("down") { link, _, _ in link.settings.isUp = false },
  Keyword("name: NAME", isOnce: true, parseName),
  Keyword("index: INDEX", parseIndex),
  Keyword("link*: DEVICE", parseLink),
  Keyword("address*: ADDRESS", hardwareAddress(.address)),
  Keyword("broadcast* brd: ADDRESS", hardwareAddress(.broadcast)),
  Keyword("txqueuelen* qlen txqlen*: PACKETS", isOnce: true, number(.transmitQueueLength)),
  Keyword("mtu: BYTES", isOnce: true, number(.mtu)),
  Keyword("xdp: { off | none | pinned PATH }", xdp([], "xdp")),
  Keyword("xdpgeneric: { off | none | pinned PATH }", xdp(.generic, "xdpgeneric")),
  Keyword("xdpdrv: { off | none | pinned PATH }", xdp(.driver, "xdpdrv")),
  Keyword("xdpoffload: { off | none | pinned PATH }", xdp(.hardware, "xdpoffload")),
  Keyword("netns: NETNS", isOnce: true, parseNamespace),
  Keyword("multicast: { on | off }", flag(.multicast, "multicast")),
  Keyword("allmulticast: { on | off }", flag(.allMulticast, "allmulticast")),
  Keyword("promisc: { on | off }", flag(.promiscuous, "promisc")),
  Keyword("trailers: { on | off }", flag(.noTrailers, "trailers", isInverted: true)),
  Keyword("arp: { on | off }", flag(.noARP, "arp", isInverted: true)),
  Keyword("carrier: { on | off }", onOrOff(.carrier)),
  Keyword("vf: …", refuseVirtualFunction),
  Keyword("master*: DEVICE", parseMaster),
  Keyword("vrf: DEVICE", parseVRF),
  Keyword("nomaster*", parseNoMaster),
  Keyword("dynamic*: { on | off }", flag(.dynamic, "dynamic")),
  Keyword("type*: KIND …", parseKind),
  Keyword("alias*: TEXT", parseAlias),
  Keyword("altname: NAME", parseAlternativeName),
  Keyword("group: GROUP", isOnce: true, parseGroup),
  Keyword("mode: { default | dormant }", choice(.mode, "Invalid link mode")),
  Keyword("state: STATE", choice(.operationalState, "Invalid operstate")),
  Keyword("numtxqueues*: COUNT", isOnce: true, number(.transmitQueues)),
  Keyword("numrxqueues*: COUNT", isOnce: true, number(.receiveQueues)),
  Keyword(
    "addrgenmode*: { eui64 | none | stable_secret | random }",
    choice(.addressGenerationMode, "Invalid address generation mode")),
  Keyword("link-netns*: NETNS", parseLinkNamespace),
  Keyword("link-netnsid*: ID", parseLinkNetnsID),
  Keyword("protodown: { on | off }", onOrOff(.protocolDown)),
  Keyword("protodown_reason: N { on | off }", parseProtocolDownReason),
  Keyword("gso_max_size: BYTES", number(.gsoMaxSize, upTo: .max)),
  Keyword("gso_max_segs: PACKETS", number(.gsoMaxSegments, upTo: 65535)),
  Keyword("gro_max_size: BYTES", number(.groMaxSize, upTo: .max)),
  Keyword("gso_ipv4_max_size: BYTES", number(.gsoIPv4MaxSize, upTo: .max)),
  Keyword("gro_ipv4_max_size: BYTES", number(.groIPv4MaxSize, upTo: .max)),
  Keyword("parentdev: NAME", parseParentDevice),
  Keyword("help*") { _, _, names throws(Failure) in throw linkObject.usageFailure(names) },
  Keyword("dev: DEVICE") { link, words, _ throws(Failure) in try link.parse(device: words.operand()) },
]

// MARK: - Parsers of several keywords

/// A number, by default up to 2147483647, because `ip` reads most numbers as signed.
private func number(
  _ property: Property<Link, UInt32>, upTo maximum: UInt32 = UInt32(Int32.max)
) -> Keyword<LinkArguments>.Parser {
  { link, words, _ throws(Failure) in
    let word = try words.operand()
    guard let number = word.number(as: UInt32.self), number <= maximum else {
      throw .wrong(word, valueOf: property.keyword)
    }
    link.settings[property] = number
  }
}

/// A flag that is set or cleared.
private func flag(
  _ flag: LinkFlags, _ keyword: StaticString, isInverted: Bool = false
) -> Keyword<LinkArguments>.Parser {
  { link, words, _ throws(Failure) in
    link.settings.set(flag, try words.onOrOff(of: keyword) != isInverted, keyword)
  }
}

/// An attribute that is 0 or 1.
private func onOrOff(_ property: Property<Link, UInt8>) -> Keyword<LinkArguments>.Parser {
  { link, words, _ throws(Failure) in
    let word = try words.operand()
    guard let isOn = word.isOn else { throw .notOffOrOn([UInt8](property.keyword), word, status: 22) }
    link.settings[property] = isOn ? 1 : 0
  }
}

/// One of several words in upper or lower case, whose position is the value.
private func choice<Value: NamedNumber>(
  _ property: Property<Link, Value>, _ reason: StaticString
) -> Keyword<LinkArguments>.Parser {
  { link, words, _ throws(Failure) in
    let word = try words.operand()
    guard let number = Value.words.firstIndex(where: { word.equalsIgnoringCase($0) }) else {
      throw .wrong(word, reason)
    }
    link.settings[property] = Value(rawValue: Value.RawValue(number))
  }
}

/// A link-layer address.
private func hardwareAddress(_ property: Property<Link, HardwareAddress>) -> Keyword<LinkArguments>.Parser {
  { link, words, _ throws(Failure) in link.settings[property] = try HardwareAddress(words.operand()) }
}

/// A BPF program for received packets.
private func xdp(_ mode: XDPFlags, _ keyword: StaticString) -> Keyword<LinkArguments>.Parser {
  { link, words, names throws(Failure) in
    let word = try words.operand()
    switch word {
    case "off", "none": link.program = nil
    case "pinned": link.program = try names.pinnedProgram(try words.operand())
    case "object":
      throw Failure(
        255, "xdp object: not supported: pin the program with `bpftool prog load`, and use `xdp pinned PATH`.")
    default: throw Failure(255, "What mode is \"%\"?", word)
    }
    // With -force, the program replaces an attached program.
    link.settings.setXDP(
      program: link.program?.rawDescriptor ?? -1, names.isForced ? mode : mode.union(.unlessThere), keyword: keyword)
  }
}

extension HardwareAddress {
  /// A link-layer address in a word.
  @inline(never)
  init(_ word: [UInt8]) throws(Failure) {
    do throws(InvalidText) { try self.init(text: word) } catch {
      throw Failure(1, "\"%\" is invalid lladdr.", error.part)
    }
  }
}

// MARK: - Parsers of one keyword

private func parseName(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  link.name = try LinkName(newInterface: words.operand()).bytes
}

private func parseIndex(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let index = word.number(as: Int32.self), index > 0 else { throw .wrong(word, valueOf: "index", spaced: false) }
  link.index = index
}

private func parseLink(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let name = LinkName(bytes: word), let index = try names.linkIndex(of: name) else { throw .noSuchDevice(word) }
  link.settings[.linkIndex] = index
}

private func parseNamespace(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let namespace = try names.namespace(words.operand(), operandOf: "netns")
  if namespace.isPIDForm { try namespace.refuseOwn() }
  link.namespace = namespace
}

/// Refuses `vf` as the kernel would: a veth or a bridge has no virtual functions.
private func refuseVirtualFunction(
  _: inout LinkArguments, _: inout Words, _: any NameResolver
) throws(Failure) {
  throw Failure(2, "RTNETLINK answers: Operation not supported")
}

private func parseMaster(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  if link.role == .end {
    guard let name = LinkName(bytes: word) else { throw .wrong(word, "Device does not exist") }
    link.master = name
  } else {
    link.settings[.master] = try names.existingIndex(word)
  }
}

private func parseVRF(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  link.settings[.master] = try names.existingVRFIndex(words.operand())
}

private func parseNoMaster(_ link: inout LinkArguments, _: inout Words, _: any NameResolver) {
  link.master = nil
  link.settings[.master] = 0
}

private func parseKind(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  link.kind = try words.operand()
}

private func parseAlias(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let alias = try words.operand()
  // IFALIASZ is 256, including the NUL.
  guard alias.count < 256 else { throw .wrong(alias, "alias too long") }
  link.settings.set(Property<Link, String>.alias.path, alias, "alias")
}

private func parseAlternativeName(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  switch link.role {
  // `link property` changes the alternative names of a present link. In other verbs, `altname` is a device.
  case .present, .deletion: try link.parse(device: [UInt8]("altname"))
  case .new, .end: link.settings.alternativeNames.append(try LinkName(alternative: words.operand()))
  }
}

private func parseGroup(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let group = names.group(word) else { throw .wrong(word, valueOf: "group") }
  link.group = group
}

private func parseLinkNamespace(
  _ link: inout LinkArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  try refuseSecondLinkNamespace(link, word)
  link.linkNamespace = try names.namespace(word, operandOf: "link-netns")
}

private func parseLinkNetnsID(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  try refuseSecondLinkNamespace(link, word)
  guard let id = word.number(as: Int32.self) else { throw .wrong(word, valueOf: "link-netnsid") }
  link.settings[.linkNetnsID] = id
}

private func refuseSecondLinkNamespace(_ link: LinkArguments, _ word: [UInt8]) throws(Failure) {
  if link.linkNamespace != nil || link.settings[.linkNetnsID] != nil {
    throw .duplicate("link-netns/link-netnsid", word)
  }
}

private func parseProtocolDownReason(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let reason = word.number(as: UInt8.self), reason < 32 else { throw .wrong(word, "invalid protodown reason") }
  link.settings.setProtocolDownReason(reason, try words.onOrOff(of: "protodown_reason"))
}

private func parseParentDevice(
  _ link: inout LinkArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  link.settings.set(Property<Link, String>.parentDevice.path, try words.operand() + [0], "parentdev")
}
