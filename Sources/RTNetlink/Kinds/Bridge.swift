internal import CMnl
public import Netlink

/// A software switch, whose ports are the links that have the bridge as master: `IFLA_BR_…` of linux/if_link.h;
/// `ip link add NAME type bridge`.
///
/// Times are in hundredths of a second (`USER_HZ`).
public enum Bridge: LinkKindAttributes {
  /// How long a port listens and learns before it forwards (`IFLA_BR_FORWARD_DELAY`); `forward_delay TIME`.
  public static var forwardDelay: Property<Bridge, UInt32> { .init(IFLA_BR_FORWARD_DELAY, "forward_delay") }
  /// How often a root bridge says hello (`IFLA_BR_HELLO_TIME`); `hello_time TIME`.
  public static var helloTime: Property<Bridge, UInt32> { .init(IFLA_BR_HELLO_TIME, "hello_time") }
  /// How old a hello may be (`IFLA_BR_MAX_AGE`); `max_age TIME`.
  public static var maximumAge: Property<Bridge, UInt32> { .init(IFLA_BR_MAX_AGE, "max_age") }
  /// How long an address that is not seen stays known (`IFLA_BR_AGEING_TIME`); `ageing_time TIME`.
  public static var ageingTime: Property<Bridge, UInt32> { .init(IFLA_BR_AGEING_TIME, "ageing_time") }
  /// Whether the spanning tree protocol runs, and where (`IFLA_BR_STP_STATE`); `stp_state STATE`.
  public static var spanningTreeState: Property<Bridge, UInt32> { .init(IFLA_BR_STP_STATE, "stp_state") }
  /// What the way to the root bridge costs (`IFLA_BR_ROOT_PATH_COST`).
  public static var rootPathCost: Property<Bridge, UInt32> { .init(IFLA_BR_ROOT_PATH_COST, "root_path_cost") }
  /// How full the table of multicast groups gets in one place: not used any more (`IFLA_BR_MCAST_HASH_ELASTICITY`).
  public static var multicastHashElasticity: Property<Bridge, UInt32> { .init(IFLA_BR_MCAST_HASH_ELASTICITY, "mcast_hash_elasticity") }
  /// How many multicast groups there may be (`IFLA_BR_MCAST_HASH_MAX`); `mcast_hash_max N`.
  public static var multicastHashMaximum: Property<Bridge, UInt32> { .init(IFLA_BR_MCAST_HASH_MAX, "mcast_hash_max") }
  /// How often it asks before a group is given up (`IFLA_BR_MCAST_LAST_MEMBER_CNT`); `mcast_last_member_count N`.
  public static var lastMemberCount: Property<Bridge, UInt32> { .init(IFLA_BR_MCAST_LAST_MEMBER_CNT, "mcast_last_member_count") }
  /// How often it asks at the start (`IFLA_BR_MCAST_STARTUP_QUERY_CNT`); `mcast_startup_query_count N`.
  public static var startupQueryCount: Property<Bridge, UInt32> { .init(IFLA_BR_MCAST_STARTUP_QUERY_CNT, "mcast_startup_query_count") }
  /// How many addresses it has learned (`IFLA_BR_FDB_N_LEARNED`, Linux 6.7).
  public static var learnedAddresses: Property<Bridge, UInt32> { .init(NEWER_IFLA_BR_FDB_N_LEARNED, "fdb_n_learned") }
  /// How many addresses it may learn, 0 for any number (`IFLA_BR_FDB_MAX_LEARNED`, Linux 6.7); `fdb_max_learned N`.
  public static var maximumLearnedAddresses: Property<Bridge, UInt32> { .init(NEWER_IFLA_BR_FDB_MAX_LEARNED, "fdb_max_learned") }
  /// The higher half of its id: the least of all bridges is the root (`IFLA_BR_PRIORITY`); `priority N`.
  public static var priority: Property<Bridge, UInt16> { .init(IFLA_BR_PRIORITY, "priority") }
  /// The protocol of its VLANs, `ETH_P_…` in network order (`IFLA_BR_VLAN_PROTOCOL`); `vlan_protocol PROTOCOL`.
  public static var vlanProtocol: Property<Bridge, UInt16> { .init(IFLA_BR_VLAN_PROTOCOL, "vlan_protocol") }
  /// The VLAN of frames without a tag (`IFLA_BR_VLAN_DEFAULT_PVID`); `vlan_default_pvid ID`.
  public static var vlanDefaultID: Property<Bridge, UInt16> { .init(IFLA_BR_VLAN_DEFAULT_PVID, "vlan_default_pvid") }
  /// Which link-local groups it forwards, by the last digit (`IFLA_BR_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Property<Bridge, UInt16> { .init(IFLA_BR_GROUP_FWD_MASK, "group_fwd_mask") }
  /// The port that leads to the root bridge (`IFLA_BR_ROOT_PORT`).
  public static var rootPort: Property<Bridge, UInt16> { .init(IFLA_BR_ROOT_PORT, "root_port") }
  /// Whether ports belong to VLANs (`IFLA_BR_VLAN_FILTERING`); `vlan_filtering { 0 | 1 }`.
  public static var vlanFiltering: Property<Bridge, UInt8> { .init(IFLA_BR_VLAN_FILTERING, "vlan_filtering") }
  /// Whether traffic is counted by VLAN (`IFLA_BR_VLAN_STATS_ENABLED`); `vlan_stats_enabled { 0 | 1 }`.
  public static var vlanStatistics: Property<Bridge, UInt8> { .init(IFLA_BR_VLAN_STATS_ENABLED, "vlan_stats_enabled") }
  /// Whether it is counted by port and VLAN (`IFLA_BR_VLAN_STATS_PER_PORT`); `vlan_stats_per_port { 0 | 1 }`.
  public static var vlanStatisticsPerPort: Property<Bridge, UInt8> { .init(IFLA_BR_VLAN_STATS_PER_PORT, "vlan_stats_per_port") }
  /// Whether the tree has changed (`IFLA_BR_TOPOLOGY_CHANGE`).
  public static var topologyChange: Property<Bridge, UInt8> { .init(IFLA_BR_TOPOLOGY_CHANGE, "topology_change") }
  /// Whether it found that itself (`IFLA_BR_TOPOLOGY_CHANGE_DETECTED`).
  public static var topologyChangeDetected: Property<Bridge, UInt8> { .init(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, "topology_change_detected") }
  /// Whether it sends to members of a group alone (`IFLA_BR_MCAST_SNOOPING`); `mcast_snooping { 0 | 1 }`.
  public static var multicastSnooping: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_SNOOPING, "mcast_snooping") }
  /// Whether it counts as a multicast router itself (`IFLA_BR_MCAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_ROUTER, "mcast_router") }
  /// Whether it asks from an address of its own (`IFLA_BR_MCAST_QUERY_USE_IFADDR`); `mcast_query_use_ifaddr { 0 | 1 }`.
  public static var multicastQueryUsesAddress: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_QUERY_USE_IFADDR, "mcast_query_use_ifaddr") }
  /// Whether it asks who is a member (`IFLA_BR_MCAST_QUERIER`); `mcast_querier { 0 | 1 }`.
  public static var multicastQuerier: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_QUERIER, "mcast_querier") }
  /// Whether multicast protocols are counted (`IFLA_BR_MCAST_STATS_ENABLED`); `mcast_stats_enabled { 0 | 1 }`.
  public static var multicastStatistics: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_STATS_ENABLED, "mcast_stats_enabled") }
  /// The version of IGMP (`IFLA_BR_MCAST_IGMP_VERSION`); `mcast_igmp_version N`.
  public static var igmpVersion: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_IGMP_VERSION, "mcast_igmp_version") }
  /// The version of MLD (`IFLA_BR_MCAST_MLD_VERSION`); `mcast_mld_version N`.
  public static var mldVersion: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_MLD_VERSION, "mcast_mld_version") }
  /// Whether iptables sees what it forwards (`IFLA_BR_NF_CALL_IPTABLES`); `nf_call_iptables { 0 | 1 }`.
  public static var callsIPTables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_IPTABLES, "nf_call_iptables") }
  /// Whether ip6tables does (`IFLA_BR_NF_CALL_IP6TABLES`); `nf_call_ip6tables { 0 | 1 }`.
  public static var callsIP6Tables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_IP6TABLES, "nf_call_ip6tables") }
  /// Whether arptables does (`IFLA_BR_NF_CALL_ARPTABLES`); `nf_call_arptables { 0 | 1 }`.
  public static var callsARPTables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_ARPTABLES, "nf_call_arptables") }
  /// Until the next hello (`IFLA_BR_HELLO_TIMER`).
  public static var helloTimer: Property<Bridge, UInt64> { .init(IFLA_BR_HELLO_TIMER, "hello_timer") }
  /// Until a change is told again (`IFLA_BR_TCN_TIMER`).
  public static var changeNotificationTimer: Property<Bridge, UInt64> { .init(IFLA_BR_TCN_TIMER, "tcn_timer") }
  /// Until a change is over (`IFLA_BR_TOPOLOGY_CHANGE_TIMER`).
  public static var topologyChangeTimer: Property<Bridge, UInt64> { .init(IFLA_BR_TOPOLOGY_CHANGE_TIMER, "topology_change_timer") }
  /// Until old addresses are forgotten (`IFLA_BR_GC_TIMER`).
  public static var cleanupTimer: Property<Bridge, UInt64> { .init(IFLA_BR_GC_TIMER, "gc_timer") }
  /// Between asking twice whether a group has members left (`IFLA_BR_MCAST_LAST_MEMBER_INTVL`);
  /// `mcast_last_member_interval TIME`.
  public static var lastMemberInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_LAST_MEMBER_INTVL, "mcast_last_member_interval") }
  /// How long a member that is not heard of stays one (`IFLA_BR_MCAST_MEMBERSHIP_INTVL`); `mcast_membership_interval TIME`.
  public static var membershipInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_MEMBERSHIP_INTVL, "mcast_membership_interval") }
  /// How long another that asks stays known (`IFLA_BR_MCAST_QUERIER_INTVL`); `mcast_querier_interval TIME`.
  public static var querierInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_QUERIER_INTVL, "mcast_querier_interval") }
  /// How often it asks who is a member (`IFLA_BR_MCAST_QUERY_INTVL`); `mcast_query_interval TIME`.
  public static var queryInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_QUERY_INTVL, "mcast_query_interval") }
  /// How long an answer may take (`IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`); `mcast_query_response_interval TIME`.
  public static var queryResponseInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, "mcast_query_response_interval") }
  /// How often it asks at the start (`IFLA_BR_MCAST_STARTUP_QUERY_INTVL`); `mcast_startup_query_interval TIME`.
  public static var startupQueryInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, "mcast_startup_query_interval") }
  /// Whom the spanning tree protocol sends to (`IFLA_BR_GROUP_ADDR`); `group_address ADDRESS`.
  public static var groupAddress: Property<Bridge, HardwareAddress> { .init(IFLA_BR_GROUP_ADDR, "group_address") }
  /// Forgets all addresses that were learned (`IFLA_BR_FDB_FLUSH`); `fdb_flush`.
  public static var flushAddresses: Property<Bridge, Presence> { .init(IFLA_BR_FDB_FLUSH, "fdb_flush") }
  /// Its own id (`IFLA_BR_BRIDGE_ID`).
  public static var identifier: Property<Bridge, BridgeID> { .init(IFLA_BR_BRIDGE_ID, "bridge_id") }
  /// The id of the root bridge (`IFLA_BR_ROOT_ID`).
  public static var root: Property<Bridge, BridgeID> { .init(IFLA_BR_ROOT_ID, "designated_root") }
  /// Options that share an attribute (`IFLA_BR_MULTI_BOOLOPT`).
  public static var options: Property<Bridge, BridgeOptions> { .init(IFLA_BR_MULTI_BOOLOPT) }

  /// The kind `bridge`.
  public static let kind = LinkKind(
    "bridge", unknownWord: "command",
    fields: [
      KindField(forwardDelay),
      KindField(helloTime),
      KindField(maximumAge),
      KindField(ageingTime),
      KindField(spanningTreeState),
      KindField(priority),
      KindField(vlanFiltering),
      KindField(vlanProtocol, .choice(VLAN.tagProtocols)),
      KindField(identifier, .bridgeID, access: .readOnly),
      KindField(root, .bridgeID, key: "root_id", access: .readOnly),
      KindField(rootPort, access: .readOnly),
      KindField(rootPathCost, access: .readOnly),
      KindField(topologyChange, access: .readOnly),
      KindField(topologyChangeDetected, access: .readOnly),
      KindField(helloTimer, .timer, access: .readOnly),
      KindField(changeNotificationTimer, .timer, access: .readOnly),
      KindField(topologyChangeTimer, .timer, access: .readOnly),
      KindField(cleanupTimer, .timer, access: .readOnly),
      KindField(learnedAddresses, access: .readOnly),
      KindField(maximumLearnedAddresses, access: .settableByFullWord),
      KindField(vlanDefaultID),
      KindField(vlanStatistics),
      KindField(vlanStatisticsPerPort),
      KindField(groupForwardMask, .mask),
      KindField(groupAddress, .hardwareAddress, key: "group_addr"),
      KindField(multicastSnooping),
      KindField(options, .option(.noLinkLocalLearning), word: "no_linklocal_learn", access: .settableByFullWord),
      KindField(options, .option(.multicastVLANSnooping), word: "mcast_vlan_snooping", access: .settableByFullWord),
      KindField(options, .option(.multipleSpanningTrees), word: "mst_enabled", access: .settableByFullWord),
      KindField(
        options, .option(.offloadFailureNotification), word: "mdb_offload_fail_notification", access: .settableByFullWord),
      KindField(options, .option(.localAddressesInVLAN0), word: "fdb_local_vlan_0", access: .settableByFullWord),
      KindField(multicastRouter),
      KindField(multicastQueryUsesAddress),
      KindField(multicastQuerier),
      KindField(multicastHashElasticity),
      KindField(multicastHashMaximum),
      KindField(lastMemberCount, key: "mcast_last_member_cnt"),
      KindField(startupQueryCount, key: "mcast_startup_query_cnt"),
      KindField(lastMemberInterval, key: "mcast_last_member_intvl"),
      KindField(membershipInterval, key: "mcast_membership_intvl"),
      KindField(querierInterval, key: "mcast_querier_intvl"),
      KindField(queryInterval, key: "mcast_query_intvl"),
      KindField(queryResponseInterval, key: "mcast_query_response_intvl"),
      KindField(startupQueryInterval, key: "mcast_startup_query_intvl"),
      KindField(multicastStatistics),
      KindField(igmpVersion),
      KindField(mldVersion),
      KindField(callsIPTables),
      KindField(callsIP6Tables),
      KindField(callsARPTables),
      KindField(flushAddresses, .action),
    ])
}
