internal import Netlink
internal import RTNetlink
internal import SystemCalls

// The fields of a link that are shown with `-details` only.

extension LinkRecord {
  /// Writes ` promiscuity 0 allmulti 0 …`, and the lines of the kind.
  func writeDetails(_ link: borrowing Link) {
    session.out.text(" ")
    session.out.field("promiscuity", "promiscuity ", link[.promiscuity])
    session.out.field("allmulti", "allmulti ", link[.allMulticast])
    session.out.field("min_mtu", "minmtu ", link[.minimumMTU])
    session.out.field("max_mtu", "maxmtu ", link[.maximumMTU])
    if let isImmutable = link[.namespaceImmutable], isImmutable != 0 {
      session.out.json("netns-immutable", true)
      session.out.text("netns-immutable ")
    }
    writeKind(link)
    if style == .link, let mode = link[.addressGenerationMode] {
      if let word = mode.word {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", word)
      } else {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", mode.rawValue)
      }
    }
    session.out.field("num_tx_queues", "numtxqueues ", link[.transmitQueues])
    session.out.field("num_rx_queues", "numrxqueues ", link[.receiveQueues])
    session.out.field("gso_max_size", "gso_max_size ", link[.gsoMaxSize])
    session.out.field("gso_max_segs", "gso_max_segs ", link[.gsoMaxSegments])
    session.out.field("tso_max_size", "tso_max_size ", link[.tsoMaxSize])
    session.out.field("tso_max_segs", "tso_max_segs ", link[.tsoMaxSegments])
    session.out.field("gro_max_size", "gro_max_size ", link[.groMaxSize])
    session.out.field("gso_ipv4_max_size", "gso_ipv4_max_size ", link[.gsoIPv4MaxSize])
    session.out.field("gro_ipv4_max_size", "gro_ipv4_max_size ", link[.groIPv4MaxSize])
    session.out.field("parentbus", "parentbus ", link.payload(.parentBus)?.string)
    session.out.field("parentdev", "parentdev ", link.payload(.parentDevice)?.string)
  }

  /// Writes the line of the kind and the line of the port: `    veth `, `    bridge_slave state forwarding …`.
  private func writeKind(_ link: borrowing Link) {
    let kind = link.kindBytes
    let portKind = link.portKindBytes
    if kind == nil, portKind == nil { return }
    session.out.beginObject("linkinfo")
    if let kind {
      session.out.newLine()
      session.out.field("info_kind", "    ", kind)
      if let known = LinkKind.named(kind, isPort: false) { write(known, "info_data", link.kindData) }
    }
    if let portKind {
      session.out.newLine()
      session.out.json("info_slave_kind", portKind)
      session.out.text("    ")
      session.out.text(portKind)
      session.out.text("_slave ")
      if let known = LinkKind.named(portKind, isPort: true) { write(known, "info_slave_data", link.portData) }
    }
    session.out.endObject()
  }

  private func write(_ kind: LinkKind, _ key: StaticString, _ data: borrowing AttributeTable) {
    if kind.fields.isEmpty { return }
    session.out.beginObject(key)
    KindRecord(session: session, names: names, fields: kind.fields).write(data)
    session.out.endObject()
  }
}
