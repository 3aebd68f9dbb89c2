internal import CMnl

/// What a link is and does: `ifi_flags`, the `IFF_…` of linux/if.h; netdevice(7).
public struct LinkFlags: OptionSet, Sendable {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ flag: net_device_flags) { rawValue = UInt32(flag.rawValue) }

  /// Switched on by the administrator (`IFF_UP`); `ip link set DEV up`.
  public static var up: LinkFlags { LinkFlags(IFF_UP) }
  /// Has a broadcast address (`IFF_BROADCAST`).
  public static var broadcast: LinkFlags { LinkFlags(IFF_BROADCAST) }
  /// Debugging (`IFF_DEBUG`).
  public static var debug: LinkFlags { LinkFlags(IFF_DEBUG) }
  /// Leads back to its own host (`IFF_LOOPBACK`).
  public static var loopback: LinkFlags { LinkFlags(IFF_LOOPBACK) }
  /// Has one neighbour (`IFF_POINTOPOINT`).
  public static var pointToPoint: LinkFlags { LinkFlags(IFF_POINTOPOINT) }
  /// Does not use trailers (`IFF_NOTRAILERS`); `ip link set DEV trailers off`.
  public static var noTrailers: LinkFlags { LinkFlags(IFF_NOTRAILERS) }
  /// Can carry traffic (`IFF_RUNNING`).
  public static var running: LinkFlags { LinkFlags(IFF_RUNNING) }
  /// Does without ARP (`IFF_NOARP`); `ip link set DEV arp off`.
  public static var noARP: LinkFlags { LinkFlags(IFF_NOARP) }
  /// Receives everything (`IFF_PROMISC`); `ip link set DEV promisc on`.
  public static var promiscuous: LinkFlags { LinkFlags(IFF_PROMISC) }
  /// Receives all multicast (`IFF_ALLMULTI`); `ip link set DEV allmulticast on`.
  public static var allMulticast: LinkFlags { LinkFlags(IFF_ALLMULTI) }
  /// Master of a load balancer (`IFF_MASTER`).
  public static var master: LinkFlags { LinkFlags(IFF_MASTER) }
  /// Slave of a load balancer (`IFF_SLAVE`).
  public static var slave: LinkFlags { LinkFlags(IFF_SLAVE) }
  /// Multicasts (`IFF_MULTICAST`); `ip link set DEV multicast on`.
  public static var multicast: LinkFlags { LinkFlags(IFF_MULTICAST) }
  /// Can choose its medium (`IFF_PORTSEL`).
  public static var portSelect: LinkFlags { LinkFlags(IFF_PORTSEL) }
  /// Chooses its medium by itself (`IFF_AUTOMEDIA`).
  public static var autoMedia: LinkFlags { LinkFlags(IFF_AUTOMEDIA) }
  /// Loses its addresses when it goes down (`IFF_DYNAMIC`); `ip link set DEV dynamic on`.
  public static var dynamic: LinkFlags { LinkFlags(IFF_DYNAMIC) }
  /// Has a carrier: for a veth, the other end is up (`IFF_LOWER_UP`).
  public static var lowerUp: LinkFlags { LinkFlags(IFF_LOWER_UP) }
  /// Waits for something before it carries traffic (`IFF_DORMANT`).
  public static var dormant: LinkFlags { LinkFlags(IFF_DORMANT) }
  /// Hears what it sends (`IFF_ECHO`).
  public static var echo: LinkFlags { LinkFlags(IFF_ECHO) }
}
