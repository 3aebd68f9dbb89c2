internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The words that describe an address: `PREFIX dev DEVICE …`, parsed.
struct AddressArguments {
  /// The settings that depend on one word each.
  var settings = AddressSettings()
  /// The family of all addresses: that of the options, or of the first address.
  private(set) var family: IPAddress.Family?
  /// The address, as a prefix and as the given word.
  private(set) var local: PrefixArgument? = nil
  var peer: PrefixArgument? = nil
  var device: LinkName? = nil
  var broadcast: Broadcast? = nil
  var scope: UInt8? = nil
  var flags: AddressFlags = []
  var validLifetime: UInt32? = nil
  var preferredLifetime: UInt32? = nil

  enum Broadcast { case allOnes, allZeros, address(IPAddress) }

  /// Parses keywords in any order; a word that is no keyword is the address.
  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    switch names.family {
    case .inet?: family = .v4
    case .inet6?: family = .v6
    default: family = nil
    }
    do throws(Failure) {
      while let word = words.next() {
        if let row = position(of: word, in: addressKeywords) {
          try addressKeywords[row].parse(into: &self, &words, names)
        } else {
          try parse(local: word, names)
        }
      }
    } catch { throw error.about(device: device) }
  }

  /// Parses the address itself.
  mutating func parse(local word: [UInt8], _ names: any NameResolver) throws(Failure) {
    if local != nil { throw .duplicateOrGarbage("local", word) }
    local = try prefix(word, names)
  }

  /// Parses a prefix, whose family is then that of all addresses.
  @inline(never)
  mutating func prefix(_ word: [UInt8], _ names: any NameResolver) throws(Failure) -> PrefixArgument {
    let argument = try PrefixArgument(word, family: family, names)
    family = argument.prefix.address.family
    return argument
  }

  /// Parses an address, whose family is then that of all addresses.
  @inline(never)
  mutating func address(_ word: [UInt8]) throws(Failure) -> IPAddress {
    guard let address = IPAddress(text: word, family: family) else {
      throw Failure(1, "Error: % address is expected rather than \"%\".", [UInt8](familyWord(family)), word)
    }
    family = address.family
    return address
  }
}

/// A given prefix: `10.0.0.1/24`, or an address without a length.
struct PrefixArgument {
  let word: [UInt8]
  let prefix: IPPrefix

  /// Whether the word has a length; by default, the prefix is the whole address.
  var hasLength: Bool { word.contains(ascii("/")) }

  /// Parses a prefix of a family, or of any.
  @inline(never)
  init(_ word: [UInt8], family: IPAddress.Family?, _ names: any NameResolver) throws(Failure) {
    guard let prefix = IPPrefix(text: word, family: family) else {
      throw Failure(1, "Error: % prefix is expected rather than \"%\".", [UInt8](familyWord(family)), word)
    }
    if names.family == .link || names.family == .other {
      throw Failure(
        1, "Error: \"%\" may be % prefix, but it is not allowed in this context.", word,
        [UInt8](familyWord(prefix.address.family)))
    }
    self.word = word
    self.prefix = prefix
  }
}

private func familyWord(_ family: IPAddress.Family?) -> StaticString {
  switch family {
  case .v4?: "inet"
  case .v6?: "inet6"
  case nil: "any valid"
  }
}

/// The settings of any address, in the order in which `ip` tries abbreviations.
let addressKeywords: [Keyword<AddressArguments>] = [
  Keyword("peer remote: PREFIX", parsePeer),
  Keyword("broadcast* brd: { ADDRESS | + | - }", parseBroadcast),
  Keyword("anycast: ADDRESS") { address, words, _ throws(Failure) in
    address.settings[.anycast] = try address.address(words.operand())
  },
  Keyword("scope: { global | site | link | host | nowhere | N }", parseScope),
  Keyword("dev: DEVICE", parseDevice),
  // The kernel refuses a label of more than 15 bytes.
  Keyword("label: TEXT") { address, words, _ throws(Failure) in address.settings.set(label: try words.operand()) },
  Keyword("metric* priority* preference*: N", parseMetric),
  Keyword("valid_lft*: { forever | SECONDS }", parseValidLifetime),
  Keyword("preferred_lft*: { forever | SECONDS }", parsePreferredLifetime),
  Keyword("proto: { NAME | N }") { address, words, names throws(Failure) in
    address.settings[.addressProtocol] = try names.addressProtocol(words.operand())
  },
  Keyword("nodad", flag(.noDuplicateDetection)),
  Keyword("optimistic", flag(.optimistic)),
  Keyword("home", flag(.home)),
  Keyword("mngtmpaddr", flag(.managesTemporary)),
  Keyword("noprefixroute", flag(.noPrefixRoute)),
  Keyword("autojoin", flag(.autoJoin)),
  Keyword("secondary", kernelFlag("secondary")),
  Keyword("temporary", kernelFlag("temporary")),
  Keyword("dadfailed", kernelFlag("dadfailed")),
  Keyword("deprecated", kernelFlag("deprecated")),
  Keyword("tentative", kernelFlag("tentative")),
  Keyword("permanent", kernelFlag("permanent")),
  Keyword("stable-privacy", kernelFlag("stable-privacy")),
  Keyword("local: PREFIX") { address, words, names throws(Failure) in
    try address.parse(local: words.operand(), names)
  },
  Keyword("help*") { _, _, names throws(Failure) in throw addressObject.usageFailure(names) },
]

/// A flag that is set.
private func flag(_ flag: AddressFlags) -> Keyword<AddressArguments>.Parser {
  { address, _, _ in address.flags.insert(flag) }
}

/// A flag that only the kernel sets.
private func kernelFlag(_ word: StaticString) -> Keyword<AddressArguments>.Parser {
  { _, _, names in names.warn(sentence("% option is not mutable from userspace", [UInt8](word))) }
}

private func parsePeer(
  _ address: inout AddressArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  if address.peer != nil { throw .duplicate("peer", word) }
  address.peer = try address.prefix(word, names)
}

private func parseBroadcast(
  _ address: inout AddressArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  if address.broadcast != nil { throw .duplicate("broadcast", word) }
  switch word {
  case "+": address.broadcast = .allOnes
  case "-": address.broadcast = .allZeros
  default: address.broadcast = .address(try address.address(word))
  }
}

private func parseScope(
  _ address: inout AddressArguments, _ words: inout Words, _ names: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let scope = names.scope(word) else { throw .wrong(word, "invalid scope value.", spaced: false) }
  address.scope = scope
}

private func parseDevice(
  _ address: inout AddressArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  if address.device != nil { throw .duplicate("dev", word) }
  address.device = try LinkName(device: word)
}

private func parseMetric(
  _ address: inout AddressArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  let word = try words.operand()
  guard let metric = word.number(as: UInt32.self) else { throw .wrong(word, "\"metric\" value is invalid") }
  address.settings[.metric] = metric
}

private func parseValidLifetime(
  _ address: inout AddressArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  address.validLifetime = try lifetime(&words, after: address.validLifetime, "valid_lft", "valid_lft value")
}

private func parsePreferredLifetime(
  _ address: inout AddressArguments, _ words: inout Words, _: any NameResolver
) throws(Failure) {
  address.preferredLifetime = try lifetime(
    &words, after: address.preferredLifetime, "preferred_lft", "preferred_lft value")
}

/// A lifetime in seconds, which may be given once.
private func lifetime(
  _ words: inout Words, after first: UInt32?, _ keyword: StaticString, _ reason: StaticString
) throws(Failure) -> UInt32 {
  let word = try words.operand()
  if first != nil { throw .duplicate(keyword, word) }
  if word == "forever" { return AddressLifetime.forever }
  guard let seconds = word.number(as: UInt32.self) else { throw .wrong(word, reason, spaced: false) }
  return seconds
}
