internal import CMnl
public import Netlink

/// A software switch, whose ports are the links that have the bridge as master: `IFLA_BR_…` of linux/if_link.h;
/// `ip link add NAME type bridge`.
///
/// Times are in hundredths of a second (`USER_HZ`).
public enum Bridge: LinkKindAttributes {
  /// The time that a port spends in each of the states listening and learning before it forwards
  /// (`IFLA_BR_FORWARD_DELAY`); `forward_delay TIME`.
  public static var forwardDelay: Property<Bridge, UInt32> { .init(IFLA_BR_FORWARD_DELAY, "forward_delay") }
  /// The interval between the hello packets of a root bridge (`IFLA_BR_HELLO_TIME`); `hello_time TIME`.
  public static var helloTime: Property<Bridge, UInt32> { .init(IFLA_BR_HELLO_TIME, "hello_time") }
  /// The time after which the information of a hello packet expires (`IFLA_BR_MAX_AGE`); `max_age TIME`.
  public static var maximumAge: Property<Bridge, UInt32> { .init(IFLA_BR_MAX_AGE, "max_age") }
  /// The time after which an address that was not seen again is removed from the forwarding database
  /// (`IFLA_BR_AGEING_TIME`); `ageing_time TIME`.
  public static var ageingTime: Property<Bridge, UInt32> { .init(IFLA_BR_AGEING_TIME, "ageing_time") }
  /// The state of the spanning tree protocol: 0 for off, 1 in the kernel, 2 in a program (`IFLA_BR_STP_STATE`);
  /// `stp_state STATE`.
  public static var spanningTreeState: Property<Bridge, UInt32> { .init(IFLA_BR_STP_STATE, "stp_state") }
  /// The cost of the path to the root bridge (`IFLA_BR_ROOT_PATH_COST`).
  public static var rootPathCost: Property<Bridge, UInt32> { .init(IFLA_BR_ROOT_PATH_COST, "root_path_cost") }
  /// The elasticity of the multicast hash table, which the kernel ignores
  /// (`IFLA_BR_MCAST_HASH_ELASTICITY`).
  public static var multicastHashElasticity: Property<Bridge, UInt32> {
    .init(IFLA_BR_MCAST_HASH_ELASTICITY, "mcast_hash_elasticity")
  }
  /// The maximum size of the multicast hash table, in groups (`IFLA_BR_MCAST_HASH_MAX`); `mcast_hash_max N`.
  public static var multicastHashMaximum: Property<Bridge, UInt32> { .init(IFLA_BR_MCAST_HASH_MAX, "mcast_hash_max") }
  /// The number of queries for a group, after a leave message, before the bridge leaves the group
  /// (`IFLA_BR_MCAST_LAST_MEMBER_CNT`); `mcast_last_member_count N`.
  public static var lastMemberCount: Property<Bridge, UInt32> {
    .init(IFLA_BR_MCAST_LAST_MEMBER_CNT, "mcast_last_member_count")
  }
  /// The number of queries that the bridge sends when it starts (`IFLA_BR_MCAST_STARTUP_QUERY_CNT`);
  /// `mcast_startup_query_count N`.
  public static var startupQueryCount: Property<Bridge, UInt32> {
    .init(IFLA_BR_MCAST_STARTUP_QUERY_CNT, "mcast_startup_query_count")
  }
  /// The number of learned addresses in the forwarding database (`IFLA_BR_FDB_N_LEARNED`, Linux 6.7).
  public static var learnedAddresses: Property<Bridge, UInt32> { .init(NEWER_IFLA_BR_FDB_N_LEARNED, "fdb_n_learned") }
  /// The maximum number of learned addresses in the forwarding database; 0 for no limit (`IFLA_BR_FDB_MAX_LEARNED`,
  /// Linux 6.7); `fdb_max_learned N`.
  public static var maximumLearnedAddresses: Property<Bridge, UInt32> {
    .init(NEWER_IFLA_BR_FDB_MAX_LEARNED, "fdb_max_learned")
  }
  /// The priority, the higher half of the bridge's id; the bridge with the lowest id is the root bridge
  /// (`IFLA_BR_PRIORITY`); `priority N`.
  public static var priority: Property<Bridge, UInt16> { .init(IFLA_BR_PRIORITY, "priority") }
  /// The protocol of VLAN tags, `ETH_P_…` in network order (`IFLA_BR_VLAN_PROTOCOL`); `vlan_protocol PROTOCOL`.
  public static var vlanProtocol: Property<Bridge, UInt16> { .init(IFLA_BR_VLAN_PROTOCOL, "vlan_protocol") }
  /// The VLAN id of frames without a tag (the default PVID) (`IFLA_BR_VLAN_DEFAULT_PVID`); `vlan_default_pvid ID`.
  public static var vlanDefaultID: Property<Bridge, UInt16> { .init(IFLA_BR_VLAN_DEFAULT_PVID, "vlan_default_pvid") }
  /// A mask of the link-local groups that the bridge forwards; bit N stands for 01:80:c2:00:00:0N
  /// (`IFLA_BR_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Property<Bridge, UInt16> { .init(IFLA_BR_GROUP_FWD_MASK, "group_fwd_mask") }
  /// The number of the root port, which leads to the root bridge (`IFLA_BR_ROOT_PORT`).
  public static var rootPort: Property<Bridge, UInt16> { .init(IFLA_BR_ROOT_PORT, "root_port") }
  /// Whether the bridge filters by VLAN (`IFLA_BR_VLAN_FILTERING`); `vlan_filtering { 0 | 1 }`.
  public static var vlanFiltering: Property<Bridge, UInt8> { .init(IFLA_BR_VLAN_FILTERING, "vlan_filtering") }
  /// Whether the bridge counts traffic by VLAN (`IFLA_BR_VLAN_STATS_ENABLED`); `vlan_stats_enabled { 0 | 1 }`.
  public static var vlanStatistics: Property<Bridge, UInt8> { .init(IFLA_BR_VLAN_STATS_ENABLED, "vlan_stats_enabled") }
  /// Whether the bridge counts traffic by port and VLAN (`IFLA_BR_VLAN_STATS_PER_PORT`); `vlan_stats_per_port { 0 | 1
  /// }`.
  public static var vlanStatisticsPerPort: Property<Bridge, UInt8> {
    .init(IFLA_BR_VLAN_STATS_PER_PORT, "vlan_stats_per_port")
  }
  /// Whether the topology of the spanning tree is changing (`IFLA_BR_TOPOLOGY_CHANGE`).
  public static var topologyChange: Property<Bridge, UInt8> { .init(IFLA_BR_TOPOLOGY_CHANGE, "topology_change") }
  /// Whether the bridge itself detected a change of the topology (`IFLA_BR_TOPOLOGY_CHANGE_DETECTED`).
  public static var topologyChangeDetected: Property<Bridge, UInt8> {
    .init(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, "topology_change_detected")
  }
  /// Whether multicast snooping is enabled: frames go only to ports with members of their group
  /// (`IFLA_BR_MCAST_SNOOPING`); `mcast_snooping { 0 | 1 }`.
  public static var multicastSnooping: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_SNOOPING, "mcast_snooping") }
  /// Whether the bridge receives all multicast traffic as a router: 0 for never, 1 if a router is detected, 2 for
  /// always (`IFLA_BR_MCAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_ROUTER, "mcast_router") }
  /// Whether the source of queries is the bridge's own IP address, and not 0.0.0.0 (`IFLA_BR_MCAST_QUERY_USE_IFADDR`);
  /// `mcast_query_use_ifaddr { 0 | 1 }`.
  public static var multicastQueryUsesAddress: Property<Bridge, UInt8> {
    .init(IFLA_BR_MCAST_QUERY_USE_IFADDR, "mcast_query_use_ifaddr")
  }
  /// Whether the bridge sends queries for the members of groups (`IFLA_BR_MCAST_QUERIER`); `mcast_querier { 0 | 1 }`.
  public static var multicastQuerier: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_QUERIER, "mcast_querier") }
  /// Whether the bridge counts IGMP and MLD messages (`IFLA_BR_MCAST_STATS_ENABLED`); `mcast_stats_enabled { 0 | 1 }`.
  public static var multicastStatistics: Property<Bridge, UInt8> {
    .init(IFLA_BR_MCAST_STATS_ENABLED, "mcast_stats_enabled")
  }
  /// The version of IGMP, 2 or 3 (`IFLA_BR_MCAST_IGMP_VERSION`); `mcast_igmp_version N`.
  public static var igmpVersion: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_IGMP_VERSION, "mcast_igmp_version") }
  /// The version of MLD, 1 or 2 (`IFLA_BR_MCAST_MLD_VERSION`); `mcast_mld_version N`.
  public static var mldVersion: Property<Bridge, UInt8> { .init(IFLA_BR_MCAST_MLD_VERSION, "mcast_mld_version") }
  /// Whether iptables filters bridged IPv4 packets (`IFLA_BR_NF_CALL_IPTABLES`); `nf_call_iptables { 0 | 1 }`.
  public static var callsIPTables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_IPTABLES, "nf_call_iptables") }
  /// Whether ip6tables filters bridged IPv6 packets (`IFLA_BR_NF_CALL_IP6TABLES`); `nf_call_ip6tables { 0 | 1 }`.
  public static var callsIP6Tables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_IP6TABLES, "nf_call_ip6tables") }
  /// Whether arptables filters bridged ARP packets (`IFLA_BR_NF_CALL_ARPTABLES`); `nf_call_arptables { 0 | 1 }`.
  public static var callsARPTables: Property<Bridge, UInt8> { .init(IFLA_BR_NF_CALL_ARPTABLES, "nf_call_arptables") }
  /// The time until the next hello packet (`IFLA_BR_HELLO_TIMER`).
  public static var helloTimer: Property<Bridge, UInt64> { .init(IFLA_BR_HELLO_TIMER, "hello_timer") }
  /// The time until the next topology change notification (`IFLA_BR_TCN_TIMER`).
  public static var changeNotificationTimer: Property<Bridge, UInt64> { .init(IFLA_BR_TCN_TIMER, "tcn_timer") }
  /// The time until a change of the topology ends (`IFLA_BR_TOPOLOGY_CHANGE_TIMER`).
  public static var topologyChangeTimer: Property<Bridge, UInt64> {
    .init(IFLA_BR_TOPOLOGY_CHANGE_TIMER, "topology_change_timer")
  }
  /// The time until expired addresses are next removed from the forwarding database (`IFLA_BR_GC_TIMER`).
  public static var cleanupTimer: Property<Bridge, UInt64> { .init(IFLA_BR_GC_TIMER, "gc_timer") }
  /// The interval between queries for a group after a leave message (`IFLA_BR_MCAST_LAST_MEMBER_INTVL`);
  /// `mcast_last_member_interval TIME`.
  public static var lastMemberInterval: Property<Bridge, UInt64> {
    .init(IFLA_BR_MCAST_LAST_MEMBER_INTVL, "mcast_last_member_interval")
  }
  /// The time after which the bridge leaves a group without membership reports (`IFLA_BR_MCAST_MEMBERSHIP_INTVL`);
  /// `mcast_membership_interval TIME`.
  public static var membershipInterval: Property<Bridge, UInt64> {
    .init(IFLA_BR_MCAST_MEMBERSHIP_INTVL, "mcast_membership_interval")
  }
  /// The time after which another querier that sends no queries is ignored (`IFLA_BR_MCAST_QUERIER_INTVL`);
  /// `mcast_querier_interval TIME`.
  public static var querierInterval: Property<Bridge, UInt64> {
    .init(IFLA_BR_MCAST_QUERIER_INTVL, "mcast_querier_interval")
  }
  /// The interval between general queries (`IFLA_BR_MCAST_QUERY_INTVL`); `mcast_query_interval TIME`.
  public static var queryInterval: Property<Bridge, UInt64> { .init(IFLA_BR_MCAST_QUERY_INTVL, "mcast_query_interval") }
  /// The maximum time for a response to a general query (`IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`);
  /// `mcast_query_response_interval TIME`.
  public static var queryResponseInterval: Property<Bridge, UInt64> {
    .init(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, "mcast_query_response_interval")
  }
  /// The interval between the queries that the bridge sends when it starts (`IFLA_BR_MCAST_STARTUP_QUERY_INTVL`);
  /// `mcast_startup_query_interval TIME`.
  public static var startupQueryInterval: Property<Bridge, UInt64> {
    .init(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, "mcast_startup_query_interval")
  }
  /// The destination address of the spanning tree protocol (`IFLA_BR_GROUP_ADDR`); `group_address ADDRESS`.
  public static var groupAddress: Property<Bridge, HardwareAddress> { .init(IFLA_BR_GROUP_ADDR, "group_address") }
  /// Removes all learned addresses from the forwarding database (`IFLA_BR_FDB_FLUSH`); `fdb_flush`.
  public static var flushAddresses: Property<Bridge, Presence> { .init(IFLA_BR_FDB_FLUSH, "fdb_flush") }
  /// The id of the bridge (`IFLA_BR_BRIDGE_ID`).
  public static var identifier: Property<Bridge, BridgeID> { .init(IFLA_BR_BRIDGE_ID, "bridge_id") }
  /// The id of the root bridge (`IFLA_BR_ROOT_ID`).
  public static var root: Property<Bridge, BridgeID> { .init(IFLA_BR_ROOT_ID, "designated_root") }
  /// The options that share an attribute (`IFLA_BR_MULTI_BOOLOPT`).
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
        options, .option(.offloadFailureNotification), word: "mdb_offload_fail_notification",
        access: .settableByFullWord),
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
