internal import CMnl

/// The flags of a link: `IFF_…` of linux/if.h (`ifi_flags`); netdevice(7).
public struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  @inline(__always)
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ flag: net_device_flags) { rawValue = UInt32(flag.rawValue) }

  /// Administratively up (`IFF_UP`); `ip link set DEV up`.
  public static var up: LinkFlags { LinkFlags(IFF_UP) }
  /// The broadcast address is valid (`IFF_BROADCAST`).
  public static var broadcast: LinkFlags { LinkFlags(IFF_BROADCAST) }
  /// Internal debugging (`IFF_DEBUG`).
  public static var debug: LinkFlags { LinkFlags(IFF_DEBUG) }
  /// A loopback interface (`IFF_LOOPBACK`).
  public static var loopback: LinkFlags { LinkFlags(IFF_LOOPBACK) }
  /// A point-to-point link (`IFF_POINTOPOINT`).
  public static var pointToPoint: LinkFlags { LinkFlags(IFF_POINTOPOINT) }
  /// No trailers (`IFF_NOTRAILERS`); `ip link set DEV trailers off`.
  public static var noTrailers: LinkFlags { LinkFlags(IFF_NOTRAILERS) }
  /// Operational, resources allocated (`IFF_RUNNING`).
  public static var running: LinkFlags { LinkFlags(IFF_RUNNING) }
  /// No ARP (`IFF_NOARP`); `ip link set DEV arp off`.
  public static var noARP: LinkFlags { LinkFlags(IFF_NOARP) }
  /// Promiscuous mode (`IFF_PROMISC`); `ip link set DEV promisc on`.
  public static var promiscuous: LinkFlags { LinkFlags(IFF_PROMISC) }
  /// Receives all multicast packets (`IFF_ALLMULTI`); `ip link set DEV allmulticast on`.
  public static var allMulticast: LinkFlags { LinkFlags(IFF_ALLMULTI) }
  /// Master of a load-balancing bundle (`IFF_MASTER`).
  public static var master: LinkFlags { LinkFlags(IFF_MASTER) }
  /// Slave of a load-balancing bundle (`IFF_SLAVE`).
  public static var slave: LinkFlags { LinkFlags(IFF_SLAVE) }
  /// Supports multicast (`IFF_MULTICAST`); `ip link set DEV multicast on`.
  public static var multicast: LinkFlags { LinkFlags(IFF_MULTICAST) }
  /// Can select the medium (`IFF_PORTSEL`).
  public static var portSelect: LinkFlags { LinkFlags(IFF_PORTSEL) }
  /// Selects the medium automatically (`IFF_AUTOMEDIA`).
  public static var autoMedia: LinkFlags { LinkFlags(IFF_AUTOMEDIA) }
  /// The addresses are lost when the link goes down (`IFF_DYNAMIC`); `ip link set DEV dynamic on`.
  public static var dynamic: LinkFlags { LinkFlags(IFF_DYNAMIC) }
  /// Has a carrier; of a veth: the peer is up (`IFF_LOWER_UP`).
  public static var lowerUp: LinkFlags { LinkFlags(IFF_LOWER_UP) }
  /// The driver signals dormant (`IFF_DORMANT`).
  public static var dormant: LinkFlags { LinkFlags(IFF_DORMANT) }
  /// Echoes sent packets (`IFF_ECHO`).
  public static var echo: LinkFlags { LinkFlags(IFF_ECHO) }

  /// The words of `ip` in its order. `running` has none: `ip` shows its absence as `NO-CARRIER`.
  public static let words: [(flag: LinkFlags, word: StaticString)] = [
    (.loopback, "LOOPBACK"), (.broadcast, "BROADCAST"), (.pointToPoint, "POINTOPOINT"), (.multicast, "MULTICAST"),
    (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"), (.promiscuous, "PROMISC"), (.master, "MASTER"), (.slave, "SLAVE"),
    (.debug, "DEBUG"), (.dynamic, "DYNAMIC"), (.autoMedia, "AUTOMEDIA"), (.portSelect, "PORTSEL"),
    (.noTrailers, "NOTRAILERS"), (.up, "UP"), (.lowerUp, "LOWER_UP"), (.dormant, "DORMANT"), (.echo, "ECHO"),
  ]
}

extension LinkFlags: CustomStringConvertible {
  /// The words of `ip` with commas between, such as `BROADCAST,MULTICAST,UP`.
  public var description: String {
    var text = ""
    for (flag, word) in Self.words where contains(flag) { text += text.isEmpty ? "\(word)" : ",\(word)" }
    return text
  }
}
