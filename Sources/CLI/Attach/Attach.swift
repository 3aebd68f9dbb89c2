internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `attach NETNS …`: connects a container to the network, with all settings or not at all.
let attachObject: CommandObject = CommandObject(
  "attach",
  verbs: [
    Verb(
      "attach*",
      usage: """
        NETNS [ name NAME ] [ host NAME ] [ bridge BRIDGE ] [ addr PREFIX ]… [ gateway ADDRESS ]… [ mtu BYTES ] [ address ADDRESS ]
        """, attach)
  ], hasOneVerb: true)

@Sendable private func attach(_ words: inout Words, _ session: Session) throws(Failure) {
  let arguments = try AttachArguments(&words, session)
  let container = try arguments.container.open()
  let attachment = try asFailure(Attachment(to: container, name: arguments.name))
  attachment.hostName = arguments.hostName
  attachment.bridge = arguments.bridge
  attachment.gateways = arguments.gateways
  attachment.mtu = arguments.mtu
  attachment.address = arguments.address
  attachment.addresses = arguments.addresses
  let links = try asPairFailure(attachment.make())
  do throws(Failure) { try arguments.container.checkProcess() } catch {
    guard let reason = attachment.remove() else { throw error.adding([UInt8]("The pair was removed again.")) }
    throw error.adding(sentence("%: not removed: %", arguments.name.bytes, Failure(reason).message))
  }
  show(links, arguments, session)
}

private func show(_ links: Attachment.Links, _ arguments: AttachArguments, _ session: Session) {
  session.out.beginObject()
  session.out.json("ifname", arguments.name.bytes)
  session.out.json("ifindex", links.index)
  if session.out.isJSON || arguments.hostName.isPattern {
    session.out.field("host", "", links.hostName.bytes, spaced: false)
    session.out.endRecord()
  }
  session.out.json("host_ifindex", links.hostIndex)
  session.out.json("netns", arguments.container.word)
  if let bridge = arguments.bridge { session.out.json("bridge", bridge.bytes) }
  session.out.beginArray("addresses")
  for address in arguments.addresses { session.out.element(address.text) }
  session.out.endArray()
  session.out.beginArray("gateways")
  for gateway in arguments.gateways { session.out.element(gateway) }
  session.out.endArray()
  session.out.endObject()
}

/// The words of `attach`, parsed.
struct AttachArguments {
  let container: NamespaceArgument
  fileprivate(set) var name: LinkName = "eth0"
  fileprivate(set) var hostName: LinkName = "veth%d"
  fileprivate(set) var bridge: LinkName? = nil
  fileprivate(set) var addresses: [IPPrefix] = []
  fileprivate(set) var gateways: [IPAddress] = []
  fileprivate(set) var mtu: UInt32? = nil
  fileprivate(set) var address: HardwareAddress? = nil

  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    container = try NamespaceArgument.container(&words, names)
    while let word = words.next() {
      guard let row = position(of: word, in: Self.keywords) else { throw .duplicateOrGarbage("netns", word) }
      try Self.keywords[row].parse(into: &self, &words, names)
    }
  }

  static let keywords: [Keyword<AttachArguments>] = [
    Keyword("name: NAME") { arguments, words, _ throws(Failure) in
      let word = try words.operand()
      arguments.name = try LinkName(newInterface: word)
      if arguments.name.isPattern { throw .wrong(word, "\"name\" not a valid ifname", spaced: false) }
    },
    Keyword("host: NAME") { arguments, words, _ throws(Failure) in
      arguments.hostName = try LinkName(newInterface: words.operand())
    },
    Keyword("bridge master: BRIDGE") { arguments, words, _ throws(Failure) in
      arguments.bridge = try words.deviceName()
    },
    Keyword("addr: PREFIX") { arguments, words, names throws(Failure) in
      arguments.addresses.append(try PrefixArgument(words.operand(), family: nil, names).prefix)
    },
    Keyword("gateway via: ADDRESS") { arguments, words, _ throws(Failure) in
      let word = try words.operand()
      guard let gateway = IPAddress(text: word) else { throw .wrong(word, "an IP address is expected") }
      arguments.gateways.append(gateway)
    },
    Keyword("mtu: BYTES") { arguments, words, _ throws(Failure) in
      let word = try words.operand()
      guard let mtu = word.number(as: UInt32.self) else { throw .wrong(word, valueOf: "mtu") }
      arguments.mtu = mtu
    },
    Keyword("address: ADDRESS") { arguments, words, _ throws(Failure) in
      arguments.address = try HardwareAddress(words.operand())
    },
  ]
}

extension NamespaceArgument {
  /// Parses the namespace of a container, which cannot be the caller's own.
  static func container(
    _ words: inout Words, _ names: any NameResolver
  ) throws(Failure) -> NamespaceArgument {
    let word = try words.operand()
    if word == "help" { throw pairObject.usageFailure(names) }
    let container = try names.namespace(word, operandOf: "netns")
    try container.refuseOwn()
    return container
  }
}
