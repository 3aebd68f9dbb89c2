internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

// `attach NETNS …` and `detach NETNS …`: a container's network in one command.

/// `attach`: a pair between here and a container.
func attach(_ words: inout Words, _ session: Session) throws(Failure) {
  let arguments = AttachArguments(session)
  let said = try arguments.parse(&words, attachKeywords)
  let container = try said.take()
  let attachment: Attachment
  do throws(NetlinkError) { attachment = try Attachment(arguments.name, in: container) } catch {
    throw Failure(error)
  }
  if let host = arguments.host { attachment.hostName = host }
  attachment.bridge = arguments.bridge
  attachment.addresses = arguments.addresses
  attachment.gateways = arguments.gateways
  attachment.mtu = arguments.mtu
  attachment.address = arguments.address
  do throws(PairError) { try attachment.make() } catch { throw Failure(error) }
  try said.checkProcess()
  session.out.beginObject()
  session.out.json("ifname", arguments.name)
  session.out.json("ifindex", attachment.index)
  if session.out.isJSON || arguments.host == nil { session.out.field("host", "", attachment.hostName, "\n") }
  session.out.json("host_ifindex", attachment.hostIndex)
  if let bridge = arguments.bridge { session.out.json("bridge", bridge) }
  session.out.endObject()
}

/// `detach`: takes the pair away that ends in a container.
func detach(_ words: inout Words, _ session: Session) throws(Failure) {
  let arguments = AttachArguments(session)
  let container = try arguments.parse(&words, detachKeywords)
  do throws(NetlinkError) {
    var socket = try container.socket()
    var found: (index: Int32, isVeth: Bool)? = nil
    _ = socket.withLink(arguments.name) { found = ($0.index, $0.isOfKind(Veth.kind)) }
    guard let found, found.isVeth else { throw NetlinkError.systemCall("no veth", .noSuchDevice) }
    var request = LinkRequest.delete()
    request.setIndex(found.index)
    try socket.send(&request)
  } catch { throw Failure(error).naming(arguments.name) }
}

/// What was said behind the namespace.
private final class AttachArguments {
  let session: Session
  var name = [UInt8]("eth0")
  var host: [UInt8]? = nil
  var bridge: [UInt8]? = nil
  var addresses: [IPPrefix] = []
  var gateways: [IPAddress] = []
  var mtu: UInt32? = nil
  var address: HardwareAddress? = nil

  init(_ session: Session) { self.session = session }

  /// Reads `NETNS` and the keywords behind it.
  ///
  /// - Returns: the container's namespace, which is not our own.
  func parse(
    _ words: inout Words, _ rows: [Keyword<NoTarget, AttachArguments>]
  ) throws(Failure) -> NamespaceArgument {
    let container = try NamespaceArgument(try words.operand(), keyword: [UInt8]("netns"))
    try container.refuseOwn()
    var nothing = NoTarget()
    while let word = words.next() {
      guard let row = position(of: word, in: rows) else { throw .duplicateOrGarbage("netns", word) }
      do throws(Failure) { try rows[row].action(&nothing, self, &words) } catch {
        throw error.blaming(rows[row].spellings.name)
      }
    }
    return container
  }

  /// A name for a new link.
  static func linkName(_ words: inout Words) throws(Failure) -> [UInt8] {
    let name = try words.operand()
    guard isLinkName(name), name.count <= KernelName.maximumCount else {
      throw .wrong(name, "\"name\" not a valid ifname", spaced: false)
    }
    return name
  }
}

/// What the actions change: nothing but the arguments.
private struct NoTarget: ~Copyable {}

private let detachKeywords: [Keyword<NoTarget, AttachArguments>] = [nameKeyword]

private let attachKeywords: [Keyword<NoTarget, AttachArguments>] = [
  nameKeyword,
  Keyword("host: NAME") { _, arguments, words throws(Failure) in
    arguments.host = try AttachArguments.linkName(&words)
  },
  Keyword("bridge master: BRIDGE") { _, arguments, words throws(Failure) in arguments.bridge = try words.operand() },
  Keyword("addr: PREFIX") { _, arguments, words throws(Failure) in
    arguments.addresses.append(try arguments.session.prefix(try words.operand(), family: nil).prefix)
  },
  Keyword("gateway via: ADDRESS") { _, arguments, words throws(Failure) in
    let word = try words.operand()
    guard let gateway = ipAddress(word, family: nil) else { throw .wrong(word, "an IP address is expected") }
    arguments.gateways.append(gateway)
  },
  Keyword("mtu: BYTES") { _, arguments, words throws(Failure) in
    let word = try words.operand()
    guard let mtu = word.number(as: UInt32.self) else { throw .wrong(word, valueOf: [UInt8]("mtu")) }
    arguments.mtu = mtu
  },
  Keyword("address: ADDRESS") { _, arguments, words throws(Failure) in
    arguments.address = try hardwareAddress(try words.operand())
  },
]

private let nameKeyword = Keyword<NoTarget, AttachArguments>("name: NAME") { _, arguments, words throws(Failure) in
  arguments.name = try AttachArguments.linkName(&words)
}
