internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Which links and addresses to show.
struct ShowFilter {
  /// The one link to show.
  var device: [UInt8]? = nil
  var isUp: Bool? = nil
  /// The index of the link that they are ports of; -1 for those that are no ports.
  var master: Int32? = nil
  /// The kind of the link or, with `_slave` behind it, the kind that it is a port of.
  var kind: [UInt8]? = nil
  var group: UInt32? = nil
  var addresses: AddressFilter

  /// Reads filters in any order; a word that is none names the device.
  ///
  /// - Parameter topic: what `help` among them is about.
  static func parse(
    _ words: inout Words, _ session: Session, helpOn topic: UsageTopic
  ) throws(Failure) -> ShowFilter {
    var filter = ShowFilter(addresses: AddressFilter(family: session.options.family))
    while let word = words.next() {
      if let row = position(of: word, in: rows) {
        do throws(Failure) { try rows[row].action(&filter, session, &words) } catch {
          throw error.blaming(rows[row].spellings.name)
        }
      } else if filter.addresses.take(flag: word) {
        continue
      } else if word.abbreviates("help"), word == "help" || session.index(of: word) == nil {
        throw .usage(of: topic, session.programName)
      } else {
        try filter.take(device: word)
      }
    }
    return filter
  }

  private mutating func take(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = word
  }

  /// The index of the one link; nil where all are meant.
  func deviceIndex(_ session: Session) throws(Failure) -> Int32? {
    guard let device else { return nil }
    session.errors.device = device
    guard let index = session.index(of: device) else {
      throw Failure(1, "Device \"%\" does not exist.", device).hinted { session.hintForMissing(device) }
    }
    return index
  }

  /// Asks the kernel for no more than is needed, as far as it can be told.
  @inline(never)
  func narrow(_ request: inout LinkRequest) {
    if let master { request.set(.master, to: master) }
    if let kind, portKind == nil { request.setKind(kind) { _ in } }
  }

  /// Whether a link is wanted, as the kernel does not know every filter.
  @inline(never)
  func allows(_ link: borrowing Link) -> Bool {
    if let isUp, link.flags.contains(.up) != isUp { return false }
    if let master, (link[.master] ?? 0) != max(master, 0) { return false }
    if let group, link[.group] != group { return false }
    if let portKind { return link.isPort(ofKind: portKind) }
    if let kind { return link.isOfKind(kind) }
    return true
  }

  /// The kind that links are to be ports of, where that is asked.
  private var portKind: [UInt8]? {
    let suffix: StaticString = "_slave"
    guard let kind, kind.count > suffix.utf8CodeUnitCount else { return nil }
    let start = kind.count - suffix.utf8CodeUnitCount
    return [UInt8](kind[start...]) == suffix ? [UInt8](kind[..<start]) : nil
  }
}

extension ShowFilter {
  static let rows: [Keyword<ShowFilter, Session>] = [
    Keyword("up") { filter, _, _ in filter.isUp = true },
    Keyword("down") { filter, _, _ in filter.isUp = false },
    Keyword("master: DEVICE") { filter, session, words throws(Failure) in
      let word = try words.operand()
      guard let index = session.index(of: word) else { throw .wrong(word, "Device does not exist") }
      filter.master = index
    },
    Keyword("nomaster") { filter, _, _ in filter.master = -1 },
    Keyword("vrf: DEVICE") { filter, session, words throws(Failure) in
      let word = try words.operand()
      guard let index = session.index(ofVRF: word) else { throw .wrong(word, "Not a valid VRF name") }
      filter.master = index
    },
    Keyword("type: { KIND | KIND_slave }") { filter, _, words throws(Failure) in
      filter.kind = try words.operand()
    },
    Keyword("group: GROUP") { filter, session, words throws(Failure) in
      let word = try words.operand()
      guard let group = session.group(word) else { throw .wrong(word, valueOf: [UInt8]("group")) }
      filter.group = group
    },
    // Virtual functions are nothing that a veth has, and are never asked for.
    Keyword("novf") { _, _, _ in },
    Keyword("to: PREFIX") { filter, session, words throws(Failure) in
      try filter.addresses.take(prefix: try words.operand(), session)
    },
    Keyword("scope: { SCOPE | all }") { filter, session, words throws(Failure) in
      let word = try words.operand()
      if word == "all" {
        filter.addresses.scope = nil
      } else if let scope = session.scope(word) {
        filter.addresses.scope = scope
      } else {
        throw .wrong(word, "invalid \"scope\"")
      }
    },
    Keyword("label: PATTERN") { filter, _, words throws(Failure) in
      filter.addresses.label = try words.operand()
    },
    Keyword("proto: { NAME | N }") { filter, session, words throws(Failure) in
      filter.addresses.origin = try session.origin(try words.operand())
    },
    Keyword("dev: DEVICE") { filter, _, words throws(Failure) in
      try filter.take(device: try words.operand())
    },
  ]
}
