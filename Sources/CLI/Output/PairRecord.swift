internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The state of a bridge's port that passes packets on (`BR_STATE_FORWARDING`, linux/if_bridge.h).
private let forwarding: UInt8 = 3

/// Shows a pair: the end that is here, and below it the other one, with where it is.
struct PairRecord {
  let session: Session
  let addresses: AddressList
  /// Nil where they could not be asked for.
  let peerAddresses: AddressList?
  /// Where the other end is; nil for our own namespace.
  let place: NamespaceSurvey.Place?

  func write(_ pair: PairSurvey.Pair, _ survey: PairSurvey) {
    let ownNames = session.names
    let peerNames = ownNames.elsewhere(pair.peerNamespace)
    // Each shows the other's name, for which the kernel need not be asked once more.
    survey.withOwn(pair) { ownNames.note($0) }
    survey.withPeer(pair) { peerNames.note($0) }
    session.out.beginObject()
    survey.withOwn(pair) { write($0, addresses) }
    session.out.beginObject("peer")
    endLine(isLast: false)
    session.names = peerNames
    survey.withPeer(pair) { write($0, peerAddresses) }
    session.names = ownNames
    if !pair.hasPeer { session.out.field("ifindex", "if", pair.peerIndex) }
    writePlace(pair)
    if session.options.showsDetails { writeProblems(pair, survey) }
    session.out.endObject()
    endLine(isLast: true)
    session.out.endObject()
  }

  /// In brief, both ends are on one line.
  private func endLine(isLast: Bool) {
    if isLast {
      session.out.endRecord()
    } else if !session.options.isBrief {
      session.out.newLine()
      session.out.text("  ")
    }
  }

  private func write(_ link: borrowing Link, _ addresses: AddressList?) {
    let record = LinkRecord(session: session, style: .link)
    if session.out.isJSON {
      record.write(link)
      record.writeAlternativeNames(link)
    } else {
      record.writeBrief(link, showsLinkLayer: false)
      if session.options.isBrief { return }
      session.out.field("mtu", "mtu ", link[.mtu])
      if let master = link[.master] { session.out.field("master", "master ", session.linkName(master)) }
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

  /// ` in blue (id 0): 4321 sleep, 4400 nginx`
  private func writePlace(_ pair: PairSurvey.Pair) {
    guard let place else {
      session.out.jsonNull("netns")
      session.out.jsonNull("netnsid")
      return
    }
    session.out.text("in ")
    if let name = place.name {
      session.out.field("netns", "", name)
      session.out.field("netnsid", "(id ", place.id, spaced: false)
      session.out.text(")")
    } else {
      session.out.jsonNull("netns")
      session.out.field("netnsid", "netns id ", place.id, spaced: false)
    }
    session.out.beginArray("pids")
    for process in place.processes { session.out.element(process) }
    session.out.endArray()
    session.out.beginArray("processes")
    var shown = 0
    for process in place.processes {
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
    if !session.out.isJSON, place.processes.count > shown {
      session.out.text(" and ")
      session.out.text(place.processes.count - shown)
      session.out.text(" more")
    }
  }

  // MARK: why it is not up

  private func writeProblems(_ pair: PairSurvey.Pair, _ survey: PairSurvey) {
    session.out.beginArray("problems")
    var mtu: UInt32? = nil
    var peerMTU: UInt32? = nil
    survey.withOwn(pair) {
      mtu = $0[.mtu]
      tell($0, addresses)
    }
    survey.withPeer(pair) {
      peerMTU = $0[.mtu]
      tell($0, peerAddresses)
    }
    if let mtu, let peerMTU, mtu != peerMTU { tell("the MTUs differ", []) }
    session.out.endArray()
  }

  private func tell(_ link: borrowing Link, _ addresses: AddressList?) {
    let name = link[.name]?.bytes ?? []
    if !link.flags.contains(.up) {
      tell("% is set down", name)
    } else if !link.flags.contains(.lowerUp) {
      tell("% has no carrier", name)
    }
    let state = link.portData[Property<BridgePort, UInt8>.state]
    if link.isPort(ofKind: Bridge.kind), let state, state != forwarding {
      tell("% is a port of a bridge that does not forward yet", name)
    }
    addresses?.forEach(onLink: link.index) { address, _ in
      if address.flags.contains(.duplicate) { tell("an address of % is somebody else's already", name) }
      if address.flags.contains(.tentative), !address.flags.contains(.optimistic) {
        tell("an address of % is being checked for duplicates", name)
      }
    }
  }

  private func tell(_ problem: StaticString, _ name: [UInt8]) {
    let text = sentence(problem, name)
    session.out.newLine()
    session.out.text("    ")
    session.out.text(text)
    session.out.element(text)
  }
}
