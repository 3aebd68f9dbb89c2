internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The links and addresses that a listing shows.
struct ShowFilter {
  /// The only link to show.
  private(set) var device: LinkName? = nil
  fileprivate var isUp: Bool? = nil
  /// The index of the master; -1 for links without a master.
  fileprivate(set) var master: Int32? = nil
  /// The kind of the link or, with `_slave` behind it, of the link's master.
  fileprivate var kind: [UInt8]? = nil
  fileprivate var group: UInt32? = nil
  fileprivate(set) var addresses: AddressFilter

  /// Parses filters in any order; a word that is no filter is the device.
  ///
  /// - Parameter object: the object whose usage text `help` prints.
  init(_ words: inout Words, _ names: any NameResolver, of object: CommandObject) throws(Failure) {
    addresses = AddressFilter(family: names.family)
    while let word = words.next() {
      if let row = position(of: word, in: Self.keywords) {
        try Self.keywords[row].parse(into: &self, &words, names)
      } else if addresses.parse(flag: word) {
        continue
      } else if try Self.isHelp(word, names) {
        throw object.usageFailure(names)
      } else {
        try parse(device: word)
      }
    }
  }

  /// Whether a word is an abbreviation of `help`, and not the name of a link.
  private static func isHelp(_ word: [UInt8], _ names: any NameResolver) throws(Failure) -> Bool {
    guard word.abbreviates("help") else { return false }
    guard let name = LinkName(bytes: word), !(word == "help") else { return true }
    return try names.linkIndex(of: name) == nil
  }

  fileprivate mutating func parse(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    guard let name = LinkName(bytes: word) else { throw Failure(1, "Device \"%\" does not exist.", word) }
    device = name
  }

  /// The index of the only link; nil for all links.
  func deviceIndex(_ session: Session) throws(Failure) -> Int32? {
    guard let device else { return nil }
    if let index = try session.linkIndex(of: device) { return index }
    throw Failure(1, "Device \"%\" does not exist.", device.bytes).about(device: device)
      .hinted { session.hintForMissing(device) }
  }

  /// The kind for the request, by which the kernel filters.
  var kernelKind: KernelName? { portKind == nil ? kind.flatMap { KernelName(bytes: $0) } : nil }

  /// Whether a link passes the filters, including those of the kernel.
  @inline(never)
  func allows(_ link: borrowing Link) -> Bool {
    if let isUp, link.flags.contains(.up) != isUp { return false }
    if let master, (link[.master] ?? 0) != max(master, 0) { return false }
    if let group, link[.group] != group { return false }
    if let portKind { return link.isPort(ofKind: portKind) }
    if let kind { return link.isOfKind(kind) }
    return true
  }

  /// The kind of the master in `type KIND_slave`; nil for any other filter.
  private var portKind: [UInt8]? {
    let suffix: StaticString = "_slave"
    guard let kind, kind.count > suffix.utf8CodeUnitCount else { return nil }
    let start = kind.count - suffix.utf8CodeUnitCount
    return [UInt8](kind[start...]) == suffix ? [UInt8](kind[..<start]) : nil
  }
}

extension ShowFilter {
  /// The filters, in the order in which `ip` tries abbreviations.
  static let keywords: [Keyword<ShowFilter>] = [
    Keyword("up") { filter, _, _ in filter.isUp = true },
    Keyword("down") { filter, _, _ in filter.isUp = false },
    Keyword("master: DEVICE") { filter, words, names throws(Failure) in
      filter.master = try names.existingIndex(words.operand())
    },
    Keyword("nomaster") { filter, _, _ in filter.master = -1 },
    Keyword("vrf: DEVICE") { filter, words, names throws(Failure) in
      filter.master = try names.existingVRFIndex(words.operand())
    },
    Keyword("type: { KIND | KIND_slave }") { filter, words, _ throws(Failure) in filter.kind = try words.operand() },
    Keyword("group: GROUP") { filter, words, names throws(Failure) in
      let word = try words.operand()
      guard let group = names.group(word) else { throw .wrong(word, valueOf: "group") }
      filter.group = group
    },
    // Virtual functions are never requested.
    Keyword("novf") { _, _, _ in },
    Keyword("to: PREFIX") { filter, words, names throws(Failure) in
      try filter.addresses.parse(prefix: words.operand(), names)
    },
    Keyword("scope: { SCOPE | all }") { filter, words, names throws(Failure) in
      let word = try words.operand()
      filter.addresses.scope = names.scope(word)
      if filter.addresses.scope == nil, !(word == "all") { throw .wrong(word, "invalid \"scope\"") }
    },
    Keyword("label: PATTERN") { filter, words, _ throws(Failure) in filter.addresses.label = try words.operand() },
    Keyword("proto: { NAME | N }") { filter, words, names throws(Failure) in
      filter.addresses.addressProtocol = try names.addressProtocol(words.operand())
    },
    Keyword("dev: DEVICE") { filter, words, _ throws(Failure) in try filter.parse(device: words.operand()) },
  ]
}
