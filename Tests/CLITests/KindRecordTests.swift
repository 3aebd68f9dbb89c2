import CMnl
import Foundation
import RTNetlink
import TestSupport
import Testing

@testable import CLI

/// The attributes of a kind in the output of `-d`, of captured messages and of messages made by hand.
@Suite struct KindRecordTests {
  /// The lines of the kind in text, up to what all links have.
  private func text(_ payload: [UInt8]) throws -> String {
    let lines = try shown(payload, ["-d"]).components(separatedBy: "\n").dropFirst(2).joined(separator: "\n")
    return String(lines[..<(lines.range(of: "addrgenmode") ?? lines.endIndex..<lines.endIndex).lowerBound])
  }

  /// `linkinfo` in JSON, up to what all links have.
  private func json(_ payload: [UInt8]) throws -> String {
    let text = try shown(payload, ["-d", "-j"])
    let members = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    let pretty = try JSONSerialization.jsonObject(with: Data(try shown(payload, ["-d", "-j", "-p"]).utf8))
    #expect(members == pretty as? NSDictionary)
    let start = try #require(text.range(of: "\"linkinfo\":")).upperBound
    let end = text.range(of: ",\"inet6_addr_gen_mode\"")?.lowerBound ?? text.index(text.endIndex, offsetBy: -2)
    return String(text[start..<end])
  }

  /// A captured message without its header.
  private func captured(index: UInt8) throws -> [UInt8] {
    [UInt8](try #require(Captures.links.messages(ofType: 16).first { $0[20] == index })[16...])
  }

  /// A link of a kind, with these attributes.
  private func link(_ kind: String, _ data: [UInt8], isPort: Bool = false) -> [UInt8] {
    let info =
      attribute(UInt16(isPort ? IFLA_INFO_SLAVE_KIND : IFLA_INFO_KIND), [UInt8](kind.utf8) + [0])
      + attribute(UInt16(isPort ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA), data)
    return [0, 0] + raw(UInt16(1)) + raw(Int32(20)) + raw(UInt32(0)) + raw(UInt32(0))
      + attribute(UInt16(IFLA_IFNAME), [UInt8]("x0\0".utf8)) + attribute(UInt16(IFLA_LINKINFO), info)
  }

  @Test("a captured bridge")
  func bridge() throws {
    let payload = try captured(index: 2)
    #expect(
      try text(payload) == """
            bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 \
        vlan_filtering 0 bridge_id 8000.2:0:0:0:0:b designated_root 8000.2:0:0:0:0:b root_port 0 root_path_cost 0 \
        topology_change 0 topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 \
        topology_change_timer    0.00 gc_timer    0.00 fdb_n_learned 0 fdb_max_learned 0 group_fwd_mask 0 \
        group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 mcast_vlan_snooping 0 mst_enabled 0 \
        mdb_offload_fail_notification 0 fdb_local_vlan_0 0 mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 \
        mcast_hash_elasticity 16 mcast_hash_max 4096 mcast_last_member_count 2 mcast_startup_query_count 2 \
        mcast_last_member_interval 100 mcast_membership_interval 26000 mcast_querier_interval 25500 \
        mcast_query_interval 12500 mcast_query_response_interval 1000 mcast_startup_query_interval 3124 \
        mcast_stats_enabled 0 mcast_igmp_version 2 mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 \
        nf_call_arptables 0\u{20}
        """)
    #expect(
      try json(payload) == """
        {"info_kind":"bridge","info_data":{"forward_delay":1500,"hello_time":200,"max_age":2000,"ageing_time":30000,\
        "stp_state":0,"priority":32768,"vlan_filtering":0,"bridge_id":"8000.2:0:0:0:0:b",\
        "root_id":"8000.2:0:0:0:0:b","root_port":0,"root_path_cost":0,"topology_change":0,\
        "topology_change_detected":0,"hello_timer":0.00,"tcn_timer":0.00,"topology_change_timer":0.00,\
        "gc_timer":0.00,"fdb_n_learned":0,"fdb_max_learned":0,"group_fwd_mask":"0","group_addr":"01:80:c2:00:00:00",\
        "mcast_snooping":1,"no_linklocal_learn":0,"mcast_vlan_snooping":0,"mst_enabled":0,\
        "mdb_offload_fail_notification":0,"fdb_local_vlan_0":0,"mcast_router":1,"mcast_query_use_ifaddr":0,\
        "mcast_querier":0,"mcast_hash_elasticity":16,"mcast_hash_max":4096,"mcast_last_member_cnt":2,\
        "mcast_startup_query_cnt":2,"mcast_last_member_intvl":100,"mcast_membership_intvl":26000,\
        "mcast_querier_intvl":25500,"mcast_query_intvl":12500,"mcast_query_response_intvl":1000,\
        "mcast_startup_query_intvl":3124,"mcast_stats_enabled":0,"mcast_igmp_version":2,"mcast_mld_version":1,\
        "nf_call_iptables":0,"nf_call_ip6tables":0,"nf_call_arptables":0}}
        """)
  }

  @Test("a captured port of a bridge: its own kind, and that of the master")
  func bridgePort() throws {
    let payload = try captured(index: 4)
    #expect(
      try text(payload) == """
            veth\u{20}
            bridge_slave state disabled priority 32 cost 2 hairpin off guard off root_block off fastleave off \
        learning on flood on port_id 0x8001 port_no 0x1 designated_port 32769 designated_cost 0 \
        designated_bridge 8000.2:0:0:0:0:b designated_root 8000.2:0:0:0:0:b hold_timer    0.00 \
        message_age_timer    0.00 forward_delay_timer    0.00 topology_change_ack 0 config_pending 0 proxy_arp off \
        proxy_arp_wifi off mcast_router 1 mcast_fast_leave off mcast_flood on bcast_flood on mcast_to_unicast off \
        neigh_suppress off neigh_vlan_suppress off group_fwd_mask 0 group_fwd_mask_str 0x0 vlan_tunnel off \
        isolated off locked off mab off\u{20}
        """)
    #expect(
      try json(payload) == """
        {"info_kind":"veth","info_slave_kind":"bridge","info_slave_data":{"state":"disabled","priority":32,"cost":2,\
        "hairpin":false,"guard":false,"root_block":false,"fastleave":false,"learning":true,"flood":true,\
        "id":"0x8001","no":"0x1","designated_port":32769,"designated_cost":0,"bridge_id":"8000.2:0:0:0:0:b",\
        "root_id":"8000.2:0:0:0:0:b","hold_timer":0.00,"message_age_timer":0.00,"forward_delay_timer":0.00,\
        "topology_change_ack":0,"config_pending":0,"proxy_arp":false,"proxy_arp_wifi":false,"multicast_router":1,\
        "mcast_flood":true,"bcast_flood":true,"mcast_to_unicast":false,"neigh_suppress":false,\
        "neigh_vlan_suppress":false,"group_fwd_mask":"0","group_fwd_mask_str":"0x0","vlan_tunnel":false,\
        "isolated":false,"locked":false,"mab":false}}
        """)
  }

  /// A field that needs a value that the captures have not: other forms of text.
  @Test(
    "values of a port",
    arguments: [
      (attribute(UInt16(IFLA_BRPORT_STATE), [3]), "state forwarding", #""state":"forwarding""#),
      (attribute(UInt16(IFLA_BRPORT_STATE), [5]), "state 5", #""state":5"#),
      (
        attribute(UInt16(IFLA_BRPORT_GROUP_FWD_MASK), [0x0d, 0x40]),
        "group_fwd_mask 0x400d group_fwd_mask_str stp,lacp,0x8,lldp",
        #""group_fwd_mask":"0x400d","group_fwd_mask_str":"stp,lacp,0x8,lldp""#
      ),
      (attribute(UInt16(IFLA_BRPORT_HOLD_TIMER), raw(UInt64(307))), "hold_timer    3.07", #""hold_timer":3.07"#),
      (
        attribute(UInt16(IFLA_BRPORT_HOLD_TIMER), raw(UInt64(123_456_789))), "hold_timer 1234567.89",
        #""hold_timer":1234567.89"#
      ),
      (attribute(UInt16(IFLA_BRPORT_BACKUP_PORT), raw(UInt32(3))), "backup_port v1", #""backup_port":"v1""#),
      (attribute(UInt16(IFLA_BRPORT_FAST_LEAVE), [1]), "fastleave on mcast_fast_leave on", #""fastleave":true"#),
      (attribute(UInt16(IFLA_BRPORT_FLUSH)), "", ""),
      // An id that is cut off is no id.
      (attribute(UInt16(IFLA_BRPORT_ROOT_ID), [0x80, 0]), "", ""),
    ] as [([UInt8], String, String)])
  func portValues(attribute: [UInt8], words: String, members: String) throws {
    let payload = link("bridge", attribute, isPort: true)
    #expect(try text(payload) == "    bridge_slave \(words)\(words.isEmpty ? "" : " ")\n")
    #expect(try json(payload) == #"{"info_slave_kind":"bridge","info_slave_data":{\#(members)}}"#)
  }

  @Test(
    "a VLAN: the protocol, the id, and the flags as a list",
    arguments: [
      (0x8100, 5, 1, "protocol 802.1Q id 5 <REORDER_HDR>", #""protocol":"802.1Q","id":5,"flags":["REORDER_HDR"]"#),
      (
        0x88a8, 4094, 0x1f, "protocol 802.1ad id 4094 <REORDER_HDR,GVRP,MVRP,LOOSE_BINDING,BRIDGE_BINDING>",
        #""protocol":"802.1ad","id":4094,"flags":["REORDER_HDR","GVRP","MVRP","LOOSE_BINDING","BRIDGE_BINDING"]"#
      ),
      (0x8100, 0, 0, "protocol 802.1Q id 0 <>", #""protocol":"802.1Q","id":0,"flags":[]"#),
    ] as [(UInt16, UInt16, UInt32, String, String)])
  func vlan(tagProtocol: UInt16, id: UInt16, flags: UInt32, words: String, members: String) throws {
    let payload = link(
      "vlan",
      attribute(UInt16(IFLA_VLAN_PROTOCOL), raw(tagProtocol.bigEndian)) + attribute(UInt16(IFLA_VLAN_ID), raw(id))
        + attribute(UInt16(IFLA_VLAN_FLAGS), raw(flags) + raw(UInt32.max)))
    #expect(try text(payload) == "    vlan \(words) \n")
    #expect(try json(payload) == #"{"info_kind":"vlan","info_data":{\#(members)}}"#)
  }

  @Test(
    "a macvlan: the number of senders in mode source alone",
    arguments: [
      (4, "mode bridge bcqueuelen 500 usedbcqueuelen 1000", #""mode":"bridge","bcqueuelen":500,"usedbcqueuelen":1000"#),
      (
        16, "mode source bcqueuelen 500 usedbcqueuelen 1000 remotes (2)",
        #""mode":"source","bcqueuelen":500,"usedbcqueuelen":1000,"macaddr_count":2"#
      ),
      // A mode that is not known has no word.
      (32, "bcqueuelen 500 usedbcqueuelen 1000", #""bcqueuelen":500,"usedbcqueuelen":1000"#),
    ] as [(UInt32, String, String)])
  func macvlan(mode: UInt32, words: String, members: String) throws {
    let payload = link(
      "macvlan",
      attribute(UInt16(IFLA_MACVLAN_MODE), raw(mode)) + attribute(UInt16(IFLA_MACVLAN_BC_QUEUE_LEN), raw(UInt32(500)))
        + attribute(UInt16(IFLA_MACVLAN_BC_QUEUE_LEN_USED), raw(UInt32(1000)))
        + attribute(UInt16(IFLA_MACVLAN_MACADDR_COUNT), raw(UInt32(2))))
    #expect(try text(payload) == "    macvlan \(words) \n")
    #expect(try json(payload) == #"{"info_kind":"macvlan","info_data":{\#(members)}}"#)
  }

  @Test("a kind without attributes, one that is not known, and a port of an unknown master show the name alone")
  func others() throws {
    for kind in ["dummy", "ifb", "x\u{fc}"] {
      let payload = link(kind, attribute(1, raw(UInt32(5))))
      #expect(try text(payload) == "    \(kind) \n")
      #expect(try json(payload) == #"{"info_kind":"\#(kind)"}"#)
    }
    let port = link("bond", attribute(1, [1]), isPort: true)
    #expect(try text(port) == "    bond_slave \n")
    #expect(try json(port) == #"{"info_slave_kind":"bond"}"#)
  }
}
