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

/// Kinds of link layer (`ARPHRD_…`, linux/if_arp.h).
private let hardwareTypes: [(number: UInt16, word: StaticString)] = [
  (1, "ether"), (772, "loopback"), (65534, "none"), (65535, "void"), (0, "generic"), (32, "infiniband"),
  (256, "slip"), (280, "can"), (512, "ppp"), (768, "ipip"), (769, "tunnel6"), (776, "sit"), (778, "gre"),
  (801, "ieee802.11"), (802, "ieee802.11/prism"), (803, "ieee802.11/radiotap"), (804, "ieee802.15.4"),
  (823, "gre6"), (824, "netlink"), (825, "6lowpan"), (826, "vsockmon"), (519, "rawip"), (821, "phonet_pipe"),
]

/// The word for a kind of link layer; nil for one that is not known.
func hardwareTypeName(_ number: UInt16) -> StaticString? {
  for type in hardwareTypes where type.number == number { return type.word }
  return nil
}
