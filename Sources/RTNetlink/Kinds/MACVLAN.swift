internal import CMnl
public import Netlink

/// A link on top of another link, with a MAC address of its own: `IFLA_MACVLAN_…` of linux/if_link.h;
/// `ip link add link DEV NAME type macvlan mode MODE`.
public enum MACVLAN: LinkKindAttributes {
  /// The mode, `MACVLAN_MODE_…`: which other links can reach the link (`IFLA_MACVLAN_MODE`); `mode MODE`.
  public static var mode: Property<MACVLAN, UInt32> { .init(IFLA_MACVLAN_MODE, "mode") }
  /// The requested length of the queue of received broadcasts, in packets (`IFLA_MACVLAN_BC_QUEUE_LEN`); `bcqueuelen N`.
  public static var broadcastQueueLength: Property<MACVLAN, UInt32> { .init(IFLA_MACVLAN_BC_QUEUE_LEN, "bcqueuelen") }
  /// The length of the queue of received broadcasts in use: the longest length that any link on the lower link requested,
  /// in packets (`IFLA_MACVLAN_BC_QUEUE_LEN_USED`).
  public static var usedBroadcastQueueLength: Property<MACVLAN, UInt32> {
    .init(IFLA_MACVLAN_BC_QUEUE_LEN_USED, "usedbcqueuelen")
  }
  /// The number of allowed senders, in mode `source` (`IFLA_MACVLAN_MACADDR_COUNT`).
  public static var sourceCount: Property<MACVLAN, UInt32> { .init(IFLA_MACVLAN_MACADDR_COUNT, "remotes") }

  /// The kind `macvlan`.
  public static let kind = LinkKind(
    "macvlan", unknownWord: "option",
    fields: [
      KindField(mode, .choice(modes), refused: .mustBe),
      KindField(broadcastQueueLength, refused: .mustBe),
      KindField(usedBroadcastQueueLength, access: .readOnly),
      KindField(sourceCount, .sourceCount, key: "macaddr_count", access: .readOnly),
    ])

  /// The mode in which a macvlan has allowed senders.
  package static var sourceMode: UInt32 { MACVLAN_MODE_SOURCE.rawValue }

  private static let modes = [
    KindField.Choice(word: "private", number: UInt64(MACVLAN_MODE_PRIVATE.rawValue)),
    KindField.Choice(word: "vepa", number: UInt64(MACVLAN_MODE_VEPA.rawValue)),
    KindField.Choice(word: "bridge", number: UInt64(MACVLAN_MODE_BRIDGE.rawValue)),
    KindField.Choice(word: "passthru", number: UInt64(MACVLAN_MODE_PASSTHRU.rawValue)),
    KindField.Choice(word: "source", number: UInt64(sourceMode)),
  ]
}
