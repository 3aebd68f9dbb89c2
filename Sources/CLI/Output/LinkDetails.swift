internal import Netlink
internal import RTNetlink
internal import SystemCalls

// What `-details` adds to a link.

/// A number that is only shown in detail.
private struct LinkDetail {
  let label: Label
  let property: Property<Link, UInt32>

  /// Those on the line of the link layer, and those behind what its kind knows.
  static let before: [LinkDetail] = [
    LinkDetail(label: "promiscuity", property: .promiscuity),
    LinkDetail(label: "allmulti", property: .allMulticast),
    LinkDetail(label: "minmtu min_mtu", property: .minimumMTU),
    LinkDetail(label: "maxmtu max_mtu", property: .maximumMTU),
  ]
  static let behind: [LinkDetail] = [
    LinkDetail(label: "numtxqueues num_tx_queues", property: .transmitQueues),
    LinkDetail(label: "numrxqueues num_rx_queues", property: .receiveQueues),
    LinkDetail(label: "gso_max_size", property: .gsoMaxSize),
    LinkDetail(label: "gso_max_segs", property: .gsoMaxSegments),
    LinkDetail(label: "tso_max_size", property: .tsoMaxSize),
    LinkDetail(label: "tso_max_segs", property: .tsoMaxSegments),
    LinkDetail(label: "gro_max_size", property: .groMaxSize),
    LinkDetail(label: "gso_ipv4_max_size", property: .gsoIPv4MaxSize),
    LinkDetail(label: "gro_ipv4_max_size", property: .groIPv4MaxSize),
  ]
}

extension LinkRecord {
  /// ` promiscuity 0 allmulti 0 …`, which ends its line, and a line or two of its kind.
  func writeDetails(_ link: borrowing Link) {
    session.out.text(" ")
    for row in LinkDetail.before { write(row, link) }
    if let isImmutable = link[.namespaceImmutable], isImmutable != 0 {
      session.out.json("netns-immutable", true)
      session.out.text("netns-immutable ")
    }
    writeKind(link)
    if style == .link, let mode = link.addressGeneration {
      if Int(mode) < addressGenerationModes.count {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", addressGenerationModes[Int(mode)])
      } else {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", mode)
      }
    }
    for row in LinkDetail.behind { write(row, link) }
    session.out.field("parentbus", "parentbus ", text(link[.parentBus]))
    session.out.field("parentdev", "parentdev ", text(link[.parentDevice]))
  }

  private func write(_ row: LinkDetail, _ link: borrowing Link) {
    guard let value = link[row.property] else { return }
    session.out.json(row.label.key, value)
    session.out.text(row.label.word)
    session.out.text(" ")
    session.out.text(value)
    session.out.text(" ")
  }

  /// `    veth ` and `    bridge_slave state forwarding …`, each on a line.
  private func writeKind(_ link: borrowing Link) {
    let kind = link.kind?.copied
    let portKind = link.portKind?.copied
    if kind == nil, portKind == nil { return }
    session.out.beginObject("linkinfo")
    if let kind {
      session.out.newLine()
      session.out.field("info_kind", "    ", kind)
      if kind == "bridge" { write(bridgeFields, "info_data", link.kindData) }
    }
    if let portKind {
      session.out.newLine()
      session.out.json("info_slave_kind", portKind)
      session.out.text("    ")
      session.out.text(portKind)
      session.out.text("_slave ")
      if portKind == "bridge" { write(bridgePortFields, "info_slave_data", link.portData) }
    }
    session.out.endObject()
  }

  private func write(_ fields: [KindField], _ key: StaticString, _ data: borrowing AttributeTable) {
    session.out.beginObject(key)
    KindRecord(session: session, fields: fields).write(data)
    session.out.endObject()
  }

  private func text(_ string: [UInt8]?) -> [UInt8]? { string.map { [UInt8]($0.prefix { $0 != 0 }) } }
}
