internal import CMnl

// The numbers of links that have names in the kernel's headers, with the words of `ip` for them.

/// The operational state of a link by RFC 2863: `IF_OPER_…` of linux/if.h (`IFLA_OPERSTATE`).
public enum OperationalState: UInt8, Sendable {
  case unknown, notPresent, down, lowerLayerDown, testing, dormant, up

  /// The words of `ip`, by number.
  public static let words: [StaticString] = [
    "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP",
  ]
}

extension OperationalState: CustomStringConvertible {
  /// The word of `ip`, such as `LOWERLAYERDOWN`.
  public var description: String { "\(Self.words[Int(rawValue)])" }
}

/// Whether a link waits for a supplicant before it is up: `IF_LINK_MODE_…` of linux/if.h (`IFLA_LINKMODE`).
public enum LinkMode: UInt8, Sendable {
  case `default`, dormant

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["DEFAULT", "DORMANT"]
}

/// How IPv6 addresses are made for a link: `IN6_ADDR_GEN_MODE_…` of linux/if_link.h.
public enum AddressGenerationMode: UInt8, Sendable {
  case eui64, none, stableSecret, random

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["eui64", "none", "stable_secret", "random"]
}

/// Why the kernel announced a link: `IFLA_EVENT_…` of linux/if_link.h.
public enum LinkEvent: UInt32, Sendable {
  case none, reboot, featureChange, bondingFailover, notifyPeers, resendIGMP, bondingOption

  /// The words of `ip`, by number.
  public static let words: [StaticString] = [
    "NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION",
  ]
}

/// The state of a bridge's port: `BR_STATE_…` of linux/if_bridge.h (`IFLA_BRPORT_STATE`).
public enum BridgePortState: UInt8, Sendable {
  case disabled, listening, learning, forwarding, blocking
}
