internal import CMnl
public import Netlink
internal import SystemCalls

/// A software switch: links whose master it is are its ports; `IFLA_BR_…` of linux/if_link.h.
public enum Bridge {
  /// The name of the kind.
  public static var kind: [UInt8] { [UInt8]("bridge") }
}

extension LinkRequest {
  /// Says that it is about a bridge, and what only a bridge knows; `ip link add NAME type bridge …`.
  public mutating func setBridge<Failure: Error>(
    _ settings: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    try setKind(Bridge.kind) { request throws(Failure) in try request.nest(IFLA_INFO_DATA, settings) }
  }

  /// Sets a property of a bridge, inside `setBridge`.
  public mutating func set<Value: AttributeValue>(bridge property: Property<Bridge, Value>, to value: Value) {
    request.append(Int(property.type), value)
  }
}

// Times of a bridge count hundredths of a second (`USER_HZ`).

extension Property<Bridge, UInt32> {
  /// How long a port listens and learns before it forwards (`IFLA_BR_FORWARD_DELAY`); `forward_delay TIME`.
  public static var forwardDelay: Self { Self(IFLA_BR_FORWARD_DELAY) }
  /// How often a root bridge says hello (`IFLA_BR_HELLO_TIME`); `hello_time TIME`.
  public static var helloTime: Self { Self(IFLA_BR_HELLO_TIME) }
  /// How old a hello may be (`IFLA_BR_MAX_AGE`); `max_age TIME`.
  public static var maximumAge: Self { Self(IFLA_BR_MAX_AGE) }
  /// How long an address that is not seen stays known (`IFLA_BR_AGEING_TIME`); `ageing_time TIME`.
  public static var ageingTime: Self { Self(IFLA_BR_AGEING_TIME) }
  /// Whether the spanning tree protocol runs, and where (`IFLA_BR_STP_STATE`); `stp_state STATE`.
  public static var spanningTreeState: Self { Self(IFLA_BR_STP_STATE) }
  /// What the way to the root bridge costs (`IFLA_BR_ROOT_PATH_COST`).
  public static var rootPathCost: Self { Self(IFLA_BR_ROOT_PATH_COST) }
  /// How full the table of multicast groups gets in one place: not used any more (`IFLA_BR_MCAST_HASH_ELASTICITY`).
  public static var multicastHashElasticity: Self { Self(IFLA_BR_MCAST_HASH_ELASTICITY) }
  /// How many multicast groups there may be (`IFLA_BR_MCAST_HASH_MAX`); `mcast_hash_max N`.
  public static var multicastHashMaximum: Self { Self(IFLA_BR_MCAST_HASH_MAX) }
  /// How often it asks before a group is given up (`IFLA_BR_MCAST_LAST_MEMBER_CNT`); `mcast_last_member_count N`.
  public static var lastMemberCount: Self { Self(IFLA_BR_MCAST_LAST_MEMBER_CNT) }
  /// How often it asks at the start (`IFLA_BR_MCAST_STARTUP_QUERY_CNT`); `mcast_startup_query_count N`.
  public static var startupQueryCount: Self { Self(IFLA_BR_MCAST_STARTUP_QUERY_CNT) }
  /// How many addresses it has learned (`IFLA_BR_FDB_N_LEARNED`, Linux 6.7).
  public static var learnedAddresses: Self { Self(NEWER_IFLA_BR_FDB_N_LEARNED) }
  /// How many addresses it may learn, 0 for any number (`IFLA_BR_FDB_MAX_LEARNED`, Linux 6.7); `fdb_max_learned N`.
  public static var maximumLearnedAddresses: Self { Self(NEWER_IFLA_BR_FDB_MAX_LEARNED) }
}

extension Property<Bridge, UInt16> {
  /// The higher half of its id: the least of all bridges is the root (`IFLA_BR_PRIORITY`); `priority N`.
  public static var priority: Self { Self(IFLA_BR_PRIORITY) }
  /// The protocol of its VLANs, `ETH_P_…` in network order (`IFLA_BR_VLAN_PROTOCOL`); `vlan_protocol PROTOCOL`.
  public static var vlanProtocol: Self { Self(IFLA_BR_VLAN_PROTOCOL) }
  /// The VLAN of frames without a tag (`IFLA_BR_VLAN_DEFAULT_PVID`); `vlan_default_pvid ID`.
  public static var vlanDefaultID: Self { Self(IFLA_BR_VLAN_DEFAULT_PVID) }
  /// Which link-local groups it forwards, by the last digit (`IFLA_BR_GROUP_FWD_MASK`); `group_fwd_mask MASK`.
  public static var groupForwardMask: Self { Self(IFLA_BR_GROUP_FWD_MASK) }
  /// The port that leads to the root bridge (`IFLA_BR_ROOT_PORT`).
  public static var rootPort: Self { Self(IFLA_BR_ROOT_PORT) }
}

extension Property<Bridge, UInt8> {
  /// Whether ports belong to VLANs (`IFLA_BR_VLAN_FILTERING`); `vlan_filtering { 0 | 1 }`.
  public static var vlanFiltering: Self { Self(IFLA_BR_VLAN_FILTERING) }
  /// Whether traffic is counted by VLAN (`IFLA_BR_VLAN_STATS_ENABLED`); `vlan_stats_enabled { 0 | 1 }`.
  public static var vlanStatistics: Self { Self(IFLA_BR_VLAN_STATS_ENABLED) }
  /// Whether it is counted by port and VLAN (`IFLA_BR_VLAN_STATS_PER_PORT`); `vlan_stats_per_port { 0 | 1 }`.
  public static var vlanStatisticsPerPort: Self { Self(IFLA_BR_VLAN_STATS_PER_PORT) }
  /// Whether the tree has changed (`IFLA_BR_TOPOLOGY_CHANGE`).
  public static var topologyChange: Self { Self(IFLA_BR_TOPOLOGY_CHANGE) }
  /// Whether it found that itself (`IFLA_BR_TOPOLOGY_CHANGE_DETECTED`).
  public static var topologyChangeDetected: Self { Self(IFLA_BR_TOPOLOGY_CHANGE_DETECTED) }
  /// Whether it sends to members of a group alone (`IFLA_BR_MCAST_SNOOPING`); `mcast_snooping { 0 | 1 }`.
  public static var multicastSnooping: Self { Self(IFLA_BR_MCAST_SNOOPING) }
  /// Whether it counts as a multicast router itself (`IFLA_BR_MCAST_ROUTER`); `mcast_router N`.
  public static var multicastRouter: Self { Self(IFLA_BR_MCAST_ROUTER) }
  /// Whether it asks from an address of its own (`IFLA_BR_MCAST_QUERY_USE_IFADDR`); `mcast_query_use_ifaddr { 0 | 1 }`.
  public static var multicastQueryUsesAddress: Self { Self(IFLA_BR_MCAST_QUERY_USE_IFADDR) }
  /// Whether it asks who is a member (`IFLA_BR_MCAST_QUERIER`); `mcast_querier { 0 | 1 }`.
  public static var multicastQuerier: Self { Self(IFLA_BR_MCAST_QUERIER) }
  /// Whether multicast protocols are counted (`IFLA_BR_MCAST_STATS_ENABLED`); `mcast_stats_enabled { 0 | 1 }`.
  public static var multicastStatistics: Self { Self(IFLA_BR_MCAST_STATS_ENABLED) }
  /// The version of IGMP (`IFLA_BR_MCAST_IGMP_VERSION`); `mcast_igmp_version N`.
  public static var igmpVersion: Self { Self(IFLA_BR_MCAST_IGMP_VERSION) }
  /// The version of MLD (`IFLA_BR_MCAST_MLD_VERSION`); `mcast_mld_version N`.
  public static var mldVersion: Self { Self(IFLA_BR_MCAST_MLD_VERSION) }
  /// Whether iptables sees what it forwards (`IFLA_BR_NF_CALL_IPTABLES`); `nf_call_iptables { 0 | 1 }`.
  public static var callsIPTables: Self { Self(IFLA_BR_NF_CALL_IPTABLES) }
  /// Whether ip6tables does (`IFLA_BR_NF_CALL_IP6TABLES`); `nf_call_ip6tables { 0 | 1 }`.
  public static var callsIP6Tables: Self { Self(IFLA_BR_NF_CALL_IP6TABLES) }
  /// Whether arptables does (`IFLA_BR_NF_CALL_ARPTABLES`); `nf_call_arptables { 0 | 1 }`.
  public static var callsARPTables: Self { Self(IFLA_BR_NF_CALL_ARPTABLES) }
}

extension Property<Bridge, UInt64> {
  /// Until the next hello (`IFLA_BR_HELLO_TIMER`).
  public static var helloTimer: Self { Self(IFLA_BR_HELLO_TIMER) }
  /// Until a change is told again (`IFLA_BR_TCN_TIMER`).
  public static var changeNotificationTimer: Self { Self(IFLA_BR_TCN_TIMER) }
  /// Until a change is over (`IFLA_BR_TOPOLOGY_CHANGE_TIMER`).
  public static var topologyChangeTimer: Self { Self(IFLA_BR_TOPOLOGY_CHANGE_TIMER) }
  /// Until old addresses are forgotten (`IFLA_BR_GC_TIMER`).
  public static var cleanupTimer: Self { Self(IFLA_BR_GC_TIMER) }
  /// Between asking twice whether a group has members left (`IFLA_BR_MCAST_LAST_MEMBER_INTVL`);
  /// `mcast_last_member_interval TIME`.
  public static var lastMemberInterval: Self { Self(IFLA_BR_MCAST_LAST_MEMBER_INTVL) }
  /// How long a member that is not heard of stays one (`IFLA_BR_MCAST_MEMBERSHIP_INTVL`); `mcast_membership_interval TIME`.
  public static var membershipInterval: Self { Self(IFLA_BR_MCAST_MEMBERSHIP_INTVL) }
  /// How long another that asks stays known (`IFLA_BR_MCAST_QUERIER_INTVL`); `mcast_querier_interval TIME`.
  public static var querierInterval: Self { Self(IFLA_BR_MCAST_QUERIER_INTVL) }
  /// How often it asks who is a member (`IFLA_BR_MCAST_QUERY_INTVL`); `mcast_query_interval TIME`.
  public static var queryInterval: Self { Self(IFLA_BR_MCAST_QUERY_INTVL) }
  /// How long an answer may take (`IFLA_BR_MCAST_QUERY_RESPONSE_INTVL`); `mcast_query_response_interval TIME`.
  public static var queryResponseInterval: Self { Self(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL) }
  /// How often it asks at the start (`IFLA_BR_MCAST_STARTUP_QUERY_INTVL`); `mcast_startup_query_interval TIME`.
  public static var startupQueryInterval: Self { Self(IFLA_BR_MCAST_STARTUP_QUERY_INTVL) }
}

extension Property<Bridge, HardwareAddress> {
  /// Whom the spanning tree protocol sends to (`IFLA_BR_GROUP_ADDR`); `group_address ADDRESS`.
  public static var groupAddress: Self { Self(IFLA_BR_GROUP_ADDR) }
}

extension Property<Bridge, Presence> {
  /// Forgets all addresses that were learned (`IFLA_BR_FDB_FLUSH`); `fdb_flush`.
  public static var flushAddresses: Self { Self(IFLA_BR_FDB_FLUSH) }
}

extension Property<Bridge, BridgeID> {
  /// Its own id (`IFLA_BR_BRIDGE_ID`).
  public static var identifier: Self { Self(IFLA_BR_BRIDGE_ID) }
  /// The id of the root bridge (`IFLA_BR_ROOT_ID`).
  public static var root: Self { Self(IFLA_BR_ROOT_ID) }
}

extension Property<Bridge, BridgeOptions> {
  /// Options that share an attribute (`IFLA_BR_MULTI_BOOLOPT`).
  public static var options: Self { Self(IFLA_BR_MULTI_BOOLOPT) }
}

/// What a bridge is called in the spanning tree; `struct ifla_bridge_id`.
public struct BridgeID: AttributeValue, Equatable, Sendable {
  private var bytes: InlineArray<8, UInt8> = .init(repeating: 0)

  /// The higher half: the least of all bridges is the root.
  public var priority: UInt16 { UInt16(bytes[0]) << 8 | UInt16(bytes[1]) }

  /// One of the six bytes of the lower half, a MAC address.
  public subscript(position: Int) -> UInt8 { bytes[2 + position] }

  /// Reads a payload; nil where it has not 8 bytes.
  public init?(attributeBytes payload: RawSpan) {
    guard payload.byteCount == bytes.count else { return nil }
    payload.copyPrefix(to: &bytes)
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: bytes, body) }

  /// Whether both are the same.
  public static func == (one: BridgeID, other: BridgeID) -> Bool {
    for position in 0..<8 where one.bytes[position] != other.bytes[position] { return false }
    return true
  }
}

/// Options of a bridge that are on or off, and which of them are meant; `struct br_boolopt_multi`.
public struct BridgeOptions: AttributeValue, Equatable, Sendable {
  /// One option, by the number of its bit: `enum br_boolopt_id` of linux/if_bridge.h.
  public enum Option: UInt8, Sendable {
    /// Link-local addresses are not learned; `no_linklocal_learn { 0 | 1 }`.
    case noLinkLocalLearning
    /// Multicast snooping goes by VLAN; `mcast_vlan_snooping { 0 | 1 }`.
    case multicastVLANSnooping
    /// Each VLAN may have a tree of its own (Linux 5.18); `mst_enabled { 0 | 1 }`.
    case multipleSpanningTrees
    /// A failure to offload a group is told (Linux 6.16); `mdb_offload_fail_notification { 0 | 1 }`.
    case offloadFailureNotification
    /// Addresses of its own are in VLAN 0 alone (Linux 6.18); `fdb_local_vlan_0 { 0 | 1 }`.
    case localAddressesInVLAN0
  }

  private var values: UInt32
  private var mask: UInt32

  /// One option, and no other.
  public init(_ option: Option, _ isOn: Bool) {
    mask = 1 << UInt32(option.rawValue)
    values = isOn ? mask : 0
  }

  /// Whether an option is on; nil where the kernel does not know it.
  public subscript(option: Option) -> Bool? {
    let bit: UInt32 = 1 << UInt32(option.rawValue)
    return mask & bit == 0 ? nil : values & bit != 0
  }

  /// Reads a payload; nil where it is too short.
  public init?(attributeBytes payload: RawSpan) {
    guard let values = payload.load(at: 0, as: UInt32.self), let mask = payload.load(at: 4, as: UInt32.self)
    else { return nil }
    self.values = values
    self.mask = mask
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: br_boolopt_multi(optval: values, optmask: mask), body)
  }
}
