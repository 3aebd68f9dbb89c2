import CMnl
import Foundation
import RTNetlink

/// An attribute as linux/if_link.h and linux/if_addr.h have it: the name, and the form of the payload.
struct AttributeName: Sendable {
  enum Form: Sendable {
    /// Unsigned numbers, in the machine's byte order.
    case u8, u16, u32, u64
    case s32
    /// A number in network order.
    case be16
    case text
    /// Bytes with colons between.
    case hardwareAddress
    case ipAddress
    /// No payload.
    case flag
    /// A number of this process alone.
    case descriptor, pid
    /// `struct br_boolopt_multi`: values and mask.
    case options
    /// `struct ifa_cacheinfo`.
    case lifetimes
  }

  let name: String
  let form: Form

  init(_ name: String, _ form: Form) {
    self.name = name
    self.form = form
  }
}

extension AttributeName {
  /// The attributes of any link, by their places.
  static let ofLinks: [[Int]: AttributeName] = [
    [IFLA_IFNAME]: .init("IFLA_IFNAME", .text),
    [IFLA_LINK]: .init("IFLA_LINK", .s32),
    [IFLA_ADDRESS]: .init("IFLA_ADDRESS", .hardwareAddress),
    [IFLA_BROADCAST]: .init("IFLA_BROADCAST", .hardwareAddress),
    [IFLA_TXQLEN]: .init("IFLA_TXQLEN", .u32),
    [IFLA_MTU]: .init("IFLA_MTU", .u32),
    [IFLA_XDP, IFLA_XDP_FD]: .init("IFLA_XDP_FD", .descriptor),
    [IFLA_XDP, IFLA_XDP_FLAGS]: .init("IFLA_XDP_FLAGS", .u32),
    [IFLA_NET_NS_FD]: .init("IFLA_NET_NS_FD", .descriptor),
    [IFLA_NET_NS_PID]: .init("IFLA_NET_NS_PID", .pid),
    [IFLA_CARRIER]: .init("IFLA_CARRIER", .u8),
    [IFLA_MASTER]: .init("IFLA_MASTER", .s32),
    [IFLA_IFALIAS]: .init("IFLA_IFALIAS", .text),
    [IFLA_GROUP]: .init("IFLA_GROUP", .u32),
    [IFLA_LINKMODE]: .init("IFLA_LINKMODE", .u8),
    [IFLA_OPERSTATE]: .init("IFLA_OPERSTATE", .u8),
    [IFLA_NUM_TX_QUEUES]: .init("IFLA_NUM_TX_QUEUES", .u32),
    [IFLA_NUM_RX_QUEUES]: .init("IFLA_NUM_RX_QUEUES", .u32),
    [IFLA_AF_SPEC, Int(AF_INET6), IFLA_INET6_ADDR_GEN_MODE]: .init("IFLA_INET6_ADDR_GEN_MODE", .u8),
    [IFLA_LINK_NETNSID]: .init("IFLA_LINK_NETNSID", .s32),
    [IFLA_PROTO_DOWN]: .init("IFLA_PROTO_DOWN", .u8),
    [IFLA_PROTO_DOWN_REASON, IFLA_PROTO_DOWN_REASON_MASK]: .init("IFLA_PROTO_DOWN_REASON_MASK", .u32),
    [IFLA_PROTO_DOWN_REASON, IFLA_PROTO_DOWN_REASON_VALUE]: .init("IFLA_PROTO_DOWN_REASON_VALUE", .u32),
    [IFLA_GSO_MAX_SIZE]: .init("IFLA_GSO_MAX_SIZE", .u32),
    [IFLA_GSO_MAX_SEGS]: .init("IFLA_GSO_MAX_SEGS", .u32),
    [IFLA_GRO_MAX_SIZE]: .init("IFLA_GRO_MAX_SIZE", .u32),
    [63]: .init("IFLA_GSO_IPV4_MAX_SIZE", .u32),
    [64]: .init("IFLA_GRO_IPV4_MAX_SIZE", .u32),
    [IFLA_PARENT_DEV_NAME]: .init("IFLA_PARENT_DEV_NAME", .text),
    [IFLA_LINKINFO, IFLA_INFO_KIND]: .init("IFLA_INFO_KIND", .text),
    [IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND]: .init("IFLA_INFO_SLAVE_KIND", .text),
  ]

  /// The attributes inside `IFLA_INFO_DATA` or, of a port, `IFLA_INFO_SLAVE_DATA`, by the kind.
  static let ofKinds: [String: [Int: AttributeName]] = [
    "bridge": [
      IFLA_BR_FORWARD_DELAY: .init("IFLA_BR_FORWARD_DELAY", .u32),
      IFLA_BR_HELLO_TIME: .init("IFLA_BR_HELLO_TIME", .u32),
      IFLA_BR_MAX_AGE: .init("IFLA_BR_MAX_AGE", .u32),
      IFLA_BR_AGEING_TIME: .init("IFLA_BR_AGEING_TIME", .u32),
      IFLA_BR_STP_STATE: .init("IFLA_BR_STP_STATE", .u32),
      IFLA_BR_PRIORITY: .init("IFLA_BR_PRIORITY", .u16),
      IFLA_BR_VLAN_FILTERING: .init("IFLA_BR_VLAN_FILTERING", .u8),
      IFLA_BR_VLAN_PROTOCOL: .init("IFLA_BR_VLAN_PROTOCOL", .be16),
      49: .init("IFLA_BR_FDB_MAX_LEARNED", .u32),
      IFLA_BR_VLAN_DEFAULT_PVID: .init("IFLA_BR_VLAN_DEFAULT_PVID", .u16),
      IFLA_BR_VLAN_STATS_ENABLED: .init("IFLA_BR_VLAN_STATS_ENABLED", .u8),
      IFLA_BR_VLAN_STATS_PER_PORT: .init("IFLA_BR_VLAN_STATS_PER_PORT", .u8),
      IFLA_BR_GROUP_FWD_MASK: .init("IFLA_BR_GROUP_FWD_MASK", .u16),
      IFLA_BR_GROUP_ADDR: .init("IFLA_BR_GROUP_ADDR", .hardwareAddress),
      IFLA_BR_MULTI_BOOLOPT: .init("IFLA_BR_MULTI_BOOLOPT", .options),
      IFLA_BR_MCAST_SNOOPING: .init("IFLA_BR_MCAST_SNOOPING", .u8),
      IFLA_BR_MCAST_ROUTER: .init("IFLA_BR_MCAST_ROUTER", .u8),
      IFLA_BR_MCAST_QUERY_USE_IFADDR: .init("IFLA_BR_MCAST_QUERY_USE_IFADDR", .u8),
      IFLA_BR_MCAST_QUERIER: .init("IFLA_BR_MCAST_QUERIER", .u8),
      IFLA_BR_MCAST_HASH_ELASTICITY: .init("IFLA_BR_MCAST_HASH_ELASTICITY", .u32),
      IFLA_BR_MCAST_HASH_MAX: .init("IFLA_BR_MCAST_HASH_MAX", .u32),
      IFLA_BR_MCAST_LAST_MEMBER_CNT: .init("IFLA_BR_MCAST_LAST_MEMBER_CNT", .u32),
      IFLA_BR_MCAST_STARTUP_QUERY_CNT: .init("IFLA_BR_MCAST_STARTUP_QUERY_CNT", .u32),
      IFLA_BR_MCAST_LAST_MEMBER_INTVL: .init("IFLA_BR_MCAST_LAST_MEMBER_INTVL", .u64),
      IFLA_BR_MCAST_MEMBERSHIP_INTVL: .init("IFLA_BR_MCAST_MEMBERSHIP_INTVL", .u64),
      IFLA_BR_MCAST_QUERIER_INTVL: .init("IFLA_BR_MCAST_QUERIER_INTVL", .u64),
      IFLA_BR_MCAST_QUERY_INTVL: .init("IFLA_BR_MCAST_QUERY_INTVL", .u64),
      IFLA_BR_MCAST_QUERY_RESPONSE_INTVL: .init("IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", .u64),
      IFLA_BR_MCAST_STARTUP_QUERY_INTVL: .init("IFLA_BR_MCAST_STARTUP_QUERY_INTVL", .u64),
      IFLA_BR_MCAST_STATS_ENABLED: .init("IFLA_BR_MCAST_STATS_ENABLED", .u8),
      IFLA_BR_MCAST_IGMP_VERSION: .init("IFLA_BR_MCAST_IGMP_VERSION", .u8),
      IFLA_BR_MCAST_MLD_VERSION: .init("IFLA_BR_MCAST_MLD_VERSION", .u8),
      IFLA_BR_NF_CALL_IPTABLES: .init("IFLA_BR_NF_CALL_IPTABLES", .u8),
      IFLA_BR_NF_CALL_IP6TABLES: .init("IFLA_BR_NF_CALL_IP6TABLES", .u8),
      IFLA_BR_NF_CALL_ARPTABLES: .init("IFLA_BR_NF_CALL_ARPTABLES", .u8),
      IFLA_BR_FDB_FLUSH: .init("IFLA_BR_FDB_FLUSH", .flag),
    ],
    "bridge_slave": [
      IFLA_BRPORT_FLUSH: .init("IFLA_BRPORT_FLUSH", .flag),
      IFLA_BRPORT_STATE: .init("IFLA_BRPORT_STATE", .u8),
      IFLA_BRPORT_PRIORITY: .init("IFLA_BRPORT_PRIORITY", .u16),
      IFLA_BRPORT_COST: .init("IFLA_BRPORT_COST", .u32),
      IFLA_BRPORT_MODE: .init("IFLA_BRPORT_MODE", .u8),
      IFLA_BRPORT_GUARD: .init("IFLA_BRPORT_GUARD", .u8),
      IFLA_BRPORT_PROTECT: .init("IFLA_BRPORT_PROTECT", .u8),
      IFLA_BRPORT_FAST_LEAVE: .init("IFLA_BRPORT_FAST_LEAVE", .u8),
      IFLA_BRPORT_LEARNING: .init("IFLA_BRPORT_LEARNING", .u8),
      IFLA_BRPORT_UNICAST_FLOOD: .init("IFLA_BRPORT_UNICAST_FLOOD", .u8),
      IFLA_BRPORT_PROXYARP: .init("IFLA_BRPORT_PROXYARP", .u8),
      IFLA_BRPORT_PROXYARP_WIFI: .init("IFLA_BRPORT_PROXYARP_WIFI", .u8),
      IFLA_BRPORT_MULTICAST_ROUTER: .init("IFLA_BRPORT_MULTICAST_ROUTER", .u8),
      IFLA_BRPORT_MCAST_FLOOD: .init("IFLA_BRPORT_MCAST_FLOOD", .u8),
      IFLA_BRPORT_BCAST_FLOOD: .init("IFLA_BRPORT_BCAST_FLOOD", .u8),
      IFLA_BRPORT_MCAST_TO_UCAST: .init("IFLA_BRPORT_MCAST_TO_UCAST", .u8),
      IFLA_BRPORT_NEIGH_SUPPRESS: .init("IFLA_BRPORT_NEIGH_SUPPRESS", .u8),
      43: .init("IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", .u8),
      IFLA_BRPORT_GROUP_FWD_MASK: .init("IFLA_BRPORT_GROUP_FWD_MASK", .u16),
      IFLA_BRPORT_VLAN_TUNNEL: .init("IFLA_BRPORT_VLAN_TUNNEL", .u8),
      IFLA_BRPORT_ISOLATED: .init("IFLA_BRPORT_ISOLATED", .u8),
      IFLA_BRPORT_LOCKED: .init("IFLA_BRPORT_LOCKED", .u8),
      40: .init("IFLA_BRPORT_MAB", .u8),
      IFLA_BRPORT_BACKUP_PORT: .init("IFLA_BRPORT_BACKUP_PORT", .u32),
      44: .init("IFLA_BRPORT_BACKUP_NHID", .u32),
    ],
    "macvlan": [
      IFLA_MACVLAN_MODE: .init("IFLA_MACVLAN_MODE", .u32),
      IFLA_MACVLAN_BC_QUEUE_LEN: .init("IFLA_MACVLAN_BC_QUEUE_LEN", .u32),
    ],
    "vlan": [
      IFLA_VLAN_PROTOCOL: .init("IFLA_VLAN_PROTOCOL", .be16),
      IFLA_VLAN_ID: .init("IFLA_VLAN_ID", .u16),
    ],
  ]

  /// The attributes of addresses.
  static let ofAddresses: [Int: AttributeName] = [
    IFA_ADDRESS: .init("IFA_ADDRESS", .ipAddress),
    IFA_LOCAL: .init("IFA_LOCAL", .ipAddress),
    IFA_LABEL: .init("IFA_LABEL", .text),
    IFA_BROADCAST: .init("IFA_BROADCAST", .ipAddress),
    IFA_ANYCAST: .init("IFA_ANYCAST", .ipAddress),
    IFA_CACHEINFO: .init("IFA_CACHEINFO", .lifetimes),
    IFA_FLAGS: .init("IFA_FLAGS", .u32),
    IFA_RT_PRIORITY: .init("IFA_RT_PRIORITY", .u32),
    IFA_PROTO: .init("IFA_PROTO", .u8),
  ]
}

extension AttributeName {
  /// `IFLA_MTU=1400`; a payload that has not the form of the attribute is shown as bytes.
  func described(_ payload: [UInt8]) -> String {
    form == .flag && payload.isEmpty ? name : "\(name)=\(value(payload) ?? "<\(payload.hex)>")"
  }

  private func value(_ payload: [UInt8]) -> String? {
    switch form {
    case .u8: number(payload, UInt8.self).map { "\($0)" }
    case .u16: number(payload, UInt16.self).map { "\($0)" }
    case .u32: number(payload, UInt32.self).map { "\($0)" }
    case .u64: number(payload, UInt64.self).map { "\($0)" }
    case .s32: number(payload, Int32.self).map { "\($0)" }
    case .be16: number(payload, UInt16.self).map { "0x" + String($0.bigEndian, radix: 16) }
    case .text: "\"\(String(decoding: payload, as: UTF8.self).replacingOccurrences(of: "\0", with: "\\0"))\""
    case .hardwareAddress: payload.map { String(format: "%02x", $0) }.joined(separator: ":")
    case .ipAddress: IPAddress(bytes: payload).map { "\($0)" }
    case .flag: nil
    case .descriptor: number(payload, Int32.self).map { $0 > 2 ? "fd" : "\($0)" }
    case .pid: number(payload, Int32.self).map { $0 == getpid() ? "PID" : "\($0)" }
    case .options: numbers(payload, 2).map { "\($0[0])/\($0[1])" }
    case .lifetimes: numbers(payload, 4).map { "preferred \($0[0]) valid \($0[1])" }
    }
  }

  private func number<Number: FixedWidthInteger>(_ payload: [UInt8], _ type: Number.Type) -> Number? {
    guard payload.count == Number.bitWidth / 8 else { return nil }
    return payload.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  private func numbers(_ payload: [UInt8], _ count: Int) -> [UInt32]? {
    guard payload.count == 4 * count else { return nil }
    return (0..<count).compactMap { number([UInt8](payload[4 * $0..<4 * $0 + 4]), UInt32.self) }
  }
}
