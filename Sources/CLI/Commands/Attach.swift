internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

// `attach NETNS …` and `detach NETNS …`: a container's network in one command.

/// `attach`: a pair between here and a container.
func attach(_ words: inout Words, _ session: Session) throws(Failure) {
  let container = try containerNamespace(&words, session)
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
  do throws(PairError) { try attachment.make() } catch { throw session.failure(error) }
  do throws(Failure) { try container.checkProcess() } catch {
    throw error.adding([UInt8](attachment.remove() ? "What was made is removed again." : "What was made is left."))
  }
  session.out.beginObject()
  session.out.json("ifname", attachment.name)
  session.out.json("ifindex", attachment.index)
  if session.out.isJSON || isNumbered {
    session.out.field("host", "", attachment.hostName, spaced: false)
    session.out.endRecord()
  }
  session.out.json("host_ifindex", attachment.hostIndex)
  session.out.json("netns", container.word)
  if let bridge = attachment.bridge { session.out.json("bridge", bridge) }
  session.out.beginArray("addresses")
  for address in attachment.addresses { session.out.element(address.prefix.text) }
  session.out.endArray()
  session.out.beginArray("gateways")
  for gateway in attachment.gateways { session.out.element(gateway) }
  session.out.endArray()
  session.out.endObject()
}

private let attachKeywords: [Keyword<Attachment, Session>] = [
  Keyword("name: NAME") { attachment, _, words throws(Failure) in
    let name = try newLinkName(&words)
    if name.contains(ascii("%")) { throw .wrong(name, "\"name\" not a valid ifname", spaced: false) }
    attachment.name = name
  },
  Keyword("host: NAME") { attachment, _, words throws(Failure) in attachment.hostName = try newLinkName(&words) },
  Keyword(" bridge master: BRIDGE") { attachment, _, words throws(Failure) in attachment.bridge = try words.operand() },
  Keyword("addr: PREFIX") { attachment, session, words throws(Failure) in
    attachment.add(try session.prefix(try words.operand(), family: nil).prefix)
  },
  Keyword(" gateway via: ADDRESS") { attachment, _, words throws(Failure) in
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
  let container = try containerNamespace(&words, session)
  var name = [UInt8]("eth0")
  while let word = words.next() {
    guard word == "name" else { throw .duplicateOrGarbage("netns", word) }
    name = try newLinkName(&words)
  }
  let namespace = try container.take()
  do throws(NetlinkError) { try Attachment.remove(name, from: namespace) } catch {
    throw Failure(error).naming(name)
  }
}

/// `NETNS`, which is not our own.
private func containerNamespace(_ words: inout Words, _ session: Session) throws(Failure) -> NamespaceArgument {
  let word = try words.operand()
  if word == "help" { throw .usage(of: .pair, session.programName) }
  let container = try NamespaceArgument(word, keyword: [UInt8]("netns"))
  try container.refuseOwn()
  return container
}
