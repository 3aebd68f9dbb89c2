internal import CMnl
public import Netlink

/// A VLAN on top of another link: `IFLA_VLAN_…` of linux/if_link.h; `ip link add link DEV NAME type vlan id ID`.
public enum VLAN: LinkKindAttributes {
  /// The protocol of the tag, `ETH_P_8021Q` or `ETH_P_8021AD` in network order (`IFLA_VLAN_PROTOCOL`); `protocol PROTOCOL`.
  public static var tagProtocol: Property<VLAN, UInt16> { .init(IFLA_VLAN_PROTOCOL, "protocol") }
  /// The VLAN id, 0 to 4095 (`IFLA_VLAN_ID`); `id ID`.
  public static var id: Property<VLAN, UInt16> { .init(IFLA_VLAN_ID, "id") }
  /// The flags, `VLAN_FLAG_…` of linux/if_vlan.h, followed by their mask (`IFLA_VLAN_FLAGS`, `struct ifla_vlan_flags`).
  public static var flags: Property<VLAN, UInt64> { .init(IFLA_VLAN_FLAGS, "flags") }

  /// The kind `vlan`.
  public static let kind = LinkKind(
    "vlan", unknownWord: "command",
    fields: [
      KindField(tagProtocol, .choice(tagProtocols), refused: .isInvalid),
      KindField(id, refused: .isInvalid),
      KindField(flags, .flags(flagWords), word: "", key: "flags", access: .readOnly),
    ])

  private static let flagWords = [
    KindField.Choice(word: "REORDER_HDR", number: UInt64(VLAN_FLAG_REORDER_HDR.rawValue)),
    KindField.Choice(word: "GVRP", number: UInt64(VLAN_FLAG_GVRP.rawValue)),
    KindField.Choice(word: "MVRP", number: UInt64(VLAN_FLAG_MVRP.rawValue)),
    KindField.Choice(word: "LOOSE_BINDING", number: UInt64(VLAN_FLAG_LOOSE_BINDING.rawValue)),
    KindField.Choice(word: "BRIDGE_BINDING", number: UInt64(VLAN_FLAG_BRIDGE_BINDING.rawValue)),
  ]

  /// The protocols of VLAN tags: `ETH_P_…` of linux/if_ether.h, in network order.
  static let tagProtocols = [
    KindField.Choice(word: "802.1Q", number: UInt64(UInt16(ETH_P_8021Q).bigEndian)),
    KindField.Choice(word: "802.1ad", number: UInt64(UInt16(ETH_P_8021AD).bigEndian)),
  ]
}
