internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Puts what was said into the request, or notes it for later.
typealias AddressKeyword = Keyword<AddressRequest, AddressArguments>

/// What may be said of an address, in the order in which `ip` tries abbreviations.
let addressKeywords: [AddressKeyword] = [
  AddressKeyword(" peer remote: PREFIX") { request, arguments, words throws(Failure) in
    let word = try words.operand()
    if arguments.peer != nil { throw .duplicate([UInt8]("peer"), word) }
    arguments.peer = try arguments.prefix(word)
  },
  AddressKeyword(" broadcast* brd: { ADDRESS | + | - }") {
    request, arguments, words throws(Failure) in
    let word = try words.operand()
    if arguments.broadcast != nil { throw .duplicate([UInt8]("broadcast"), word) }
    switch word {
    case "+": arguments.broadcast = .allOnes
    case "-": arguments.broadcast = .allZeros
    default: arguments.broadcast = .address(try arguments.address(word))
    }
  },
  AddressKeyword("anycast: ADDRESS") { request, arguments, words throws(Failure) in
    request.set(.anycast, to: try arguments.address(try words.operand()))
  },
  AddressKeyword("scope: { global | site | link | host | nowhere | N }") {
    request, arguments, words throws(Failure) in
    let word = try words.operand()
    guard let scope = arguments.session.scope(word) else { throw .wrong(word, "invalid scope value.", spaced: false) }
    arguments.scope = scope
  },
  AddressKeyword("dev: DEVICE") { request, arguments, words throws(Failure) in
    let word = try words.operand()
    if arguments.device != nil { throw .duplicate([UInt8]("dev"), word) }
    arguments.device = word
    arguments.session.errors.device = word
  },
  AddressKeyword("label: TEXT") { request, arguments, words throws(Failure) in
    // One that is too long is the kernel's to refuse.
    request.set(.labelAsSaid, to: try words.operand() + [0])
  },
  AddressKeyword(" metric* priority* preference*: N") {
    request, arguments, words throws(Failure) in
    let word = try words.operand()
    guard let metric = word.number(as: UInt32.self) else { throw .wrong(word, "\"metric\" value is invalid") }
    request.set(.metric, to: metric)
  },
  AddressKeyword("valid_lft*: { forever | SECONDS }") {
    request, arguments, words throws(Failure) in
    let word = try words.operand()
    if arguments.valid != nil { throw .duplicate([UInt8]("valid_lft"), word) }
    arguments.valid = try lifetime(word, "valid_lft value")
  },
  AddressKeyword("preferred_lft*: { forever | SECONDS }") {
    request, arguments, words throws(Failure) in
    let word = try words.operand()
    if arguments.preferred != nil { throw .duplicate([UInt8]("preferred_lft"), word) }
    arguments.preferred = try lifetime(word, "preferred_lft value")
  },
  AddressKeyword("proto: { NAME | N }") { request, arguments, words throws(Failure) in
    request.set(.origin, to: try arguments.session.origin(try words.operand()))
  },
  AddressKeyword("nodad", of: flag(.noDuplicateDetection), action: setFlag),
  AddressKeyword("optimistic", of: flag(.optimistic), action: setFlag),
  AddressKeyword("home", of: flag(.home), action: setFlag),
  AddressKeyword("mngtmpaddr", of: flag(.managesTemporary), action: setFlag),
  AddressKeyword("noprefixroute", of: flag(.noPrefixRoute), action: setFlag),
  AddressKeyword("autojoin", of: flag(.autoJoin), action: setFlag),
  AddressKeyword("secondary", action: warnOfFlag),
  AddressKeyword("temporary", action: warnOfFlag),
  AddressKeyword("dadfailed", action: warnOfFlag),
  AddressKeyword("deprecated", action: warnOfFlag),
  AddressKeyword("tentative", action: warnOfFlag),
  AddressKeyword("permanent", action: warnOfFlag),
  AddressKeyword("stable-privacy", action: warnOfFlag),
  AddressKeyword("local: PREFIX") { request, arguments, words throws(Failure) in
    try arguments.take(local: try words.operand())
  },
  AddressKeyword("help*") { _, arguments, _ throws(Failure) in
    throw .usage(of: .address, arguments.session.programName)
  },
]

private func flag(_ flag: AddressFlags) -> UInt64 { UInt64(flag.rawValue) }

private func setFlag(_ request: inout AddressRequest, _ arguments: AddressArguments, _ words: inout Words) {
  arguments.flags.insert(AddressFlags(rawValue: UInt32(arguments.value)))
}

/// A flag that only the kernel sets.
private func warnOfFlag(_ request: inout AddressRequest, _ arguments: AddressArguments, _ words: inout Words) {
  arguments.session.warn(sentence("% option is not mutable from userspace", arguments.keyword))
}

private func lifetime(_ word: [UInt8], _ reason: StaticString) throws(Failure) -> UInt32 {
  if word == "forever" { return AddressLifetime.forever }
  guard let seconds = word.number(as: UInt32.self) else { throw .wrong(word, reason, spaced: false) }
  return seconds
}

extension Session {
  /// A scope by its name or number.
  func scope(_ word: [UInt8]) -> UInt8? {
    (scopes.number(named: word) ?? word.number(as: UInt32.self)).flatMap { UInt8(exactly: $0) }
  }

  /// Who set an address, by name or number.
  func origin(_ word: [UInt8]) throws(Failure) -> UInt8 {
    let number = origins.number(named: word) ?? word.number(as: UInt32.self)
    guard let origin = number.flatMap({ UInt8(exactly: $0) }) else { throw .wrong(word, "\"proto\" value is invalid") }
    return origin
  }
}
