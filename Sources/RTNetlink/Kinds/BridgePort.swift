internal import CMnl
public import Netlink

/// A link as a port of its master, a bridge: `IFLA_BRPORT_…` of linux/if_link.h; `ip link set DEV type bridge_slave`.
///
/// Times are in hundredths of a second (`USER_HZ`). The kernel looks for the port before it applies a master in the same
/// request.
public enum BridgePort: LinkKindAttributes {
  /// The state of the port (`IFLA_BRPORT_STATE`); `state N`.
  public static var state: Property<BridgePort, BridgePortState> { .init(IFLA_BRPORT_STATE, "state") }
  /// Whether it sends back where it came from (`IFLA_BRPORT_MODE`); `hairpin { on | off }`.
  public static var hairpin: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MODE, "hairpin") }
  /// Whether it takes no part in the spanning tree (`IFLA_BRPORT_GUARD`); `guard { on | off }`.
  public static var guarded: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_GUARD, "guard") }
  /// Whether it may not lead to the root (`IFLA_BRPORT_PROTECT`); `root_block { on | off }`.
  public static var rootBlock: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROTECT, "root_block") }
  /// Whether a member that leaves is believed at once (`IFLA_BRPORT_FAST_LEAVE`); `fastleave { on | off }`.
  public static var fastLeave: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_FAST_LEAVE, "fastleave") }
  /// Whether addresses are learned (`IFLA_BRPORT_LEARNING`); `learning { on | off }`.
  public static var learning: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_LEARNING, "learning") }
  /// Whether frames to unknown addresses go out here (`IFLA_BRPORT_UNICAST_FLOOD`); `flood { on | off }`.
  public static var flood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_UNICAST_FLOOD, "flood") }
  /// Whether it answers ARP for others (`IFLA_BRPORT_PROXYARP`); `proxy_arp { on | off }`.
  public static var proxyARP: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROXYARP, "proxy_arp") }
  /// The same as IEEE 802.11 wants it (`IFLA_BRPORT_PROXYARP_WIFI`); `proxy_arp_wifi { on | off }`.
  public static var proxyARPForWiFi: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_PROXYARP_WIFI, "proxy_arp_wifi") }
  /// Whether it has told that the tree changed (`IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`).
  public static var topologyChangeAcknowledged: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, "topology_change_ack") }
  /// Whether a message waits to be sent (`IFLA_BRPORT_CONFIG_PENDING`).
  public static var configurationPending: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_CONFIG_PENDING, "config_pending") }
  /// Whether a multicast router is behind it (`IFLA_BRPORT_MULTICAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MULTICAST_ROUTER, "mcast_router") }
  /// Whether frames to unknown groups go out here (`IFLA_BRPORT_MCAST_FLOOD`); `mcast_flood { on | off }`.
  public static var multicastFlood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MCAST_FLOOD, "mcast_flood") }
  /// Whether a group's frames go to each member by itself (`IFLA_BRPORT_MCAST_TO_UCAST`); `mcast_to_unicast { on | off }`.
  public static var multicastToUnicast: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_MCAST_TO_UCAST, "mcast_to_unicast") }
  /// Whether broadcasts go out here (`IFLA_BRPORT_BCAST_FLOOD`); `bcast_flood { on | off }`.
  public static var broadcastFlood: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_BCAST_FLOOD, "bcast_flood") }
  /// Whether known neighbours are not asked for here (`IFLA_BRPORT_NEIGH_SUPPRESS`); `neigh_suppress { on | off }`.
  public static var neighborSuppression: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_NEIGH_SUPPRESS, "neigh_suppress") }
  /// The same for each VLAN (`IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`, Linux 6.4); `neigh_vlan_suppress { on | off }`.
  public static var neighborSuppressionByVLAN: Property<BridgePort, UInt8> { .init(NEWER_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, "neigh_vlan_suppress") }
  /// Whether VLANs become tunnels here (`IFLA_BRPORT_VLAN_TUNNEL`); `vlan_tunnel { on | off }`.
  public static var vlanTunnel: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_VLAN_TUNNEL, "vlan_tunnel") }
  /// Whether it reaches no other isolated port (`IFLA_BRPORT_ISOLATED`); `isolated { on | off }`.
  public static var isolated: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_ISOLATED, "isolated") }
  /// Whether unknown senders are locked out (`IFLA_BRPORT_LOCKED`); `locked { on | off }`.
  public static var locked: Property<BridgePort, UInt8> { .init(IFLA_BRPORT_LOCKED, "locked") }
  /// Whether a known sender is let in (`IFLA_BRPORT_MAB`, Linux 6.2); `mab { on | off }`.
  public static var authenticationBypass: Property<BridgePort, UInt8> { .init(NEWER_IFLA_BRPORT_MAB, "mab") }
  /// Which of a bridge's ports is the better one (`IFLA_BRPORT_PRIORITY`); `priority N`.
  public static var priority: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_PRIORITY, "priority") }
  /// The port of the bridge that leads to the root (`IFLA_BRPORT_DESIGNATED_PORT`).
  public static var designatedPort: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_DESIGNATED_PORT, "designated_port") }
  /// What the way from there costs (`IFLA_BRPORT_DESIGNATED_COST`).
  public static var designatedCost: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_DESIGNATED_COST, "designated_cost") }
  /// Priority and number in one (`IFLA_BRPORT_ID`).
  public static var identifier: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_ID, "port_id") }
  /// Its number in the bridge (`IFLA_BRPORT_NO`).
  public static var number: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_NO, "port_no") }
  /// Which link-local groups go out here, by the last digit (`IFLA_BRPORT_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Property<BridgePort, UInt16> { .init(IFLA_BRPORT_GROUP_FWD_MASK, "group_fwd_mask") }
  /// What the way through it costs (`IFLA_BRPORT_COST`); `cost N`.
  public static var cost: Property<BridgePort, UInt32> { .init(IFLA_BRPORT_COST, "cost") }
  /// The index of the port that takes over without a carrier (`IFLA_BRPORT_BACKUP_PORT`); `backup_port DEVICE`.
  public static var backupPort: Property<BridgePort, UInt32> { .init(IFLA_BRPORT_BACKUP_PORT, "backup_port") }
  /// The nexthop that goes with it (`IFLA_BRPORT_BACKUP_NHID`, Linux 6.6); `backup_nhid ID`.
  public static var backupNexthop: Property<BridgePort, UInt32> { .init(NEWER_IFLA_BRPORT_BACKUP_NHID, "backup_nhid") }
  /// Until the next message may be sent, in hundredths of a second as the other two (`IFLA_BRPORT_HOLD_TIMER`).
  public static var holdTimer: Property<BridgePort, UInt64> { .init(IFLA_BRPORT_HOLD_TIMER, "hold_timer") }
  /// Until the last message is too old (`IFLA_BRPORT_MESSAGE_AGE_TIMER`).
  public static var messageAgeTimer: Property<BridgePort, UInt64> { .init(IFLA_BRPORT_MESSAGE_AGE_TIMER, "message_age_timer") }
  /// Until it forwards (`IFLA_BRPORT_FORWARD_DELAY_TIMER`).
  public static var forwardDelayTimer: Property<BridgePort, UInt64> { .init(IFLA_BRPORT_FORWARD_DELAY_TIMER, "forward_delay_timer") }
  /// The root bridge as it was heard here (`IFLA_BRPORT_ROOT_ID`).
  public static var root: Property<BridgePort, BridgeID> { .init(IFLA_BRPORT_ROOT_ID, "designated_root") }
  /// The bridge that leads to the root (`IFLA_BRPORT_BRIDGE_ID`).
  public static var bridge: Property<BridgePort, BridgeID> { .init(IFLA_BRPORT_BRIDGE_ID, "designated_bridge") }
  /// Forgets the addresses that were learned here (`IFLA_BRPORT_FLUSH`); `fdb_flush`.
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
