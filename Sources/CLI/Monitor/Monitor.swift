internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `monitor`: shows changes as they happen, until the program is terminated or the output is closed.
let monitorObject: CommandObject = CommandObject(
  "monitor*",
  verbs: [
    Verb(
      "monitor*",
      usage: "[ all ] [ label ] [ link ] [ address ] [ nsid ] [ all-nsid ] [ dev DEVICE ]"
    ) { words, session throws(Failure) in try Monitor(MonitorArguments(&words, session), session).run() }
  ], hasOneVerb: true)

private final class Monitor {
  private let session: Session
  private let arguments: MonitorArguments
  /// The index of the only link whose events are shown.
  private var device: Int32? = nil

  init(_ arguments: MonitorArguments, _ session: Session) throws(Failure) {
    self.session = session
    self.arguments = arguments
    if let name = arguments.device { device = try session.existingIndex(name.bytes) }
  }

  private typealias Subjects = MonitorArguments.Subjects

  /// Whether events of addresses are shown, which `-family link` excludes.
  private var hasAddresses: Bool {
    arguments.includes(.addresses) && session.options.family != .link && session.options.family != .other
  }

  func run() throws(Failure) {
    // The first listing shows nothing. It caches the names of links, which may be deleted before an event needs the name.
    var isOverrun = false
    repeat {
      var events = try asFailure(subscribe())
      if isOverrun { showOverrun() }
      try asFailure(listEverything(isShown: isOverrun))
      isOverrun = try asFailure(follow(&events))
    } while isOverrun
  }

  /// Subscribes to the events, always including those of links and ids, which change the cached names.
  private func subscribe() throws(NetlinkError) -> EventSocket {
    var groups: EventGroups = [.links, .namespaceIDs]
    if hasAddresses, session.options.family != .inet6 { groups.formUnion(.ipv4Addresses) }
    if hasAddresses, session.options.family != .inet { groups.formUnion(.ipv6Addresses) }
    let events = try EventSocket.open(.route, groups)
    if let size = session.options.receiveBuffer { events.setReceiveBuffer(size) }
    if arguments.includesAllNamespaces { try events.listenToAllNamespaces() }
    return events
  }

  /// Shows events until some are lost; false when the output is closed.
  private func follow(_ events: inout EventSocket) throws(NetlinkError) -> Bool {
    while session.out.flush() {
      do throws(NetlinkError) {
        try events.read { message, netnsID in self.show(message, self.session.names.inNamespace(netnsID)) }
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
  private func show(_ message: Message, _ names: LinkNames) {
    let isLink = message.withLink { link in
      names.note(link)
      self.show(link, names)
    }
    if isLink || message.withAddress({ self.show($0, names) }) { return }
    if let id = NamespaceID(message) { show(id, names) }
  }

  private func isShown(_ subject: Subjects, onLink index: Int32, _ names: LinkNames) -> Bool {
    arguments.includes(subject) && (device == nil || (device == index && !names.isForeign))
  }

  private func show(_ link: borrowing Link, _ names: LinkNames) {
    guard isShown(.links, onLink: link.index, names) else { return }
    begin(link.isBridgePort ? "bridge_port" : "link", "[LINK]", isDeleted: link.isDeleted, names)
    let record = LinkRecord(session: session, style: session.out.isJSON ? .link : .event, names: names)
    if session.options.isBrief {
      record.writeBrief(link, showsLinkLayer: true)
    } else {
      record.write(link)
      record.writeAlternativeNames(link)
    }
    session.out.endRecord()
    session.out.endObject()
  }

  private func show(_ address: borrowing Address, _ names: LinkNames) {
    guard isShown(.addresses, onLink: address.linkIndex, names) else { return }
    begin("address", "[ADDR]", isDeleted: address.isDeleted, names)
    AddressRecord(session: session).write(address, linkName: names.name(of: address.linkIndex))
    session.out.endObject()
  }

  private func show(_ id: NamespaceID, _ names: LinkNames) {
    let name = names.isForeign ? nil : updateName(of: id)
    guard arguments.includes(.namespaceIDs) else { return }
    begin("nsid", "[NSID]", isDeleted: id.isDeleted, names)
    session.out.field("nsid", "nsid ", id.number)
    if let name {
      session.out.field("name", "(iproute2 netns name: ", name.bytes, spaced: false)
      session.out.text(")")
    }
    session.out.endRecord()
    session.out.endObject()
  }

  /// Updates the cached names for an id that was assigned or deleted.
  ///
  /// - Returns: the name of the namespace; of a deleted id, as by `ip`, only where a record has shown the name.
  private func updateName(of id: NamespaceID) -> NamespaceName? {
    session.names.inNamespace(id.number).forget()
    let old = session.namespaceNames.forget(id.number)
    if id.isDeleted { return old }
    _ = session.namespaceNames.name(of: id.number)
    return session.namespaceNames.forget(id.number)
  }

  /// Begins a record with the time, the namespace and the kind.
  private func begin(_ object: StaticString, _ label: StaticString, isDeleted: Bool, _ names: LinkNames) {
    session.out.beginObject()
    writeTime()
    if arguments.includesAllNamespaces { writeNamespace(names.netnsID) }
    session.out.json("object", object)
    if arguments.isLabelled { session.out.text(label) }
    if isDeleted {
      session.out.json("deleted", true)
      session.out.text("Deleted ")
    }
  }

  /// Writes `Timestamp: Mon Nov 23 08:06:06 2026 757492 usec` and a newline, or `[2026-11-23T08:06:08.363901] `.
  private func writeTime() {
    guard session.options.showsTime else { return }
    let isShort = session.options.isTimeShort || session.out.isJSON
    let now = Clock.now(isShort ? "%Y-%m-%dT%H:%M:%S" : "%a %b %e %H:%M:%S %Y")
    if isShort {
      let digits = [UInt8](decimal: 1_000_000 + now.microseconds)
      session.out.field("timestamp", "[", now.text + [UInt8](".") + digits[1...], spaced: false)
      session.out.text("] ")
    } else {
      session.out.field("", "Timestamp: ", now.text)
      session.out.field("", "", now.microseconds)
      session.out.text("usec\n")
    }
  }

  /// Writes `[nsid current]` or `[nsid 0]`.
  private func writeNamespace(_ netnsID: Int32?) {
    if let netnsID {
      session.out.field("netnsid", "[nsid ", netnsID, spaced: false)
      session.out.text("]")
    } else {
      session.out.jsonNull("netnsid")
      session.out.text("[nsid current]")
    }
  }
}

// MARK: - Listings

extension Monitor {
  /// Writes a record about lost events, before the records of the present state.
  private func showOverrun() {
    session.out.beginObject()
    writeTime()
    session.out.json("overrun", true)
    session.out.text("Overrun: some changes were lost. The present state:")
    session.out.endRecord()
    session.out.endObject()
  }

  /// Lists ids, links and addresses, and caches the names of links.
  ///
  /// - Parameter isShown: whether the listing is shown, in records as of new objects.
  private func listEverything(isShown: Bool) throws(NetlinkError) {
    if !isShown { session.namespaceNames.learn() }
    let ids = try session.socket.namespaceIDs()
    if isShown { for id in ids { show(id, session.names) } }
    try list(session.names, isShown: isShown)
    guard arguments.includesAllNamespaces else { return }
    session.socket.checkStrictly()
    for id in ids {
      // A namespace may be gone in the meantime.
      do throws(NetlinkError) { try list(session.names.inNamespace(id.number), isShown: isShown) } catch {
        guard error.isAnswer else { throw error }
      }
    }
  }

  /// Lists the links of a namespace and, where they are shown, the addresses.
  private func list(_ names: LinkNames, isShown: Bool) throws(NetlinkError) {
    names.forget()
    try acceptingInterruption { () throws(NetlinkError) in
      try session.socket.links(.dump(in: names.netnsID), lookingAhead: { names.note(all: $0) }) { link in
        names.note(link)
        if isShown { self.show(link, names) }
      }
    }
    guard isShown, hasAddresses else { return }
    let family = AddressFilter(family: session.options.family).kernelFamily
    try acceptingInterruption { () throws(NetlinkError) in
      try session.socket.addresses(.dump(family: family, in: names.netnsID)) { self.show($0, names) }
    }
  }

  /// Ignores that a listing was interrupted: the change that interrupted the listing is the next event.
  private func acceptingInterruption(_ list: () throws(NetlinkError) -> Void) throws(NetlinkError) {
    do throws(NetlinkError) { try list() } catch {
      guard case .interrupted = error else { throw error }
    }
  }
}
