internal import Netlink
internal import RTNetlink

/// What `type bridge_slave` knows, in the order in which it is shown.
let bridgePortFields: [KindField] = [
  field("fdb_flush", .flushAddresses, .action),
  field("state", .state, .portState),
  field("priority", .priority, .rank),
  field("cost", .cost, .rank),
  field("hairpin", .hairpin, .onOrOff),
  field("guard", .guarded, .onOrOff),
  field("root_block", .rootBlock, .onOrOff),
  field("fastleave", .fastLeave, .onOrOff),
  field("learning", .learning, .onOrOff),
  field("flood", .flood, .onOrOff),
  field("port_id id", .identifier, .hexadecimal, .shown),
  field("port_no no", .number, .hexadecimal, .shown),
  field("designated_port", .designatedPort, .number, .shown),
  field("designated_cost", .designatedCost, .number, .shown),
  field("designated_bridge bridge_id", .bridge, .bridgeID, .shown),
  field("designated_root root_id", .root, .bridgeID, .shown),
  field("hold_timer", .holdTimer, .timer, .shown),
  field("message_age_timer", .messageAgeTimer, .timer, .shown),
  field("forward_delay_timer", .forwardDelayTimer, .timer, .shown),
  field("topology_change_ack", .topologyChangeAcknowledged, .number, .shown),
  field("config_pending", .configurationPending, .number, .shown),
  field("proxy_arp", .proxyARP, .onOrOff),
  field("proxy_arp_wifi", .proxyARPForWiFi, .onOrOff),
  field("mcast_router multicast_router", .multicastRouter),
  // The same as `fastleave`, and a word of its own in text alone.
  field("mcast_fast_leave", .fastLeave, .onOrOffInText),
  field("mcast_flood", .multicastFlood, .onOrOff),
  field("bcast_flood", .broadcastFlood, .onOrOff),
  field("mcast_to_unicast", .multicastToUnicast, .onOrOff),
  field("neigh_suppress", .neighborSuppression, .onOrOff),
  field("neigh_vlan_suppress", .neighborSuppressionByVLAN, .onOrOff, .saidInFull),
  field("group_fwd_mask", .groupForwardMask, .mask),
  field("group_fwd_mask_str", .groupForwardMask, .maskNames, .shown),
  field("vlan_tunnel", .vlanTunnel, .onOrOff),
  field("isolated", .isolated, .onOrOff),
  field("locked", .locked, .onOrOff),
  field("mab", .authenticationBypass, .onOrOff, .saidInFull),
  field("backup_port", .backupPort, .link),
  field("nobackup_port", .backupPort, .noLink),
  field("backup_nhid", .backupNexthop, .number, .saidInFull),
]

private func field<Value>(
  _ label: Label, _ property: Property<BridgePort, Value>, _ form: KindField.Form = .number,
  _ use: KindField.Use = .said
) -> KindField {
  KindField(label: label, type: property.type, width: UInt8(MemoryLayout<Value>.size), form: form, use: use)
}
