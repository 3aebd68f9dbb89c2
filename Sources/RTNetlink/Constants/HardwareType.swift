internal import CMnl

/// The type of a link layer: `ARPHRD_…` of linux/if_arp.h (`ifi_type`).
public struct HardwareType: Hashable, Sendable {
  /// The C value.
  public let rawValue: UInt16
  /// Wraps a C value.
  @inline(__always)
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  private init(_ value: Int32) { rawValue = UInt16(truncatingIfNeeded: value) }

  /// Ethernet, and every veth and bridge (`ARPHRD_ETHER`); `link/ether`.
  public static var ethernet: HardwareType { HardwareType(ARPHRD_ETHER) }
  /// The loopback interface (`ARPHRD_LOOPBACK`); `link/loopback`.
  public static var loopback: HardwareType { HardwareType(ARPHRD_LOOPBACK) }
  /// No link layer, as of a TUN device (`ARPHRD_NONE`); `link/none`.
  public static var none: HardwareType { HardwareType(ARPHRD_NONE) }

  /// The word of `ip` for the type, such as `ether`; nil for a type without one.
  public var word: StaticString? {
    switch Int32(rawValue) {
    case ARPHRD_ETHER: "ether"
    case ARPHRD_LOOPBACK: "loopback"
    case ARPHRD_NONE: "none"
    case ARPHRD_VOID: "void"
    case ARPHRD_NETROM: "generic"
    case ARPHRD_INFINIBAND: "infiniband"
    case ARPHRD_SLIP: "slip"
    case ARPHRD_CAN: "can"
    case ARPHRD_PPP: "ppp"
    case ARPHRD_RAWIP: "rawip"
    case ARPHRD_TUNNEL: "ipip"
    case ARPHRD_TUNNEL6: "tunnel6"
    case ARPHRD_SIT: "sit"
    case ARPHRD_IPGRE: "gre"
    case ARPHRD_IEEE80211: "ieee802.11"
    case ARPHRD_IEEE80211_PRISM: "ieee802.11/prism"
    case ARPHRD_IEEE80211_RADIOTAP: "ieee802.11/radiotap"
    case ARPHRD_IEEE802154: "ieee802.15.4"
    case ARPHRD_PHONET_PIPE: "phonet_pipe"
    case ARPHRD_IP6GRE: "gre6"
    case ARPHRD_NETLINK: "netlink"
    case ARPHRD_6LOWPAN: "6lowpan"
    case ARPHRD_VSOCKMON: "vsockmon"
    default: nil
    }
  }
}

extension HardwareType: CustomStringConvertible {
  /// The word of `ip`, or the number in brackets.
  public var description: String { word.map { "\($0)" } ?? "[\(rawValue)]" }
}
