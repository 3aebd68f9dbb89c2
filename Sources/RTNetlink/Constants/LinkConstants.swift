internal import CMnl
public import Netlink

// The numbers of links that have names in the kernel's headers, with the words of `ip` for them.

/// A number that has names in the kernel's headers, the value of an attribute.
///
/// A number that a newer kernel reports is kept as it is, and has no word.
public protocol NamedNumber: RawRepresentable, AttributeValue, Hashable, Sendable, CustomStringConvertible
where RawValue: AttributeInteger {
  /// Wraps a C value.
  init(rawValue: RawValue)
  /// The words of `ip`, by number.
  static var words: [StaticString] { get }
}

extension NamedNumber {
  /// The word of `ip`; nil for a number without one.
  public var word: StaticString? {
    guard let number = Int(exactly: rawValue), Self.words.indices.contains(number) else { return nil }
    return Self.words[number]
  }

  /// The word of `ip`, or the number.
  public var description: String { word.map { "\($0)" } ?? "\(rawValue)" }

  /// Reads a number; nil for a payload that is too short.
  public init?(attributeBytes bytes: RawSpan) {
    guard let value = RawValue(attributeBytes: bytes) else { return nil }
    self.init(rawValue: value)
  }

  /// Hands the bytes to `body`, in the machine's order.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { rawValue.withAttributeBytes(body) }
}

/// The operational state of a link by RFC 2863: `IF_OPER_…` of linux/if.h (`IFLA_OPERSTATE`).
public struct OperationalState: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ value: Int) { rawValue = UInt8(value) }

  /// The driver does not report a state, as of the loopback interface (`IF_OPER_UNKNOWN`).
  public static var unknown: OperationalState { OperationalState(IF_OPER_UNKNOWN) }
  /// A part of the hardware is missing (`IF_OPER_NOTPRESENT`).
  public static var notPresent: OperationalState { OperationalState(IF_OPER_NOTPRESENT) }
  /// Not usable: administratively down, or without a carrier (`IF_OPER_DOWN`).
  public static var down: OperationalState { OperationalState(IF_OPER_DOWN) }
  /// The link below, or the peer, is down (`IF_OPER_LOWERLAYERDOWN`).
  public static var lowerLayerDown: OperationalState { OperationalState(IF_OPER_LOWERLAYERDOWN) }
  /// In a test (`IF_OPER_TESTING`).
  public static var testing: OperationalState { OperationalState(IF_OPER_TESTING) }
  /// Waits for an event, such as an authentication (`IF_OPER_DORMANT`).
  public static var dormant: OperationalState { OperationalState(IF_OPER_DORMANT) }
  /// Passes packets (`IF_OPER_UP`).
  public static var up: OperationalState { OperationalState(IF_OPER_UP) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = [
    "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP",
  ]
}

/// Whether a link waits for a supplicant before it is up: `IF_LINK_MODE_…` of linux/if.h (`IFLA_LINKMODE`).
public struct LinkMode: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The link is up when it has a carrier (`IF_LINK_MODE_DEFAULT`).
  public static var `default`: LinkMode { LinkMode(rawValue: UInt8(IF_LINK_MODE_DEFAULT)) }
  /// The link is dormant until a program says otherwise (`IF_LINK_MODE_DORMANT`).
  public static var dormant: LinkMode { LinkMode(rawValue: UInt8(IF_LINK_MODE_DORMANT)) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["DEFAULT", "DORMANT"]
}

/// How IPv6 addresses are made for a link: `IN6_ADDR_GEN_MODE_…` of linux/if_link.h (`IFLA_INET6_ADDR_GEN_MODE`).
public struct AddressGenerationMode: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ mode: in6_addr_gen_mode) { rawValue = UInt8(mode.rawValue) }

  /// From the MAC address (`IN6_ADDR_GEN_MODE_EUI64`).
  public static var eui64: AddressGenerationMode { AddressGenerationMode(IN6_ADDR_GEN_MODE_EUI64) }
  /// No address (`IN6_ADDR_GEN_MODE_NONE`).
  public static var none: AddressGenerationMode { AddressGenerationMode(IN6_ADDR_GEN_MODE_NONE) }
  /// From the secret in `stable_secret`, by RFC 7217 (`IN6_ADDR_GEN_MODE_STABLE_PRIVACY`).
  public static var stableSecret: AddressGenerationMode { AddressGenerationMode(IN6_ADDR_GEN_MODE_STABLE_PRIVACY) }
  /// From a random secret, by RFC 7217 (`IN6_ADDR_GEN_MODE_RANDOM`).
  public static var random: AddressGenerationMode { AddressGenerationMode(IN6_ADDR_GEN_MODE_RANDOM) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["eui64", "none", "stable_secret", "random"]
}

/// Why the kernel announced a link: `IFLA_EVENT_…` of linux/if_link.h (`IFLA_EVENT`).
public struct LinkEvent: NamedNumber {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ event: Int) { rawValue = UInt32(event) }

  /// No reason of these (`IFLA_EVENT_NONE`).
  public static var none: LinkEvent { LinkEvent(IFLA_EVENT_NONE) }
  /// The device was reset (`IFLA_EVENT_REBOOT`).
  public static var reboot: LinkEvent { LinkEvent(IFLA_EVENT_REBOOT) }
  /// The features of the device changed (`IFLA_EVENT_FEATURES`).
  public static var featureChange: LinkEvent { LinkEvent(IFLA_EVENT_FEATURES) }
  /// A bond has another active port (`IFLA_EVENT_BONDING_FAILOVER`).
  public static var bondingFailover: LinkEvent { LinkEvent(IFLA_EVENT_BONDING_FAILOVER) }
  /// The neighbors are to be told the link's addresses (`IFLA_EVENT_NOTIFY_PEERS`).
  public static var notifyPeers: LinkEvent { LinkEvent(IFLA_EVENT_NOTIFY_PEERS) }
  /// The multicast groups are to be joined again (`IFLA_EVENT_IGMP_RESEND`).
  public static var resendIGMP: LinkEvent { LinkEvent(IFLA_EVENT_IGMP_RESEND) }
  /// An option of a bond changed (`IFLA_EVENT_BONDING_OPTIONS`).
  public static var bondingOption: LinkEvent { LinkEvent(IFLA_EVENT_BONDING_OPTIONS) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = [
    "NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION",
  ]
}

/// The state of a bridge's port: `BR_STATE_…` of linux/if_bridge.h (`IFLA_BRPORT_STATE`).
public struct BridgePortState: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ state: Int32) { rawValue = UInt8(state) }

  /// The port is not used (`BR_STATE_DISABLED`).
  public static var disabled: BridgePortState { BridgePortState(BR_STATE_DISABLED) }
  /// The port waits for the spanning tree (`BR_STATE_LISTENING`).
  public static var listening: BridgePortState { BridgePortState(BR_STATE_LISTENING) }
  /// The port learns addresses and does not forward yet (`BR_STATE_LEARNING`).
  public static var learning: BridgePortState { BridgePortState(BR_STATE_LEARNING) }
  /// The port forwards (`BR_STATE_FORWARDING`).
  public static var forwarding: BridgePortState { BridgePortState(BR_STATE_FORWARDING) }
  /// The port does not forward, so that there is no loop (`BR_STATE_BLOCKING`).
  public static var blocking: BridgePortState { BridgePortState(BR_STATE_BLOCKING) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["disabled", "listening", "learning", "forwarding", "blocking"]
}
