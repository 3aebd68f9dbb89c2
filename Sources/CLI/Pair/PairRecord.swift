internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The output of a pair: the end in the program's namespace and, on the next line, the peer and its namespace.
struct PairRecord {
  let session: Session
  let addresses: AddressList
  /// The addresses of the peer; nil where they are not known.
  let peerAddresses: AddressList?
  /// The namespace of the peer; nil for the program's own.
  let namespace: NamespaceSurvey.Entry?

  func write(_ pair: PairSurvey.Pair, _ survey: PairSurvey) {
    let ownNames = session.names
    let peerNames = ownNames.inNamespace(pair.peerNetnsID)
    // Each end shows the name of the other, which then needs no request.
    survey.withOwn(pair) { ownNames.note($0) }
    survey.withPeer(pair) { peerNames.note($0) }
    session.out.beginObject()
    survey.withOwn(pair) { write($0, addresses, ownNames) }
    session.out.beginObject("peer")
    endLine(isLast: false)
    survey.withPeer(pair) { write($0, peerAddresses, peerNames) }
    if !pair.hasPeer { session.out.field("ifindex", "if", pair.peerIndex) }
    writeNamespace()
    if session.options.showsDetails { writeProblems(pair, survey) }
    session.out.endObject()
    endLine(isLast: true)
    session.out.endObject()
  }

  /// Ends the line of an end; with `-brief`, both ends are on one line.
  private func endLine(isLast: Bool) {
    if isLast {
      session.out.endRecord()
    } else if !session.options.isBrief {
      session.out.newLine()
      session.out.text("  ")
    }
  }

  private func write(_ link: borrowing Link, _ addresses: AddressList?, _ names: LinkNames) {
    let record = LinkRecord(session: session, style: .link, names: names)
    if session.out.isJSON {
      record.write(link)
      record.writeAlternativeNames(link)
    } else {
      record.writeBrief(link, showsLinkLayer: false)
      if session.options.isBrief { return }
      session.out.field("mtu", "mtu ", link[.mtu])
      if let master = link[.master] { session.out.field("master", "master ", names.name(of: master)) }
    }
    session.out.beginArray("addr_info")
    addresses?.forEach(onLink: link.index) { address, _ in
      let record = AddressRecord(session: session)
      session.out.beginObject()
      if session.out.isJSON { record.write(address, linkName: nil) } else { record.writePrefix(address) }
      session.out.endObject()
    }
    session.out.endArray()
  }

  /// Writes the namespace of the peer and the processes in it: `in blue (id 0): 4321 sleep, 4400 nginx`.
  private func writeNamespace() {
    guard let namespace else {
      session.out.jsonNull("netns")
      session.out.jsonNull("netnsid")
      return
    }
    session.out.text("in ")
    if let name = namespace.name {
      session.out.field("netns", "", name.bytes)
      session.out.field("netnsid", "(id ", namespace.id, spaced: false)
      session.out.text(")")
    } else {
      session.out.jsonNull("netns")
      session.out.field("netnsid", "netns id ", namespace.id, spaced: false)
    }
    session.out.beginArray("pids")
    for process in namespace.processes { session.out.element(process) }
    session.out.endArray()
    session.out.beginArray("processes")
    var shown = 0
    for process in namespace.processes {
      if !session.out.isJSON, shown == 4 { break }
      session.out.text(shown == 0 ? ": " : ", ")
      session.out.beginObject()
      session.out.field("pid", "", process)
      session.out.field("command", "", ProcessFacts.command(of: process), spaced: false)
      if let container = ProcessFacts.container(of: process) {
        session.out.field(
          "container", " in ", session.out.isJSON ? container : [UInt8](container[..<12]), spaced: false)
      }
      session.out.endObject()
      shown += 1
    }
    session.out.endArray()
    if !session.out.isJSON, namespace.processes.count > shown {
      session.out.text(" and ")
      session.out.text(namespace.processes.count - shown)
      session.out.text(" more")
    }
  }

  // MARK: - Problems

  private func writeProblems(_ pair: PairSurvey.Pair, _ survey: PairSurvey) {
    session.out.beginArray("problems")
    var mtu: UInt32? = nil
    var peerMTU: UInt32? = nil
    survey.withOwn(pair) {
      mtu = $0[.mtu]
      writeProblems(of: $0, addresses)
    }
    survey.withPeer(pair) {
      peerMTU = $0[.mtu]
      writeProblems(of: $0, peerAddresses)
    }
    if let mtu, let peerMTU, mtu != peerMTU { write(problem: "the MTUs differ", []) }
    session.out.endArray()
  }

  private func writeProblems(of link: borrowing Link, _ addresses: AddressList?) {
    let name = link[.name]?.bytes ?? []
    if !link.flags.contains(.up) {
      write(problem: "% is set down", name)
    } else if !link.flags.contains(.lowerUp) {
      write(problem: "% has no carrier", name)
    }
    let state = link[BridgePort.state]
    if let state, state != .forwarding {
      write(problem: "% is a port of a bridge that does not forward yet", name)
    }
    addresses?.forEach(onLink: link.index) { address, _ in
      if address.flags.contains(.duplicate) { write(problem: "an address of % is a duplicate", name) }
      if address.flags.contains(.tentative), !address.flags.contains(.optimistic) {
        write(problem: "duplicate address detection of an address of % is in progress", name)
      }
    }
  }

  private func write(problem: StaticString, _ name: [UInt8]) {
    let text = sentence(problem, name)
    session.out.newLine()
    session.out.text("    ")
    session.out.text(text)
    session.out.element(text)
  }
}
