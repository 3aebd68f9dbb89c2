internal import Netlink
internal import RTNetlink
internal import SystemCalls

// What `-details` adds to a link.

extension LinkRecord {
  /// ` promiscuity 0 allmulti 0 …`, which ends its line, and a line or two of its kind.
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
    if style == .link, let mode = link.addressGeneration {
      if Int(mode) < addressGenerationModes.count {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", addressGenerationModes[Int(mode)])
      } else {
        session.out.field("inet6_addr_gen_mode", "addrgenmode ", mode)
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
    session.out.field("parentbus", "parentbus ", text(link[.parentBus]))
    session.out.field("parentdev", "parentdev ", text(link[.parentDevice]))
  }

  /// `    veth ` and `    bridge_slave state forwarding …`, each on a line.
  private func writeKind(_ link: borrowing Link) {
    let kind = link.kind
    let portKind = link.portKind
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
