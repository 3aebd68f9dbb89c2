internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The output of one link as of `ip link show` and `ip address show`.
struct LinkRecord {
  /// The fields of the record: those of `link show`, the fewer ones of `address show`, or the still fewer ones of `monitor`.
  enum Style { case link, address, event }

  let session: Session
  let style: Style
  /// The names of the links in the link's namespace.
  let names: LinkNames
  /// Whether the link-layer addresses are shown.
  var showsLinkLayer = true

  init(session: Session, style: Style, names: LinkNames? = nil) {
    self.session = session
    self.style = style
    self.names = names ?? session.names
  }

  func write(_ link: borrowing Link) {
    let xdp = link.xdp
    writeIdentity(link)
    writeState(link, xdp)
    let showsDetails = session.options.showsDetails
    if showsLinkLayer || showsDetails { writeLinkLayer(link) }
    writeNamespaces(link)
    if showsDetails { writeDetails(link) }
    if style == .link || showsDetails, let alias = link.payload(.alias)?.string, alias.byteCount > 0 {
      session.out.newLine()
      session.out.field("ifalias", "    alias ", alias, spaced: false)
    }
    if style == .link || showsDetails, let xdp { writeXDPLine(xdp) }
  }

  /// Writes the record in brief: `veth0@veth1      UP             `, the address and the flags.
  func writeBrief(_ link: borrowing Link, showsLinkLayer: Bool) {
    session.out.begin(.interfaceName)
    let name = session.out.beginColumn()
    let isPeerDown = writeName(link)
    session.out.endColumn(name, width: 16)
    session.out.text(" ")
    session.out.end(.interfaceName)
    writeOperationalState(link, width: 15)
    guard showsLinkLayer else { return }
    session.out.field("address", "", Hexadecimal(link.payload(.address)), in: .hardwareAddress)
    writeFlags(link.flags, isPeerDown: isPeerDown)
  }

  /// Writes the lines of the alternative names.
  func writeAlternativeNames(_ link: borrowing Link) {
    var isFirst = true
    link.forEachAlternativeName { name in
      if isFirst { session.out.beginArray("altnames") }
      isFirst = false
      session.out.newLine()
      session.out.text("    altname ")
      let bytes = name.copied
      session.out.text(bytes)
      session.out.element(bytes)
    }
    if !isFirst { session.out.endArray() }
  }

  // MARK: - First line

  /// Writes `3: veth0@veth1: <BROADCAST,…>`.
  private func writeIdentity(_ link: borrowing Link) {
    session.out.field("ifindex", "", link.index, spaced: false)
    session.out.text(": ")
    session.out.begin(.interfaceName)
    let isPeerDown = writeName(link)
    session.out.text(": ")
    session.out.end(.interfaceName)
    writeFlags(link.flags, isPeerDown: isPeerDown)
  }

  /// Writes `veth0@veth1`; JSON has the peer before the name.
  ///
  /// - Returns: whether the peer is known to be down.
  private func writeName(_ link: borrowing Link) -> Bool {
    let peer = LinkPeer(of: link, names)
    peer?.writeJSON(to: &session.out)
    session.out.field("ifname", "", link.payload(.name)?.string, spaced: false)
    peer?.writeText(to: &session.out)
    return peer?.isDown ?? false
  }

  private func writeFlags(_ flags: LinkFlags, isPeerDown: Bool) {
    session.out.beginList("flags", "<")
    if flags.contains(.up), !flags.contains(.running) { session.out.item("NO-CARRIER") }
    var rest = flags.subtracting(.running)
    for (flag, word) in LinkFlags.words where rest.contains(flag) {
      session.out.item(word)
      rest.remove(flag)
      if rest.isEmpty { break }
    }
    if !rest.isEmpty {
      [UInt8](hex: rest.rawValue).withAttributeBytes { session.out.item($0) }
    }
    if isPeerDown { session.out.item("M-DOWN") }
    session.out.endList("> ")
  }

  private func writeState(_ link: borrowing Link, _ xdp: XDPProgram?) {
    session.out.field("mtu", "mtu ", link[.mtu])
    if let xdp { writeXDP(xdp) }
    session.out.field("qdisc", "qdisc ", link.payload(.queueingDiscipline)?.string)
    if let master = link[.master] { session.out.field("master", "master ", names.name(of: master)) }
    if link[.operationalState] != nil { session.out.text("state ") }
    writeOperationalState(link)
    if style == .link, let mode = link[.mode] {
      if let word = mode.word {
        session.out.field("linkmode", "mode ", word)
      } else {
        session.out.field("linkmode_index", "mode ", mode.rawValue)
      }
    }
    if let group = link[.group] { session.out.field("group", "group ", session.groupName(group)) }
    if style != .event, let length = link[.transmitQueueLength], length > 0 {
      session.out.field("txqlen", "qlen ", length, spaced: false)
    }
    if let event = link[.event] {
      if let word = event.word {
        session.out.field("event", "event ", word)
      } else {
        session.out.field("event", "event ", event.rawValue)
      }
    }
  }

  private func writeOperationalState(_ link: borrowing Link, width: Int = 0) {
    let state = link[.operationalState]
    let color: Color? = state == .up ? .up : state == .down ? .down : nil
    session.out.begin(color)
    let column = session.out.beginColumn()
    if let word = state?.word {
      session.out.field("operstate", "", word)
    } else if let state {
      session.out.json("operstate_index", state.rawValue)
      session.out.text(sentence("0x%", [UInt8](hex: state.rawValue)))
      session.out.text(" ")
    }
    session.out.endColumn(column, width: width)
    session.out.end(color)
  }

  // MARK: - Second line

  private func writeLinkLayer(_ link: borrowing Link) {
    session.out.newLine()
    if !session.options.isNumeric, let type = link.hardwareType.word {
      session.out.field("link_type", "    link/", type)
    } else {
      session.out.field("link_type", "    link/", sentence("[%]", [UInt8](decimal: link.hardwareType.rawValue)))
    }
    session.out.field("address", "", Hexadecimal(link.payload(.address)), spaced: false, in: .hardwareAddress)
    if let broadcast = Hexadecimal(link.payload(.broadcast)) {
      if link.flags.contains(.pointToPoint) {
        session.out.json("link_pointtopoint", true)
        session.out.field("broadcast", " peer ", broadcast, spaced: false, in: .hardwareAddress)
      } else {
        session.out.field("broadcast", " brd ", broadcast, spaced: false, in: .hardwareAddress)
      }
    }
    if let permanent = link[.permanentAddress], link[.address].map({ $0 != permanent }) ?? true {
      session.out.field(
        "permaddr", " permaddr ", Hexadecimal(link.payload(.permanentAddress)), spaced: false, in: .hardwareAddress)
    }
  }

  /// Writes ` link-netns blue` or ` link-netnsid 1` and, of a moved link, ` new-netns red new-ifindex 5`.
  private func writeNamespaces(_ link: borrowing Link) {
    if let id = link[.linkNetnsID] { writeNamespace("link_netnsid", " link-netns", id) }
    if let id = link[.newNetnsID] { writeNamespace("new_netnsid", " new-netns", id) }
    session.out.field("new_ifindex", " new-ifindex ", link[.newIndex], spaced: false)
    if let isDown = link[.protocolDown], isDown != 0 { session.out.field("proto_down", " protodown ", true) }
  }

  /// Writes the name of a namespace, in text only, or the id.
  private func writeNamespace(_ key: StaticString, _ word: StaticString, _ id: Int32) {
    let name = session.out.isJSON || id < 0 || names.isForeign ? nil : session.namespaceNames.name(of: id)
    session.out.text(word)
    session.out.text(name == nil ? "id " : " ")
    if let name {
      session.out.text(name.bytes)
    } else if id < 0, !session.out.isJSON {
      session.out.text("unknown")
    } else {
      session.out.field(key, "", id, spaced: false)
    }
  }
}

/// The link in `IFLA_LINK` of another link: the peer of a veth, or the lower link of a VLAN.
private struct LinkPeer {
  /// The index in the peer's namespace; 0 for none.
  private let index: Int32
  private let name: KernelName
  private let isForeign: Bool
  /// Whether the peer is known to be down.
  let isDown: Bool

  /// Nil for a link without `IFLA_LINK`.
  init?(of link: borrowing Link, _ names: LinkNames) {
    guard let index = link[.linkIndex] else { return nil }
    let own = link.isBridgePort ? names.entry(link.index) : nil
    self.index = index
    isForeign = link[.linkNetnsID] != nil || own?.isLinkForeign ?? false
    if index != 0, !isForeign, let entry = names.entry(index) {
      name = entry.name
      isDown = !entry.isUp
    } else {
      name = index == 0 ? "NONE" : LinkNames.placeholder(index)
      isDown = false
    }
  }

  func writeJSON(to out: inout Printer) {
    if index == 0 {
      out.jsonNull("link")
    } else if isForeign {
      out.json("link_index", index)
    } else {
      out.json("link", name)
    }
  }

  func writeText(to out: inout Printer) {
    out.text("@")
    out.text(name)
  }
}

extension Session {
  /// The name of a group, or its number.
  func groupName(_ group: UInt32) -> [UInt8] {
    if !options.isNumeric, let name = groups.name(of: group) { return name }
    return [UInt8](decimal: group)
  }
}
