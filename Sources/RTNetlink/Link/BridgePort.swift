internal import CMnl
public import Netlink

/// A link as the port of a bridge, which is its master: `IFLA_BRPORT_…` of linux/if_link.h.
public enum BridgePort {}

extension LinkRequest {
  /// Says what a link knows as the port of a bridge; `ip link set DEV type bridge_slave …`.
  ///
  /// The kernel looks for it before it applies a master in the same request.
  public mutating func setBridgePort<Failure: Error>(
    _ settings: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    try nest(IFLA_LINKINFO) { request throws(Failure) in
      request.request.append(IFLA_INFO_SLAVE_KIND, Bridge.kind)
      try request.nest(IFLA_INFO_SLAVE_DATA, settings)
    }
  }

  /// Sets a property of a bridge port, inside `setBridgePort`.
  public mutating func set<Value: AttributeValue>(port property: Property<BridgePort, Value>, to value: Value) {
    request.append(Int(property.type), value)
  }
}

extension Property<BridgePort, UInt8> {
  /// `BR_STATE_…` of linux/if_bridge.h (`IFLA_BRPORT_STATE`); `state N`.
  public static var state: Self { Self(IFLA_BRPORT_STATE) }
  /// Whether it sends back where it came from (`IFLA_BRPORT_MODE`); `hairpin { on | off }`.
  public static var hairpin: Self { Self(IFLA_BRPORT_MODE) }
  /// Whether it takes no part in the spanning tree (`IFLA_BRPORT_GUARD`); `guard { on | off }`.
  public static var guarded: Self { Self(IFLA_BRPORT_GUARD) }
  /// Whether it may not lead to the root (`IFLA_BRPORT_PROTECT`); `root_block { on | off }`.
  public static var rootBlock: Self { Self(IFLA_BRPORT_PROTECT) }
  /// Whether a member that leaves is believed at once (`IFLA_BRPORT_FAST_LEAVE`); `fastleave { on | off }`.
  public static var fastLeave: Self { Self(IFLA_BRPORT_FAST_LEAVE) }
  /// Whether addresses are learned (`IFLA_BRPORT_LEARNING`); `learning { on | off }`.
  public static var learning: Self { Self(IFLA_BRPORT_LEARNING) }
  /// Whether frames to unknown addresses go out here (`IFLA_BRPORT_UNICAST_FLOOD`); `flood { on | off }`.
  public static var flood: Self { Self(IFLA_BRPORT_UNICAST_FLOOD) }
  /// Whether it answers ARP for others (`IFLA_BRPORT_PROXYARP`); `proxy_arp { on | off }`.
  public static var proxyARP: Self { Self(IFLA_BRPORT_PROXYARP) }
  /// The same as IEEE 802.11 wants it (`IFLA_BRPORT_PROXYARP_WIFI`); `proxy_arp_wifi { on | off }`.
  public static var proxyARPForWiFi: Self { Self(IFLA_BRPORT_PROXYARP_WIFI) }
  /// Whether it has told that the tree changed (`IFLA_BRPORT_TOPOLOGY_CHANGE_ACK`).
  public static var topologyChangeAcknowledged: Self { Self(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK) }
  /// Whether a message waits to be sent (`IFLA_BRPORT_CONFIG_PENDING`).
  public static var configurationPending: Self { Self(IFLA_BRPORT_CONFIG_PENDING) }
  /// Whether a multicast router is behind it (`IFLA_BRPORT_MULTICAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Self { Self(IFLA_BRPORT_MULTICAST_ROUTER) }
  /// Whether frames to unknown groups go out here (`IFLA_BRPORT_MCAST_FLOOD`); `mcast_flood { on | off }`.
  public static var multicastFlood: Self { Self(IFLA_BRPORT_MCAST_FLOOD) }
  /// Whether a group's frames go to each member by itself (`IFLA_BRPORT_MCAST_TO_UCAST`); `mcast_to_unicast { on | off }`.
  public static var multicastToUnicast: Self { Self(IFLA_BRPORT_MCAST_TO_UCAST) }
  /// Whether broadcasts go out here (`IFLA_BRPORT_BCAST_FLOOD`); `bcast_flood { on | off }`.
  public static var broadcastFlood: Self { Self(IFLA_BRPORT_BCAST_FLOOD) }
  /// Whether known neighbours are not asked for here (`IFLA_BRPORT_NEIGH_SUPPRESS`); `neigh_suppress { on | off }`.
  public static var neighborSuppression: Self { Self(IFLA_BRPORT_NEIGH_SUPPRESS) }
  /// The same for each VLAN (`IFLA_BRPORT_NEIGH_VLAN_SUPPRESS`, Linux 6.4); `neigh_vlan_suppress { on | off }`.
  public static var neighborSuppressionByVLAN: Self { Self(NEWER_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS) }
  /// Whether VLANs become tunnels here (`IFLA_BRPORT_VLAN_TUNNEL`); `vlan_tunnel { on | off }`.
  public static var vlanTunnel: Self { Self(IFLA_BRPORT_VLAN_TUNNEL) }
  /// Whether it reaches no other isolated port (`IFLA_BRPORT_ISOLATED`); `isolated { on | off }`.
  public static var isolated: Self { Self(IFLA_BRPORT_ISOLATED) }
  /// Whether unknown senders are locked out (`IFLA_BRPORT_LOCKED`); `locked { on | off }`.
  public static var locked: Self { Self(IFLA_BRPORT_LOCKED) }
  /// Whether a known sender is let in (`IFLA_BRPORT_MAB`, Linux 6.2); `mab { on | off }`.
  public static var authenticationBypass: Self { Self(NEWER_IFLA_BRPORT_MAB) }
}

extension Property<BridgePort, UInt16> {
  /// Which of a bridge's ports is the better one (`IFLA_BRPORT_PRIORITY`); `priority N`.
  public static var priority: Self { Self(IFLA_BRPORT_PRIORITY) }
  /// The port of the bridge that leads to the root (`IFLA_BRPORT_DESIGNATED_PORT`).
  public static var designatedPort: Self { Self(IFLA_BRPORT_DESIGNATED_PORT) }
  /// What the way from there costs (`IFLA_BRPORT_DESIGNATED_COST`).
  public static var designatedCost: Self { Self(IFLA_BRPORT_DESIGNATED_COST) }
  /// Priority and number in one (`IFLA_BRPORT_ID`).
  public static var identifier: Self { Self(IFLA_BRPORT_ID) }
  /// Its number in the bridge (`IFLA_BRPORT_NO`).
  public static var number: Self { Self(IFLA_BRPORT_NO) }
  /// Which link-local groups go out here, by the last digit (`IFLA_BRPORT_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Self { Self(IFLA_BRPORT_GROUP_FWD_MASK) }
}

extension Property<BridgePort, UInt32> {
  /// What the way through it costs (`IFLA_BRPORT_COST`); `cost N`.
  public static var cost: Self { Self(IFLA_BRPORT_COST) }
  /// The index of the port that takes over without a carrier (`IFLA_BRPORT_BACKUP_PORT`); `backup_port DEVICE`.
  public static var backupPort: Self { Self(IFLA_BRPORT_BACKUP_PORT) }
  /// The nexthop that goes with it (`IFLA_BRPORT_BACKUP_NHID`, Linux 6.6); `backup_nhid ID`.
  public static var backupNexthop: Self { Self(NEWER_IFLA_BRPORT_BACKUP_NHID) }
}

extension Property<BridgePort, UInt64> {
  /// Until the next message may be sent, in hundredths of a second as the other two (`IFLA_BRPORT_HOLD_TIMER`).
  public static var holdTimer: Self { Self(IFLA_BRPORT_HOLD_TIMER) }
  /// Until the last message is too old (`IFLA_BRPORT_MESSAGE_AGE_TIMER`).
  public static var messageAgeTimer: Self { Self(IFLA_BRPORT_MESSAGE_AGE_TIMER) }
  /// Until it forwards (`IFLA_BRPORT_FORWARD_DELAY_TIMER`).
  public static var forwardDelayTimer: Self { Self(IFLA_BRPORT_FORWARD_DELAY_TIMER) }
}

extension Property<BridgePort, BridgeID> {
  /// The root bridge as it was heard here (`IFLA_BRPORT_ROOT_ID`).
  public static var root: Self { Self(IFLA_BRPORT_ROOT_ID) }
  /// The bridge that leads to the root (`IFLA_BRPORT_BRIDGE_ID`).
  public static var bridge: Self { Self(IFLA_BRPORT_BRIDGE_ID) }
}

extension Property<BridgePort, Presence> {
  /// Forgets the addresses that were learned here (`IFLA_BRPORT_FLUSH`); `fdb_flush`.
  public static var flushAddresses: Self { Self(IFLA_BRPORT_FLUSH) }
}
