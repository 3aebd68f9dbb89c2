internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// Puts what was said into the request, or notes it for later.
typealias LinkKeyword = Keyword<LinkRequest, LinkArguments>

/// What may be said of any link, in the order in which `ip` tries abbreviations.
let linkKeywords: [LinkKeyword] = [
  LinkKeyword("up") { request, link, _ in
    if link.isFinishedLater { link.later.isUp = true } else { request.set(.up, on: true) }
  },
  LinkKeyword("down") { request, link, _ in
    link.later.isUp = false
    request.set(.up, on: false)
  },
  LinkKeyword("name: NAME", isOnce: true) { _, link, words throws(Failure) in
    link.name = try newLinkName(&words)
  },
  LinkKeyword("index: INDEX") { _, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = word.number(as: Int32.self), index > 0 else {
      throw .wrong(word, valueOf: link.keyword, spaced: false)
    }
    link.index = index
  },
  LinkKeyword("link*: DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = link.session.index(of: word) else { throw .noSuchDevice(word) }
    request.set(.peerIndex, to: index)
  },
  LinkKeyword("address*: ADDRESS") { request, link, words throws(Failure) in
    let address = try hardwareAddress(try words.operand())
    link.addressLength = address.count
    request.set(.address, to: address)
  },
  LinkKeyword(" broadcast* brd: ADDRESS") { request, _, words throws(Failure) in
    request.set(.broadcast, to: try hardwareAddress(try words.operand()))
  },
  LinkKeyword(
    " txqueuelen* qlen txqlen*: PACKETS", isOnce: true,
    of: number(.transmitQueueLength), action: setNumber),
  LinkKeyword("mtu: BYTES", isOnce: true, of: number(.mtu), action: setNumber),
  LinkKeyword("xdp: { off | none | pinned PATH }", of: xdp(XDPFlags()), action: setXDP),
  LinkKeyword("xdpgeneric: { off | none | pinned PATH }", of: xdp(.generic), action: setXDP),
  LinkKeyword("xdpdrv: { off | none | pinned PATH }", of: xdp(.driver), action: setXDP),
  LinkKeyword("xdpoffload: { off | none | pinned PATH }", of: xdp(.hardware), action: setXDP),
  LinkKeyword("netns: NETNS", isOnce: true) {
    request, link, words throws(Failure) in
    let namespace = try NamespaceArgument(try words.operand(), keyword: link.keyword)
    if namespace.isSaidAsPID { try namespace.refuseOwn() }
    if link.role != .pairEnd { namespace.write(to: &request) }
    link.namespace = namespace
  },
  LinkKeyword("multicast: { on | off }", of: flag(.multicast), action: setFlag),
  LinkKeyword("allmulticast: { on | off }", of: flag(.allMulticast), action: setFlag),
  LinkKeyword("promisc: { on | off }", of: flag(.promiscuous), action: setFlag),
  LinkKeyword("trailers: { on | off }", of: flag(.noTrailers, isInverted: true), action: setFlag),
  LinkKeyword("arp: { on | off }", of: flag(.noARP, isInverted: true), action: setFlag),
  LinkKeyword("carrier: { on | off }", of: onOrOff(.carrier), action: setOnOrOff),
  // Nothing that a veth or a bridge has: the kernel would say the same.
  LinkKeyword("vf: …") { _, _, _ throws(Failure) in
    throw Failure(2, "RTNETLINK answers: Operation not supported")
  },
  LinkKeyword("master*: DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    if link.isFinishedLater {
      link.later.master = word
    } else {
      guard let index = link.session.index(of: word) else { throw .wrong(word, "Device does not exist") }
      request.set(.master, to: index)
    }
  },
  LinkKeyword("vrf: DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = link.session.index(ofVRF: word) else { throw .wrong(word, "Not a valid VRF name") }
    request.set(.master, to: index)
  },
  LinkKeyword("nomaster*") { request, link, _ in
    link.later.master = nil
    request.set(.master, to: 0)
  },
  LinkKeyword("dynamic*: { on | off }", of: flag(.dynamic), action: setFlag),
  LinkKeyword("type*: KIND …") { _, link, words throws(Failure) in
    let kind = try words.operand()
    if link.kind != nil { throw .duplicate([UInt8]("type"), kind) }
    link.kind = kind
  },
  LinkKeyword("alias*: TEXT") { request, link, words throws(Failure) in
    let alias = try words.operand()
    // IFALIASZ, with the NUL that does not travel.
    guard alias.count < 256 else { throw .wrong(alias, "alias too long") }
    if link.role == .existing { request.set(.alias, to: alias) } else { link.later.alias = alias }
  },
  LinkKeyword("altname: NAME") { _, link, words throws(Failure) in
    // Of a link that is there, `link property` knows how to.
    if link.role == .existing || link.role == .doomed { return try link.take(device: [UInt8]("altname")) }
    link.later.alternativeNames.append(try alternativeName(&words))
  },
  LinkKeyword("group: GROUP", isOnce: true) { _, link, words throws(Failure) in
    let word = try words.operand()
    guard let group = link.session.group(word) else { throw .wrong(word, valueOf: link.keyword) }
    link.group = group
  },
  LinkKeyword("mode: { default | dormant }") { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let mode = number(of: word, in: linkModes) else { throw .wrong(word, "Invalid link mode") }
    request.set(.mode, to: mode)
  },
  LinkKeyword("state: STATE") { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let state = number(of: word, in: operationalStates) else { throw .wrong(word, "Invalid operstate") }
    request.set(.operationalState, to: state)
  },
  LinkKeyword(
    "numtxqueues*: COUNT", isOnce: true, of: number(.transmitQueues), action: setNumber),
  LinkKeyword("numrxqueues*: COUNT", isOnce: true, of: number(.receiveQueues), action: setNumber),
  LinkKeyword("addrgenmode*: { eui64 | none | stable_secret | random }") {
    request, link, words throws(Failure) in
    let word = try words.operand()
    guard let mode = number(of: word, in: addressGenerationModes) else {
      throw .wrong(word, "Invalid address generation mode")
    }
    if link.role == .existing { request.setAddressGeneration(mode) } else { link.later.addressGeneration = mode }
  },
  LinkKeyword("link-netns*: NETNS") { _, link, words throws(Failure) in
    let word = try words.operand()
    try link.checkPeerNamespace(word)
    let namespace = try NamespaceArgument(word, keyword: link.keyword)
    link.peerNamespace = namespace
  },
  LinkKeyword("link-netnsid*: ID") { _, link, words throws(Failure) in
    let word = try words.operand()
    try link.checkPeerNamespace(word)
    guard let id = word.number(as: Int32.self) else { throw .wrong(word, valueOf: link.keyword) }
    link.peerNamespaceID = id
  },
  LinkKeyword("protodown: { on | off }", of: onOrOff(.protocolDown), action: setOnOrOff),
  LinkKeyword("protodown_reason: N { on | off }") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let reason = word.number(as: UInt8.self), reason < 32 else { throw .wrong(word, "invalid protodown reason") }
    let value = try words.operand()
    guard let isOn = value.isOn else { throw .notOnOrOff(link.keyword, value) }
    request.setProtocolDownReason(reason, on: isOn)
  },
  LinkKeyword("gso_max_size: BYTES", of: number(.gsoMaxSize, upTo: .max), action: setNumber),
  LinkKeyword(
    "gso_max_segs: PACKETS", of: number(.gsoMaxSegments, upTo: 65535), action: setNumber),
  LinkKeyword("gro_max_size: BYTES", of: number(.groMaxSize, upTo: .max), action: setNumber),
  LinkKeyword(
    "gso_ipv4_max_size: BYTES", of: number(.gsoIPv4MaxSize, upTo: .max), action: setNumber),
  LinkKeyword(
    "gro_ipv4_max_size: BYTES", of: number(.groIPv4MaxSize, upTo: .max), action: setNumber),
  LinkKeyword("parentdev: NAME") { request, _, words throws(Failure) in
    request.set(.parentDevice, to: try words.operand() + [0])
  },
  LinkKeyword("help*") { _, link, _ throws(Failure) in throw .usage(of: .link, link.session.programName) },
  LinkKeyword("dev: DEVICE") { _, link, words throws(Failure) in
    try link.take(device: try words.operand())
  },
]

// What several keywords do, and the value by which each of them does it.

/// A number of a property's own; where C reads a signed one, as for most, half the range is left.
private func number(_ property: Property<Link, UInt32>, upTo maximum: UInt32 = UInt32(Int32.max)) -> UInt64 {
  UInt64(property.type) << 32 | UInt64(maximum)
}

private func setNumber(
  _ request: inout LinkRequest, _ link: LinkArguments, _ words: inout Words
) throws(Failure) {
  let word = try words.operand()
  guard let number = word.number(as: UInt32.self), number <= UInt32(truncatingIfNeeded: link.value) else {
    throw .wrong(word, valueOf: link.keyword)
  }
  request.set(Property<Link, UInt32>(Int(link.value >> 32)), to: number)
}

private func flag(_ flag: LinkFlags, isInverted: Bool = false) -> UInt64 {
  UInt64(flag.rawValue) | (isInverted ? 1 << 32 : 0)
}

private func setFlag(_ request: inout LinkRequest, _ link: LinkArguments, _ words: inout Words) throws(Failure) {
  let word = try words.operand()
  guard let isOn = word.isOn else { throw .notOnOrOff(link.keyword, word) }
  request.set(LinkFlags(rawValue: UInt32(truncatingIfNeeded: link.value)), on: isOn != (link.value >> 32 == 1))
}

private func onOrOff(_ property: Property<Link, UInt8>) -> UInt64 { UInt64(property.type) }

private func setOnOrOff(_ request: inout LinkRequest, _ link: LinkArguments, _ words: inout Words) throws(Failure) {
  let word = try words.operand()
  guard let isOn = word.isOn else { throw .notOffOrOn(link.keyword, word, status: 22) }
  request.set(Property<Link, UInt8>(Int(link.value)), to: isOn ? 1 : 0)
}

private func xdp(_ mode: XDPFlags) -> UInt64 { UInt64(mode.rawValue) }

private func setXDP(_ request: inout LinkRequest, _ link: LinkArguments, _ words: inout Words) throws(Failure) {
  let word = try words.operand()
  switch word {
  case "off", "none": link.program = nil
  case "pinned":
    let path = try words.operand()
    do throws(Errno) {
      let program = try FileDescriptor.open(pinnedProgram: path)
      link.program = consume program
    } catch {
      throw Failure(255, "Couldn't retrieve pinned program '%': %", path, error.text)
    }
  case "object":
    throw Failure(255, "To load an object takes libbpf: have `bpftool prog load` pin it, and say `xdp pinned PATH`.")
  default: throw Failure(255, "What mode is \"%\"?", word)
  }
  let mode = XDPFlags(rawValue: UInt32(link.value))
  // With -force, it takes the place of one that is there.
  request.setXDP(program: link.programDescriptor, link.session.options.isForced ? mode : mode.union(.unlessThere))
}

/// A further name, of up to 127 bytes.
func alternativeName(_ words: inout Words) throws(Failure) -> [UInt8] {
  let name = try words.operand()
  guard (1...127).contains(name.count) else { throw .wrong(name, "not a valid altname", spaced: false) }
  return name
}

/// The number of a word in a list, whatever its case.
private func number(of word: [UInt8], in list: [StaticString]) -> UInt8? {
  for (position, candidate) in list.enumerated() where word.equalsIgnoringCase(candidate) { return UInt8(position) }
  return nil
}

extension Session {
  /// A group by its name or number.
  func group(_ word: [UInt8]) -> UInt32? {
    groups.number(named: word) ?? word.number(as: UInt32.self).flatMap { $0 <= Int32.max ? $0 : nil }
  }
}
