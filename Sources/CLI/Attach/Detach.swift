internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `detach NETNS [ name NAME ]`: removes the pair with an end in a container.
let detachObject: CommandObject = CommandObject(
  "detach", verbs: [Verb("detach*", usage: "NETNS [ name NAME ]", detach)], hasOneVerb: true)

@Sendable private func detach(_ words: inout Words, _ session: Session) throws(Failure) {
  let container = try NamespaceArgument.container(&words, session)
  var name: LinkName = "eth0"
  while let word = words.next() {
    guard word == "name" else { throw .duplicateOrGarbage("netns", word) }
    name = try LinkName(newInterface: words.operand())
  }
  do throws(Failure) {
    let namespace = try container.open()
    if try asFailure(Attachment.remove(name, from: namespace)) { return }
  } catch { throw error.naming(name) }
  throw Failure(1, "Network namespace \"%\" has no end of a pair with the name \"%\".", container.word, name.bytes)
    .about(device: name)
}
