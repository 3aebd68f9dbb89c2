internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Puts what was said into the request, or notes it for later.
typealias LinkKeyword = Keyword<LinkRequest, LinkArguments>

/// What may be said of any link, in the order in which `ip` tries abbreviations.
let linkKeywords: [LinkKeyword] = [
  LinkKeyword(.exactly("up")) { request, _, _ in request.set(.up, on: true) },
  LinkKeyword(.exactly("down")) { request, _, _ in request.set(.up, on: false) },
  LinkKeyword(.exactly("name"), operand: "NAME", isOnce: true) { _, link, words throws(Failure) in
    let name = try words.operand()
    guard isLinkName(name), name.count <= KernelName.maximumCount else {
      throw .wrong(name, "\"name\" not a valid ifname", spaced: false)
    }
    link.name = name
  },
  LinkKeyword(.exactly("index"), operand: "INDEX") { _, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = word.number(as: Int32.self), index > 0 else {
      throw .wrong(word, valueOf: "index", spaced: false)
    }
    link.index = index
  },
  LinkKeyword(.shortened("link"), operand: "DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = link.session.index(of: word) else { throw .noSuchDevice(word) }
    request.set(.peerIndex, to: index)
  },
  LinkKeyword(.shortened("address"), operand: "ADDRESS") { request, link, words throws(Failure) in
    let address = try hardwareAddress(try words.operand())
    link.addressLength = address.count
    request.set(.address, to: address)
  },
  LinkKeyword(.shortened("broadcast"), .exactly("brd"), operand: "ADDRESS") { request, _, words throws(Failure) in
    request.set(.broadcast, to: try hardwareAddress(try words.operand()))
  },
  LinkKeyword(
    .shortened("txqueuelen"), .exactly("qlen"), .shortened("txqlen"), operand: "PACKETS", isOnce: true,
    action: number("txqueuelen", .transmitQueueLength)),
  LinkKeyword(.exactly("mtu"), operand: "BYTES", isOnce: true, action: number("mtu", .mtu)),
  LinkKeyword(.exactly("xdp"), operand: xdpOperand, action: xdp([])),
  LinkKeyword(.exactly("xdpgeneric"), operand: xdpOperand, action: xdp(.generic)),
  LinkKeyword(.exactly("xdpdrv"), operand: xdpOperand, action: xdp(.driver)),
  LinkKeyword(.exactly("xdpoffload"), operand: xdpOperand, action: xdp(.hardware)),
  LinkKeyword(.exactly("netns"), operand: "{ NAME | PATH | PID }", isOnce: true) {
    request, link, words throws(Failure) in
    let namespace = try NamespaceArgument(try words.operand(), keyword: "netns")
    namespace.write(to: &request)
    link.namespace = consume namespace
  },
  LinkKeyword(.exactly("multicast"), operand: "{ on | off }", action: flag("multicast", .multicast)),
  LinkKeyword(.exactly("allmulticast"), operand: "{ on | off }", action: flag("allmulticast", .allMulticast)),
  LinkKeyword(.exactly("promisc"), operand: "{ on | off }", action: flag("promisc", .promiscuous)),
  LinkKeyword(.exactly("trailers"), operand: "{ on | off }", action: flag("trailers", .noTrailers, isInverted: true)),
  LinkKeyword(.exactly("arp"), operand: "{ on | off }", action: flag("arp", .noARP, isInverted: true)),
  LinkKeyword(.exactly("carrier"), operand: "{ on | off }", action: onOrOff("carrier", .carrier)),
  // Nothing that a veth or a bridge has: the kernel would say the same.
  LinkKeyword(.exactly("vf"), operand: "…") { _, _, _ throws(Failure) in
    throw Failure(2, "RTNETLINK answers: Operation not supported")
  },
  LinkKeyword(.shortened("master"), operand: "DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = link.session.index(of: word) else { throw .wrong(word, "Device does not exist") }
    request.set(.master, to: index)
  },
  LinkKeyword(.exactly("vrf"), operand: "DEVICE") { request, link, words throws(Failure) in
    let word = try words.operand()
    guard let index = link.session.index(ofVRF: word) else { throw .wrong(word, "Not a valid VRF name") }
    request.set(.master, to: index)
  },
  LinkKeyword(.shortened("nomaster")) { request, _, _ in request.set(.master, to: 0) },
  LinkKeyword(.shortened("dynamic"), operand: "{ on | off }", action: flag("dynamic", .dynamic)),
  LinkKeyword(.shortened("type"), operand: "KIND …") { _, link, words throws(Failure) in
    let kind = try words.operand()
    if link.kind != nil { throw .duplicate("type", kind) }
    link.kind = kind
  },
  LinkKeyword(.shortened("alias"), operand: "TEXT") { request, _, words throws(Failure) in
    let alias = try words.operand()
    // IFALIASZ, with the NUL that does not travel.
    guard alias.count < 256 else { throw .wrong(alias, "alias too long") }
    request.set(.alias, to: alias)
  },
  LinkKeyword(.exactly("group"), operand: "GROUP", isOnce: true) { _, link, words throws(Failure) in
    let word = try words.operand()
    guard let group = link.session.group(word) else { throw .wrong(word, valueOf: "group") }
    link.group = group
  },
  LinkKeyword(.exactly("mode"), operand: "{ default | dormant }") { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let mode = number(of: word, in: linkModes) else { throw .wrong(word, "Invalid link mode") }
    request.set(.mode, to: mode)
  },
  LinkKeyword(.exactly("state"), operand: "STATE") { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let state = number(of: word, in: operationalStates) else { throw .wrong(word, "Invalid operstate") }
    request.set(.operationalState, to: state)
  },
  LinkKeyword(
    .shortened("numtxqueues"), operand: "COUNT", isOnce: true, action: number("numtxqueues", .transmitQueues)),
  LinkKeyword(.shortened("numrxqueues"), operand: "COUNT", isOnce: true, action: number("numrxqueues", .receiveQueues)),
  LinkKeyword(.shortened("addrgenmode"), operand: "{ eui64 | none | stable_secret | random }") {
    request, _, words throws(Failure) in
    let word = try words.operand()
    guard let mode = number(of: word, in: addressGenerationModes) else {
      throw .wrong(word, "Invalid address generation mode")
    }
    request.setAddressGeneration(mode)
  },
  LinkKeyword(.shortened("link-netns"), operand: "{ NAME | PATH | PID }") { _, link, words throws(Failure) in
    let word = try words.operand()
    try link.checkPeerNamespace(word)
    let namespace = try NamespaceArgument(word, keyword: "link-netns")
    link.peerNamespace = consume namespace
  },
  LinkKeyword(.shortened("link-netnsid"), operand: "ID") { _, link, words throws(Failure) in
    let word = try words.operand()
    try link.checkPeerNamespace(word)
    guard let id = word.number(as: Int32.self) else { throw .wrong(word, valueOf: "link-netnsid") }
    link.peerNamespaceID = id
  },
  LinkKeyword(.exactly("protodown"), operand: "{ on | off }", action: onOrOff("protodown", .protocolDown)),
  LinkKeyword(.exactly("protodown_reason"), operand: "N { on | off }") { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let reason = word.number(as: UInt8.self), reason < 32 else { throw .wrong(word, "invalid protodown reason") }
    let value = try words.operand()
    guard let isOn = value.isOn else { throw .notOnOrOff("protodown_reason", value) }
    request.setProtocolDownReason(reason, on: isOn)
  },
  LinkKeyword(.exactly("gso_max_size"), operand: "BYTES", action: number("gso_max_size", .gsoMaxSize, upTo: .max)),
  LinkKeyword(
    .exactly("gso_max_segs"), operand: "PACKETS", action: number("gso_max_segs", .gsoMaxSegments, upTo: 65535)),
  LinkKeyword(.exactly("gro_max_size"), operand: "BYTES", action: number("gro_max_size", .groMaxSize, upTo: .max)),
  LinkKeyword(
    .exactly("gso_ipv4_max_size"), operand: "BYTES", action: number("gso_ipv4_max_size", .gsoIPv4MaxSize, upTo: .max)),
  LinkKeyword(
    .exactly("gro_ipv4_max_size"), operand: "BYTES", action: number("gro_ipv4_max_size", .groIPv4MaxSize, upTo: .max)),
  LinkKeyword(.exactly("parentdev"), operand: "NAME") { request, _, words throws(Failure) in
    request.set(.parentDevice, to: try words.operand() + [0])
  },
  LinkKeyword(.shortened("help")) { _, link, _ throws(Failure) in throw .usage(of: .link, link.session.programName) },
  LinkKeyword(.exactly("dev"), operand: "DEVICE") { _, link, words throws(Failure) in
    try link.take(device: try words.operand())
  },
]

/// A number of a property's own; where C reads a signed one, as for most, half the range is left.
private func number(
  _ keyword: StaticString, _ property: Property<Link, UInt32>, upTo maximum: UInt32 = UInt32(Int32.max)
) -> LinkKeyword.Action {
  { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let number = word.number(as: UInt32.self), number <= maximum else { throw .wrong(word, valueOf: keyword) }
    request.set(property, to: number)
  }
}

private var xdpOperand: StaticString { "{ off | none | pinned PATH }" }

private func xdp(_ mode: XDPFlags) -> LinkKeyword.Action {
  { request, link, words throws(Failure) in
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
    // With -force, it takes the place of one that is there.
    request.setXDP(program: link.programDescriptor, link.session.options.isForced ? mode : mode.union(.unlessThere))
  }
}

private func flag(_ keyword: StaticString, _ flag: LinkFlags, isInverted: Bool = false) -> LinkKeyword.Action {
  { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let isOn = word.isOn else { throw .notOnOrOff(keyword, word) }
    request.set(flag, on: isOn != isInverted)
  }
}

private func onOrOff(_ keyword: StaticString, _ property: Property<Link, UInt8>) -> LinkKeyword.Action {
  { request, _, words throws(Failure) in
    let word = try words.operand()
    guard let isOn = word.isOn else { throw .notOffOrOn([UInt8](keyword), word, status: 22) }
    request.set(property, to: isOn ? 1 : 0)
  }
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
