internal import RTNetlink
internal import SystemCalls

// The kernel's numbers for links as `ip` writes them.

/// The flags in the order in which they are shown. `running` is not: its absence shows as NO-CARRIER.
let shownLinkFlags: [(flag: LinkFlags, word: StaticString)] = [
  (.loopback, "LOOPBACK"), (.broadcast, "BROADCAST"), (.pointToPoint, "POINTOPOINT"), (.multicast, "MULTICAST"),
  (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"), (.promiscuous, "PROMISC"), (.master, "MASTER"), (.slave, "SLAVE"),
  (.debug, "DEBUG"), (.dynamic, "DYNAMIC"), (.autoMedia, "AUTOMEDIA"), (.portSelect, "PORTSEL"),
  (.noTrailers, "NOTRAILERS"), (.up, "UP"), (.lowerUp, "LOWER_UP"), (.dormant, "DORMANT"), (.echo, "ECHO"),
]

/// `OperationalState` by its number.
let operationalStates: [StaticString] = [
  "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP",
]

/// By their number (`IF_LINK_MODE_…`, linux/if.h).
let linkModes: [StaticString] = ["DEFAULT", "DORMANT"]

/// Why a link is told of, by the number (`IFLA_EVENT_…`, linux/if_link.h).
let linkEvents: [StaticString] = [
  "NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION",
]

/// How an IPv6 address is made of a link's own, by the number (`IN6_ADDR_GEN_MODE_…`, linux/if_link.h).
let addressGenerationModes: [StaticString] = ["eui64", "none", "stable_secret", "random"]

/// The states of a bridge's port, by their number (`BR_STATE_…`, linux/if_bridge.h).
let bridgePortStates: [StaticString] = ["disabled", "listening", "learning", "forwarding", "blocking"]

/// Protocols of VLANs (`ETH_P_…`, linux/if_ether.h).
let vlanProtocols: [(number: UInt16, word: StaticString)] = [(0x8100, "802.1Q"), (0x88A8, "802.1ad")]

/// The word for a kind of link layer (`ARPHRD_…`, linux/if_arp.h); nil for one that is not known.
func hardwareTypeName(_ number: UInt16) -> StaticString? {
  switch number {
  case 1: "ether"
  case 772: "loopback"
  case 65534: "none"
  case 65535: "void"
  case 0: "generic"
  case 32: "infiniband"
  case 256: "slip"
  case 280: "can"
  case 512: "ppp"
  case 768: "ipip"
  case 769: "tunnel6"
  case 776: "sit"
  case 778: "gre"
  case 801: "ieee802.11"
  case 802: "ieee802.11/prism"
  case 803: "ieee802.11/radiotap"
  case 804: "ieee802.15.4"
  case 823: "gre6"
  case 824: "netlink"
  case 825: "6lowpan"
  case 826: "vsockmon"
  case 519: "rawip"
  case 821: "phonet_pipe"
  default: nil
  }
}
