import CMnl
import Foundation
import TestSupport
import Testing

@testable import CLI

/// Kernels older and newer than the one that the captures are of tell less, or more than anybody knows here.
@Suite struct OtherKernelsTests {
  /// What Linux 4.9 did not tell.
  private static let younger: [Int] = [
    IFLA_MIN_MTU, IFLA_MAX_MTU, IFLA_ALLMULTI, IFLA_GRO_MAX_SIZE, IFLA_TSO_MAX_SIZE, IFLA_TSO_MAX_SEGS, 63, 64, 66, 67,
    68, 69, IFLA_PROP_LIST, 62, IFLA_CARRIER_UP_COUNT, IFLA_CARRIER_DOWN_COUNT, IFLA_AF_SPEC, IFLA_IFALIAS,
  ]

  @Test("an old one's links show without what it does not tell")
  func older() throws {
    let message = try Self.port { Self.younger.contains($0) ? nil : $1 }
    #expect(
      try show(message, "-d") == """
        4: v0@v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc noqueue master br0 state UP mode DEFAULT \
        group 7 qlen 500
            link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 1\u{20}
            veth\u{20}
            bridge_slave \(Self.portText) numtxqueues 2 numrxqueues 2 gso_max_size 65536 gso_max_segs 65535\u{20}

        """)
    let json = try Self.parse(try show(message, "-d", "-j"))
    #expect(json["max_mtu"] == nil)
    #expect(json["altnames"] == nil)
    #expect(json["txqlen"] as? Int == 500)
  }

  @Test("a new one's numbers show where there is no word for them, and its attributes are passed over")
  func newer() throws {
    let message =
      try Self.port { type, payload in
        switch type {
        case IFLA_OPERSTATE: [9]
        case IFLA_LINKMODE: [5]
        case IFLA_STATS64: payload + [UInt8](repeating: 1, count: 64)
        case IFLA_LINKINFO:
          payload + attribute(99, [1, 2, 3, 4])
        default: payload
        }
      } + attribute(79, [1, 2, 3]) + attribute(80, [4]) + attribute(200, []) + attribute(0x3fff, [5, 6, 7, 8])
    let text = try show(message, "-d", "-s")
    #expect(text.contains(" state 0x9 mode 5 group 7 qlen 500\n"))
    #expect(text.contains("    TX:  bytes packets errors dropped carrier collsns"))
    let json = try Self.parse(try show(message, "-d", "-s", "-j"))
    #expect(json["operstate_index"] as? Int == 9)
    #expect(json["linkmode_index"] as? Int == 5)
  }

  @Test("whatever is missing or too short, what is left is shown, and as JSON is one document", arguments: 0..<80)
  func withoutOne(left: Int) throws {
    for replacement in [nil, [], [1]] as [[UInt8]?] {
      let message = try Self.port { $0 == left ? replacement : $1 }
      #expect(try !show(message, "-d", "-s", "-s").isEmpty)
      for options in [["-j"], ["-j", "-p", "-d", "-s", "-s"], ["-j", "-br"]] {
        _ = try Self.parse(try shown(message, options))
      }
    }
  }

  // MARK: - How

  /// The message about the port of a bridge, with some of its attributes changed; nil leaves one out.
  private static func port(_ change: (Int, [UInt8]) -> [UInt8]?) throws -> [UInt8] {
    let captured = try #require(Captures.links.messages(ofType: 16).first { $0[20] == 4 })
    var attributes: [UInt8] = []
    var rest = captured[32...]
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = Int(rest[start]) | Int(rest[start + 1]) << 8
      let type = Int(rest[start + 2]) | Int(rest[start + 3] & 0x3f) << 8
      if let payload = change(type, [UInt8](rest[start + 4..<start + length])) {
        attributes += attribute(UInt16(type), payload)
      }
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return [UInt8](captured[16..<32]) + attributes
  }

  private func show(_ payload: [UInt8], _ options: String...) throws -> String { try shown(payload, options) }

  private static func parse(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static let portText =
    "state disabled priority 32 cost 2 hairpin off guard off root_block off fastleave off learning on flood on "
    + "port_id 0x8001 port_no 0x1 designated_port 32769 designated_cost 0 designated_bridge 8000.2:0:0:0:0:b "
    + "designated_root 8000.2:0:0:0:0:b hold_timer    0.00 message_age_timer    0.00 forward_delay_timer    0.00 "
    + "topology_change_ack 0 config_pending 0 proxy_arp off proxy_arp_wifi off mcast_router 1 mcast_fast_leave off "
    + "mcast_flood on bcast_flood on mcast_to_unicast off neigh_suppress off neigh_vlan_suppress off "
    + "group_fwd_mask 0 group_fwd_mask_str 0x0 vlan_tunnel off isolated off locked off mab off"
}
