internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

// `attach NETNS …` and `detach NETNS …`: a container's network in one command.

/// `attach`: a pair between here and a container.
func attach(_ words: inout Words, _ session: Session) throws(Failure) {
  let container = try containerNamespace(&words)
  let namespace = try container.take()
  var attachment: Attachment
  do throws(NetlinkError) { attachment = try Attachment(to: namespace) } catch { throw Failure(error) }
  while let word = words.next() {
    guard let row = position(of: word, in: attachKeywords) else { throw .duplicateOrGarbage("netns", word) }
    do throws(Failure) { try attachKeywords[row].action(&attachment, session, &words) } catch {
      throw error.blaming(attachKeywords[row].spellings.name)
    }
  }
  let isNumbered = attachment.hostName.contains(ascii("%"))
  do throws(PairError) { try attachment.make() } catch { throw Failure(error) }
  try container.checkProcess()
  session.out.beginObject()
  session.out.json("ifname", attachment.name)
  session.out.json("ifindex", attachment.index)
  if session.out.isJSON || isNumbered { session.out.field("host", "", attachment.hostName, "\n") }
  session.out.json("host_ifindex", attachment.hostIndex)
  if let bridge = attachment.bridge { session.out.json("bridge", bridge) }
  session.out.endObject()
}

private let attachKeywords: [Keyword<Attachment, Session>] = [
  Keyword("name: NAME") { attachment, _, words throws(Failure) in attachment.name = try newLinkName(&words) },
  Keyword("host: NAME") { attachment, _, words throws(Failure) in attachment.hostName = try newLinkName(&words) },
  Keyword("bridge master: BRIDGE") { attachment, _, words throws(Failure) in attachment.bridge = try words.operand() },
  Keyword("addr: PREFIX") { attachment, session, words throws(Failure) in
    attachment.add(try session.prefix(try words.operand(), family: nil).prefix)
  },
  Keyword("gateway via: ADDRESS") { attachment, _, words throws(Failure) in
    let word = try words.operand()
    guard let gateway = ipAddress(word, family: nil) else { throw .wrong(word, "an IP address is expected") }
    attachment.gateways.append(gateway)
  },
  Keyword("mtu: BYTES") { attachment, _, words throws(Failure) in
    let word = try words.operand()
    guard let mtu = word.number(as: UInt32.self) else { throw .wrong(word, valueOf: [UInt8]("mtu")) }
    attachment.mtu = mtu
  },
  Keyword("address: ADDRESS") { attachment, _, words throws(Failure) in
    attachment.address = try hardwareAddress(try words.operand())
  },
]

/// `detach`: takes the pair away that ends in a container.
func detach(_ words: inout Words, _ session: Session) throws(Failure) {
  let container = try containerNamespace(&words)
  var name = [UInt8]("eth0")
  while let word = words.next() {
    guard word == "name" else { throw .duplicateOrGarbage("netns", word) }
    name = try newLinkName(&words)
  }
  do throws(NetlinkError) {
    var socket = try container.socket()
    var found: (index: Int32, isVeth: Bool)? = nil
    _ = socket.withLink(name) { found = ($0.index, $0.isOfKind(Veth.kind)) }
    guard let found, found.isVeth else { throw NetlinkError.systemCall("no veth", .noSuchDevice) }
    var request = LinkRequest.delete()
    request.setIndex(found.index)
    try socket.send(&request)
  } catch { throw Failure(error).naming(name) }
}

/// `NETNS`, which is not our own.
private func containerNamespace(_ words: inout Words) throws(Failure) -> NamespaceArgument {
  let container = try NamespaceArgument(try words.operand(), keyword: [UInt8]("netns"))
  try container.refuseOwn()
  return container
}
