internal import Netlink
internal import RTNetlink

/// What `type bridge` knows, in the order in which it is shown.
let bridgeFields: [KindField] = [
  field("forward_delay", .forwardDelay),
  field("hello_time", .helloTime),
  field("max_age", .maximumAge),
  field("ageing_time", .ageingTime),
  field("stp_state", .spanningTreeState),
  field("priority", .priority),
  field("vlan_filtering", .vlanFiltering),
  field("vlan_protocol", .vlanProtocol, .vlanProtocol),
  field("bridge_id", .identifier, .bridgeID, .shown),
  field("designated_root root_id", .root, .bridgeID, .shown),
  field("root_port", .rootPort, .number, .shown),
  field("root_path_cost", .rootPathCost, .number, .shown),
  field("topology_change", .topologyChange, .number, .shown),
  field("topology_change_detected", .topologyChangeDetected, .number, .shown),
  field("hello_timer", .helloTimer, .timer, .shown),
  field("tcn_timer", .changeNotificationTimer, .timer, .shown),
  field("topology_change_timer", .topologyChangeTimer, .timer, .shown),
  field("gc_timer", .cleanupTimer, .timer, .shown),
  field("fdb_n_learned", .learnedAddresses, .number, .shown),
  field("fdb_max_learned", .maximumLearnedAddresses, .number, .saidInFull),
  field("vlan_default_pvid", .vlanDefaultID),
  field("vlan_stats_enabled", .vlanStatistics),
  field("vlan_stats_per_port", .vlanStatisticsPerPort),
  field("group_fwd_mask", .groupForwardMask, .mask),
  field("group_address group_addr", .groupAddress, .hardwareAddress),
  field("mcast_snooping", .multicastSnooping),
  option("no_linklocal_learn", .noLinkLocalLearning),
  option("mcast_vlan_snooping", .multicastVLANSnooping),
  option("mst_enabled", .multipleSpanningTrees),
  option("mdb_offload_fail_notification", .offloadFailureNotification),
  option("fdb_local_vlan_0", .localAddressesInVLAN0),
  field("mcast_router", .multicastRouter),
  field("mcast_query_use_ifaddr", .multicastQueryUsesAddress),
  field("mcast_querier", .multicastQuerier),
  field("mcast_hash_elasticity", .multicastHashElasticity),
  field("mcast_hash_max", .multicastHashMaximum),
  field("mcast_last_member_count mcast_last_member_cnt", .lastMemberCount),
  field("mcast_startup_query_count mcast_startup_query_cnt", .startupQueryCount),
  field("mcast_last_member_interval mcast_last_member_intvl", .lastMemberInterval),
  field("mcast_membership_interval mcast_membership_intvl", .membershipInterval),
  field("mcast_querier_interval mcast_querier_intvl", .querierInterval),
  field("mcast_query_interval mcast_query_intvl", .queryInterval),
  field("mcast_query_response_interval mcast_query_response_intvl", .queryResponseInterval),
  field("mcast_startup_query_interval mcast_startup_query_intvl", .startupQueryInterval),
  field("mcast_stats_enabled", .multicastStatistics),
  field("mcast_igmp_version", .igmpVersion),
  field("mcast_mld_version", .mldVersion),
  field("nf_call_iptables", .callsIPTables),
  field("nf_call_ip6tables", .callsIP6Tables),
  field("nf_call_arptables", .callsARPTables),
  field("fdb_flush", .flushAddresses, .action),
]

private func field<Value>(
  _ label: Label, _ property: Property<Bridge, Value>, _ form: KindField.Form = .number,
  _ use: KindField.Use = .said
) -> KindField {
  KindField(label: label, type: property.type, width: UInt8(MemoryLayout<Value>.size), form: form, use: use)
}

private func option(_ word: Label, _ option: BridgeOptions.Option) -> KindField {
  field(word, .options, .option(option), .saidInFull)
}
