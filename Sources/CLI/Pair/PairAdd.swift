internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair add`: creates a pair with all settings of both ends, or nothing.
let pairAdd: Verb = Verb("add*", usage: "add END peer END") { words, session throws(Failure) in
  let pair = try PairArguments(&words, session)
  if let word = words.next() { throw .duplicateOrGarbage("peer", word) }
  let vethPair = try pair.vethPair()
  try asPairFailure(vethPair.create())
}

/// The words `END peer END`, parsed.
struct PairArguments {
  let own: PairEndArguments
  let peer: PairEndArguments

  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    own = try PairEndArguments(&words, names)
    guard words.consume("peer") else {
      throw Failure(1, "Not enough information: \"peer\" and its name are required.")
    }
    peer = try PairEndArguments(&words, names)
  }

  /// The pair, with a socket in the namespace of each end.
  func vethPair() throws(Failure) -> VethPair { VethPair(try own.pairEnd(), peer: try peer.pairEnd()) }
}

/// The words `NAME [ netns NETNS ] [ SETTINGS ] [ master BRIDGE ] [ addr PREFIX [ nodad ] ]… [ up | down ]`, parsed.
struct PairEndArguments {
  let name: LinkName
  private let link: LinkArguments
  private var addresses: [EndAddress] = []

  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    var link = LinkArguments(.end)
    // An end begins with its name, even if the name abbreviates a keyword.
    if let word = words.peek, !LinkArguments.isKeyword(word), !(word == "peer") {
      try link.parse(device: words.operand())
    }
    while let word = words.peek, !(word == "peer"), !(word == "dry-run") {
      if words.consume("addr") {
        let prefix = try PrefixArgument(words.operand(), family: nil, names).prefix
        addresses.append(EndAddress(prefix, skipsDetection: words.consume("nodad")))
      } else {
        _ = words.next()
        try link.parse(word, &words, names)
      }
    }
    guard let name = link.newName else { throw Failure(1, "Not enough information: each end of a pair needs a name.") }
    self.name = try LinkName(newInterface: name)
    if let keyword = link.firstGiven(of: "type link link-netns link-netnsid vrf xdp xdpgeneric xdpdrv xdpoffload") {
      throw Failure(1, "\"%\" is not a setting of an end of a pair.", keyword)
    }
    self.link = link
  }

  /// The end, with a socket in its namespace.
  fileprivate func pairEnd() throws(Failure) -> PairEnd {
    let namespace = try Namespace.given(by: link.namespace)
    let end: PairEnd
    do throws(Failure) { end = try asFailure(PairEnd(name, in: namespace)) } catch {
      let word = link.namespace?.word ?? [UInt8]("self")
      throw error.adding(sentence("%: no socket in network namespace \"%\"", name.bytes, word)).about(device: name)
    }
    end.settings = link.settings
    end.settings.index = link.index
    end.settings[.group] = link.group
    end.master = link.master
    end.addresses = addresses
    return end
  }
}
