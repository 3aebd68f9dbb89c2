internal import Netlink
internal import RTNetlink
internal import SystemCalls

// What `-details` adds to a link.

/// A number that is only shown in detail.
private struct LinkDetail {
  let key: StaticString
  let before: StaticString
  let property: Property<Link, UInt32>

  /// Those on the line of the link layer, and those behind what its kind knows.
  static let before: [LinkDetail] = [
    LinkDetail(key: "promiscuity", before: " promiscuity ", property: .promiscuity),
    LinkDetail(key: "allmulti", before: "allmulti ", property: .allMulticast),
    LinkDetail(key: "min_mtu", before: "minmtu ", property: .minimumMTU),
    LinkDetail(key: "max_mtu", before: "maxmtu ", property: .maximumMTU),
  ]
  static let behind: [LinkDetail] = [
    LinkDetail(key: "num_tx_queues", before: "numtxqueues ", property: .transmitQueues),
    LinkDetail(key: "num_rx_queues", before: "numrxqueues ", property: .receiveQueues),
    LinkDetail(key: "gso_max_size", before: "gso_max_size ", property: .gsoMaxSize),
    LinkDetail(key: "gso_max_segs", before: "gso_max_segs ", property: .gsoMaxSegments),
    LinkDetail(key: "tso_max_size", before: "tso_max_size ", property: .tsoMaxSize),
    LinkDetail(key: "tso_max_segs", before: "tso_max_segs ", property: .tsoMaxSegments),
    LinkDetail(key: "gro_max_size", before: "gro_max_size ", property: .groMaxSize),
    LinkDetail(key: "gso_ipv4_max_size", before: "gso_ipv4_max_size ", property: .gsoIPv4MaxSize),
    LinkDetail(key: "gro_ipv4_max_size", before: "gro_ipv4_max_size ", property: .groIPv4MaxSize),
  ]
}

extension LinkRecord {
  /// ` promiscuity 0 allmulti 0 …`, which ends its line, and a line or two of its kind.
  func writeDetails(_ link: borrowing Link) {
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
    session.out.field(row.key, row.before, link[row.property])
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
