internal import CMnl
public import Netlink

/// A link as a port of its master, a bridge: `IFLA_BRPORT_…` of linux/if_link.h; `ip link set DEV type bridge_slave`.
///
/// Times are in hundredths of a second (`USER_HZ`). The kernel looks for the port before it applies a master in the same
/// request.
public enum BridgePort: LinkKindAttributes {
  /// The state of the port (`IFLA_BRPORT_STATE`); `state N`.
  public static var state: Property<BridgePort, BridgePortState> { .init(IFLA_BRPORT_STATE, "state") }
  /// Whether the port sends frames back that it received (`IFLA_BRPORT_MODE`); `hairpin { on | off }`.
  public static var hairpin: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MODE, "hairpin") }
  /// Whether the port is disabled when it receives a BPDU (BPDU guard) (`IFLA_BRPORT_GUARD`); `guard { on | off }`.
  public static var guarded: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_GUARD, "guard") }
  /// Whether the port cannot become the root port (`IFLA_BRPORT_PROTECT`); `root_block { on | off }`.
  public static var rootBlock: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROTECT, "root_block") }
  /// Whether a leave message removes the port from a multicast group at once (`IFLA_BRPORT_FAST_LEAVE`); `fastleave {
  /// on | off }`.
  public static var fastLeave: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_FAST_LEAVE, "fastleave") }
  /// Whether the bridge learns addresses from frames that the port receives (`IFLA_BRPORT_LEARNING`); `learning { on |
  /// off }`.
  public static var learning: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_LEARNING, "learning") }
  /// Whether the port sends unicast frames to unknown addresses (`IFLA_BRPORT_UNICAST_FLOOD`); `flood { on | off }`.
  public static var flood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_UNICAST_FLOOD, "flood") }
  /// Whether the bridge answers ARP requests in place of hosts behind the port (`IFLA_BRPORT_PROXYARP`); `proxy_arp {
  /// on | off }`.
  public static var proxyARP: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROXYARP, "proxy_arp") }
  /// Proxy ARP by the requirements of IEEE 802.11 and Hotspot 2.0 (`IFLA_BRPORT_PROXYARP_WIFI`); `proxy_arp_wifi { on
  /// | off }`.
  public static var proxyARPForWiFi: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROXYARP_WIFI, "proxy_arp_wifi") }
  /// Whether the port acknowledges a topology change in its next message (`IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`).
  public static var topologyChangeAcknowledged: Property<BridgePort, UInt8> {
    .init(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, "topology_change_ack")
  }
  /// Whether a configuration message waits for the hold timer (`IFLA_BRPORT_CONFIG_PENDING`).
  public static var configurationPending: Property<BridgePort, UInt8> {
    .init(IFLA_BRPORT_CONFIG_PENDING, "config_pending")
  }
  /// Whether a multicast router is behind the port: 0 for never, 1 if a router is detected, 2 for always
  /// (`IFLA_BRPORT_MULTICAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MULTICAST_ROUTER, "mcast_router") }
  /// Whether the port sends multicast frames of unknown groups (`IFLA_BRPORT_MCAST_FLOOD`); `mcast_flood { on | off
  /// }`.
  public static var multicastFlood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MCAST_FLOOD, "mcast_flood") }
  /// Whether the port sends a multicast frame to each member as a unicast frame (`IFLA_BRPORT_MCAST_TO_UCAST`);
  /// `mcast_to_unicast { on | off }`.
  public static var multicastToUnicast: Property<BridgePort, UInt8> {
    .init(IFLA_BRPORT_MCAST_TO_UCAST, "mcast_to_unicast")
  }
  /// Whether the port sends broadcast frames (`IFLA_BRPORT_BCAST_FLOOD`); `bcast_flood { on | off }`.
  public static var broadcastFlood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_BCAST_FLOOD, "bcast_flood") }
  /// Whether the port suppresses ARP requests and neighbor solicitations for known neighbors
  /// (`IFLA_BRPORT_NEIGH_SUPPRESS`); `neigh_suppress { on | off }`.
  public static var neighborSuppression: Property<BridgePort, UInt8> {
    .init(IFLA_BRPORT_NEIGH_SUPPRESS, "neigh_suppress")
  }
  /// Whether neighbor suppression is enabled by VLAN, and not for the whole port (`IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`,
  /// Linux 6.4); `neigh_vlan_suppress { on | off }`.
  public static var neighborSuppressionByVLAN: Property<BridgePort, UInt8> {
    .init(NEWER_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, "neigh_vlan_suppress")
  }
  /// Whether the port maps VLANs to tunnels (`IFLA_BRPORT_VLAN_TUNNEL`); `vlan_tunnel { on | off }`.
  public static var vlanTunnel: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_VLAN_TUNNEL, "vlan_tunnel") }
  /// Whether the port exchanges no frames with other isolated ports (`IFLA_BRPORT_ISOLATED`); `isolated { on | off }`.
  public static var isolated: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_ISOLATED, "isolated") }
  /// Whether the port drops frames from addresses that are not in the forwarding database (`IFLA_BRPORT_LOCKED`);
  /// `locked { on | off }`.
  public static var locked: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_LOCKED, "locked") }
  /// Whether a locked port adds unknown addresses to the forwarding database, as locked (MAC authentication bypass)
  /// (`IFLA_BRPORT_MAB`, Linux 6.2); `mab { on | off }`.
  public static var authenticationBypass: Property<BridgePort, UInt8> { .init(NEWER_IFLA_BRPORT_MAB, "mab") }
  /// The priority, the higher part of the port's id; of equal paths, the port with the lowest id is used
  /// (`IFLA_BRPORT_PRIORITY`); `priority N`.
  public static var priority: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_PRIORITY, "priority") }
  /// The id of the designated port of the port's segment (`IFLA_BRPORT_DESIGNATED_PORT`).
  public static var designatedPort: Property<BridgePort, UInt16> {
    .init(IFLA_BRPORT_DESIGNATED_PORT, "designated_port")
  }
  /// The cost of the path from the designated bridge to the root bridge (`IFLA_BRPORT_DESIGNATED_COST`).
  public static var designatedCost: Property<BridgePort, UInt16> {
    .init(IFLA_BRPORT_DESIGNATED_COST, "designated_cost")
  }
  /// The id of the port: the priority and the number (`IFLA_BRPORT_ID`).
  public static var identifier: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_ID, "port_id") }
  /// The number of the port in the bridge (`IFLA_BRPORT_NO`).
  public static var number: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_NO, "port_no") }
  /// A mask of the link-local groups that the port forwards; bit N stands for 01:80:c2:00:00:0N
  /// (`IFLA_BRPORT_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Property<BridgePort, UInt16> {
    .init(IFLA_BRPORT_GROUP_FWD_MASK, "group_fwd_mask")
  }
  /// The cost of the path through the port (`IFLA_BRPORT_COST`); `cost N`.
  public static var cost: Property<BridgePort, UInt32> { .init(IFLA_BRPORT_COST, "cost") }
  /// The index of the port that takes over while this port has no carrier (`IFLA_BRPORT_BACKUP_PORT`); `backup_port
  /// DEVICE`.
  public static var backupPort: Property<BridgePort, UInt32> { .init(IFLA_BRPORT_BACKUP_PORT, "backup_port") }
  /// The id of the nexthop object for frames that the backup port takes over (`IFLA_BRPORT_BACKUP_NHID`, Linux 6.6);
  /// `backup_nhid ID`.
  public static var backupNexthop: Property<BridgePort, UInt32> { .init(NEWER_IFLA_BRPORT_BACKUP_NHID, "backup_nhid") }
  /// The time until the port may send the next configuration message (`IFLA_BRPORT_HOLD_TIMER`).
  public static var holdTimer: Property<BridgePort, UInt64> { .init(IFLA_BRPORT_HOLD_TIMER, "hold_timer") }
  /// The time until the information that the port received expires (`IFLA_BRPORT_MESSAGE_AGE_TIMER`).
  public static var messageAgeTimer: Property<BridgePort, UInt64> {
    .init(IFLA_BRPORT_MESSAGE_AGE_TIMER, "message_age_timer")
  }
  /// The time until the next state on the way to forwarding (`IFLA_BRPORT_FORWARD_DELAY_TIMER`).
  public static var forwardDelayTimer: Property<BridgePort, UInt64> {
    .init(IFLA_BRPORT_FORWARD_DELAY_TIMER, "forward_delay_timer")
  }
  /// The id of the root bridge in the messages that the port received (`IFLA_BRPORT_ROOT_ID`).
  public static var root: Property<BridgePort, BridgeID> { .init(IFLA_BRPORT_ROOT_ID, "designated_root") }
  /// The id of the designated bridge of the port's segment (`IFLA_BRPORT_BRIDGE_ID`).
  public static var bridge: Property<BridgePort, BridgeID> { .init(IFLA_BRPORT_BRIDGE_ID, "designated_bridge") }
  /// Removes the addresses that were learned from the port from the forwarding database (`IFLA_BRPORT_FLUSH`);
  /// `fdb_flush`.
  public static var flushAddresses: Property<BridgePort, Presence> { .init(IFLA_BRPORT_FLUSH, "fdb_flush") }

  /// The kind `bridge_slave`.
  public static let kind = LinkKind(
    "bridge_slave", isPort: true, unknownWord: "option",
    fields: [
      KindField(flushAddresses, .action),
      KindField(
        state, .namedNumber(BridgePortState.words), refused: .isInvalid),
      KindField(priority, refused: .isInvalid),
      KindField(cost, refused: .isInvalid),
      KindField(hairpin, .onOrOff),
      KindField(guarded, .onOrOff),
      KindField(rootBlock, .onOrOff),
      KindField(fastLeave, .onOrOff),
      KindField(learning, .onOrOff),
      KindField(flood, .onOrOff),
      KindField(identifier, .hexadecimal, key: "id", access: .readOnly),
      KindField(number, .hexadecimal, key: "no", access: .readOnly),
      KindField(designatedPort, access: .readOnly),
      KindField(designatedCost, access: .readOnly),
      KindField(bridge, .bridgeID, key: "bridge_id", access: .readOnly),
      KindField(root, .bridgeID, key: "root_id", access: .readOnly),
      KindField(holdTimer, .timer, access: .readOnly),
      KindField(messageAgeTimer, .timer, access: .readOnly),
      KindField(forwardDelayTimer, .timer, access: .readOnly),
      KindField(topologyChangeAcknowledged, access: .readOnly),
      KindField(configurationPending, access: .readOnly),
      KindField(proxyARP, .onOrOff),
      KindField(proxyARPForWiFi, .onOrOff),
      KindField(multicastRouter, key: "multicast_router"),
      KindField(fastLeave, .onOrOffInText, word: "mcast_fast_leave"),
      KindField(multicastFlood, .onOrOff),
      KindField(broadcastFlood, .onOrOff),
      KindField(multicastToUnicast, .onOrOff),
      KindField(neighborSuppression, .onOrOff),
      KindField(neighborSuppressionByVLAN, .onOrOff, access: .settableByFullWord),
      KindField(groupForwardMask, .mask),
      KindField(groupForwardMask, .groupMask, word: "group_fwd_mask_str", access: .readOnly),
      KindField(vlanTunnel, .onOrOff),
      KindField(isolated, .onOrOff),
      KindField(locked, .onOrOff),
      KindField(authenticationBypass, .onOrOff, access: .settableByFullWord),
      KindField(backupPort, .link),
      KindField(backupPort, .noLink, word: "nobackup_port"),
      KindField(backupNexthop, access: .settableByFullWord),
    ])
}
