internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `monitor`: tells of changes as they happen, until it is ended or nobody reads it any more.
func monitor(_ words: inout Words, _ session: Session) throws(Failure) {
  try Monitor(try MonitorArguments.parse(&words, session), session).run()
}

private final class Monitor {
  private let session: Session
  private let arguments: MonitorArguments
  /// The one link to tell of.
  private var device: Int32? = nil
  /// The links of our own namespace.
  private let ownNames: LinkNames

  init(_ arguments: MonitorArguments, _ session: Session) throws(Failure) {
    self.session = session
    self.arguments = arguments
    ownNames = session.names
    guard let name = arguments.device else { return }
    device = session.index(of: name)
    if device == nil { throw .wrong(name, "Device does not exist") }
  }

  /// Whether addresses are told of, which with `-0` there are none.
  private var hasAddresses: Bool {
    arguments.includes(.address) && session.options.family != .link && session.options.family != .other
  }

  func run() throws(Failure) {
    // At first, only names are learnt: of links that go away before anyone could ask for them.
    var isOverrun = false
    do throws(NetlinkError) {
      repeat {
        let events = try subscribe()
        if isOverrun { tellOverrun() }
        try readEverything(tells: isOverrun)
        isOverrun = try follow(events)
      } while isOverrun
    } catch { throw Failure(error) }
  }

  /// Links and ids are listened to in any case, as names change with them.
  private func subscribe() throws(NetlinkError) -> EventSocket {
    var groups: EventGroups = [.links, .namespaceIDs]
    if hasAddresses, session.options.family != .inet6 { groups.formUnion(.ipv4Addresses) }
    if hasAddresses, session.options.family != .inet { groups.formUnion(.ipv6Addresses) }
    let events = try EventSocket.open(groups)
    if let size = session.options.receiveBuffer { events.setReceiveBuffer(size) }
    if arguments.isEverywhere { try events.listenToAllNamespaces() }
    return events
  }

  /// Tells of changes until some are lost; false when nobody reads it any more.
  private func follow(_ events: borrowing EventSocket) throws(NetlinkError) -> Bool {
    while session.out.flush() {
      do throws(NetlinkError) {
        try events.read { message, namespace in
          self.session.names = self.ownNames.elsewhere(namespace)
          self.tell(message)
        }
      } catch {
        if error.errno == .noBufferSpace { return true }
        throw error
      }
    }
    return false
  }
}

// MARK: - Events

extension Monitor {
  private func tell(_ message: Message) {
    let isLink = message.withLink { link in
      self.session.names.note(link)
      self.tell(link)
    }
    if isLink || message.withAddress({ self.tell($0) }) { return }
    if let id = NamespaceID(message) { tell(id) }
  }

  private func isWanted(_ subject: MonitorArguments.Subject, onLink index: Int32) -> Bool {
    arguments.includes(subject) && (device == nil || (device == index && !session.names.isElsewhere))
  }

  private func tell(_ link: borrowing Link) {
    guard isWanted(.link, onLink: link.index) else { return }
    begin(link.isAboutPort ? "bridge_port" : "link", "[LINK]", isDeleted: link.isDeleted)
    let record = LinkRecord(session: session, style: session.out.isJSON ? .link : .event)
    if session.options.isBrief {
      record.writeBrief(link, showsLinkLayer: true)
    } else {
      record.write(link)
      record.writeAlternativeNames(link)
    }
    session.out.endRecord()
    session.out.endObject()
  }

  private func tell(_ address: borrowing Address) {
    guard isWanted(.address, onLink: address.linkIndex) else { return }
    begin("address", "[ADDR]", isDeleted: address.isDeleted)
    AddressRecord(session: session).write(address, linkName: session.linkName(address.linkIndex))
    session.out.endObject()
  }

  private func tell(_ id: NamespaceID) {
    let name = session.names.isElsewhere ? nil : rename(id)
    guard arguments.includes(.namespaceID) else { return }
    begin("nsid", "[NSID]", isDeleted: id.isDeleted)
    session.out.field("nsid", "nsid ", id.number)
    if let name {
      session.out.field("name", "(iproute2 netns name: ", name, spaced: false)
      session.out.text(")")
    }
    session.out.endRecord()
    session.out.endObject()
  }

  /// What an id stood for is forgotten when it comes or goes.
  ///
  /// - Returns: the name of its namespace; of one that is gone, as with ip, where it was needed meanwhile.
  private func rename(_ id: NamespaceID) -> [UInt8]? {
    ownNames.elsewhere(id.number).forget()
    let old = session.namespaceNames.forget(id.number)
    if id.isDeleted { return old }
    _ = session.namespaceNames.name(of: id.number)
    return session.namespaceNames.forget(id.number)
  }

  /// Begins a record with when, where and what.
  private func begin(_ object: StaticString, _ label: StaticString, isDeleted: Bool) {
    session.out.beginObject()
    writeTime()
    if arguments.isEverywhere { writeNamespace() }
    session.out.json("object", object)
    if arguments.isLabelled { session.out.text(label) }
    if isDeleted {
      session.out.json("deleted", true)
      session.out.text("Deleted ")
    }
  }

  /// `Timestamp: Mon Nov 23 08:06:06 2026 757492 usec` on a line of its own, or `[2026-11-23T08:06:08.363901] `.
  private func writeTime() {
    guard session.options.tellsTime else { return }
    let isShort = session.options.isTimeShort || session.out.isJSON
    let now = Clock.now(isShort ? "%Y-%m-%dT%H:%M:%S" : "%a %b %e %H:%M:%S %Y")
    if isShort {
      var digits: [UInt8] = []
      digits.append(decimal: 1_000_000 + now.microseconds)
      session.out.field("timestamp", "[", now.text + [UInt8](".") + digits[1...], spaced: false)
      session.out.text("] ")
    } else {
      session.out.field("", "Timestamp: ", now.text)
      session.out.field("", "", now.microseconds)
      session.out.text("usec\n")
    }
  }

  /// `[nsid current]` or `[nsid 0]`.
  private func writeNamespace() {
    if let namespace = session.names.namespace {
      session.out.field("netnsid", "[nsid ", namespace, spaced: false)
      session.out.text("]")
    } else {
      session.out.jsonNull("netnsid")
      session.out.text("[nsid current]")
    }
  }
}

// MARK: - Listings

extension Monitor {
  /// Some events were lost: what was told so far is not what is.
  private func tellOverrun() {
    session.out.beginObject()
    writeTime()
    session.out.json("overrun", true)
    session.out.text("Overrun: some changes were lost. What there is now:")
    session.out.endRecord()
    session.out.endObject()
  }

  /// Reads what there is and remembers its names; tells of it too, as if it had just come.
  private func readEverything(tells: Bool) throws(NetlinkError) {
    var ids: [Int32] = []
    session.names = ownNames
    if !tells { session.namespaceNames.learn() }
    try read { () throws(NetlinkError) in
      try session.socket.namespaceIDs {
        ids.append($0.number)
        if tells { self.tell($0) }
      }
    }
    try readNamespace(tells: tells)
    guard arguments.isEverywhere else { return }
    session.socket.checkStrictly()
    for id in ids {
      session.names = ownNames.elsewhere(id)
      // One that is gone by now tells of nothing.
      try? readNamespace(tells: tells)
    }
  }

  /// As `readEverything`, of the namespace that `session.names` is of.
  private func readNamespace(tells: Bool) throws(NetlinkError) {
    session.names.forget()
    var links = LinkRequest.dump()
    var addresses = AddressRequest.dump()
    addresses.setFamily(session.options.family)
    if let namespace = session.names.namespace {
      links.set(.targetNamespaceID, to: namespace)
      addresses.set(.targetNamespaceID, to: namespace)
    }
    try read { () throws(NetlinkError) in
      try session.noteLinks(&links) { link in
        self.session.names.note(link)
        if tells { self.tell(link) }
      }
    }
    guard tells, hasAddresses else { return }
    try read { () throws(NetlinkError) in try session.socket.addresses(&addresses) { self.tell($0) } }
  }

  /// A listing during which something changed is good enough: the change is told next.
  private func read(_ listing: () throws(NetlinkError) -> Void) throws(NetlinkError) {
    do throws(NetlinkError) { try listing() } catch {
      guard case .interrupted = error else { throw error }
    }
  }
}
