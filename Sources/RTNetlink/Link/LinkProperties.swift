internal import CMnl
public import Netlink

// What the kernel tells of every link, a line for each attribute of linux/if_link.h. A property reads with
// `link[.mtu]` and, where the kernel takes it, writes with `request.set(.mtu, to: 1500)`.

extension Property<Link, KernelName> {
  /// The name (`IFLA_IFNAME`); `ip link set DEV name NAME`.
  public static var name: Self { Self(IFLA_IFNAME) }
  /// The queueing discipline (`IFLA_QDISC`).
  public static var queueingDiscipline: Self { Self(IFLA_QDISC) }
}

extension Property<Link, [UInt8]> {
  /// The name as somebody said it, NUL and all: the kernel judges it (`IFLA_IFNAME`).
  public static var nameAsSaid: Self { Self(IFLA_IFNAME) }
  /// Any name that finds it, up to 127 bytes (`IFLA_ALT_IFNAME`); `ip link property add dev DEV altname NAME`.
  public static var alternativeName: Self { Self(IFLA_ALT_IFNAME) }
  /// A description, up to 255 bytes; empty to take it away (`IFLA_IFALIAS`); `ip link set DEV alias TEXT`.
  /// It is written without a NUL, and the kernel's answer ends with one.
  public static var alias: Self { Self(IFLA_IFALIAS) }
  /// The name of the device below that it belongs to (`IFLA_PARENT_DEV_NAME`).
  public static var parentDevice: Self { Self(IFLA_PARENT_DEV_NAME) }
  /// The bus of that device (`IFLA_PARENT_DEV_BUS_NAME`).
  public static var parentBus: Self { Self(IFLA_PARENT_DEV_BUS_NAME) }
}

extension Property<Link, HardwareAddress> {
  /// The address (`IFLA_ADDRESS`); `ip link set DEV address ADDRESS`.
  public static var address: Self { Self(IFLA_ADDRESS) }
  /// The broadcast address, or the neighbour's (`IFLA_BROADCAST`); `ip link set DEV broadcast ADDRESS`.
  public static var broadcast: Self { Self(IFLA_BROADCAST) }
  /// The address it was made with (`IFLA_PERM_ADDRESS`).
  public static var permanentAddress: Self { Self(IFLA_PERM_ADDRESS) }
}

extension Property<Link, UInt8> {
  /// RFC 2863's state, a number of `OperationalState` (`IFLA_OPERSTATE`); `ip link set DEV state STATE`.
  public static var operationalState: Self { Self(IFLA_OPERSTATE) }
  /// Whether it waits for a supplicant, `IF_LINK_MODE_…` (`IFLA_LINKMODE`); `ip link set DEV mode MODE`.
  public static var mode: Self { Self(IFLA_LINKMODE) }
  /// Whether there is a carrier (`IFLA_CARRIER`); `ip link set DEV carrier on`.
  public static var carrier: Self { Self(IFLA_CARRIER) }
  /// Whether a protocol holds it down (`IFLA_PROTO_DOWN`); `ip link set DEV protodown on`.
  public static var protocolDown: Self { Self(IFLA_PROTO_DOWN) }
  /// Whether it stays in its namespace for good (`IFLA_NETNS_IMMUTABLE`, Linux 6.15).
  public static var namespaceImmutable: Self { Self(NEWER_IFLA_NETNS_IMMUTABLE) }
}

extension Property<Link, Int32> {
  /// The index of the link it is tied to; a veth's other end (`IFLA_LINK`).
  public static var peerIndex: Self { Self(IFLA_LINK) }
  /// The index of the bridge or other link that it is a port of; 0 for none (`IFLA_MASTER`); `ip link set DEV master DEV`.
  public static var master: Self { Self(IFLA_MASTER) }
  /// The namespace that `peerIndex` counts in, as an id (`IFLA_LINK_NETNSID`).
  public static var peerNamespaceID: Self { Self(IFLA_LINK_NETNSID) }
  /// The index to have in the namespace it moves to, or has there now (`IFLA_NEW_IFINDEX`).
  public static var newIndex: Self { Self(IFLA_NEW_IFINDEX) }
  /// The namespace that it has gone to, as an id (`IFLA_NEW_NETNSID`).
  public static var newNamespaceID: Self { Self(IFLA_NEW_NETNSID) }
  /// The namespace that the request is about, as an id (`IFLA_TARGET_NETNSID`).
  public static var targetNamespaceID: Self { Self(IFLA_TARGET_NETNSID) }
  /// The namespace to be in: that of a process (`IFLA_NET_NS_PID`); `ip link set DEV netns PID`.
  public static var namespaceOfProcess: Self { Self(IFLA_NET_NS_PID) }
  /// The namespace to be in: the one this descriptor is of (`IFLA_NET_NS_FD`); `ip link set DEV netns NAME`.
  public static var namespaceDescriptor: Self { Self(IFLA_NET_NS_FD) }
}

extension Property<Link, UInt32> {
  /// The largest packet, in bytes (`IFLA_MTU`); `ip link set DEV mtu MTU`.
  public static var mtu: Self { Self(IFLA_MTU) }
  /// The least `mtu` it takes (`IFLA_MIN_MTU`).
  public static var minimumMTU: Self { Self(IFLA_MIN_MTU) }
  /// The largest `mtu` it takes (`IFLA_MAX_MTU`).
  public static var maximumMTU: Self { Self(IFLA_MAX_MTU) }
  /// The group it is in (`IFLA_GROUP`); `ip link set DEV group GROUP`.
  public static var group: Self { Self(IFLA_GROUP) }
  /// How many packets wait in the queue (`IFLA_TXQLEN`); `ip link set DEV txqueuelen N`.
  public static var transmitQueueLength: Self { Self(IFLA_TXQLEN) }
  /// How many queues send (`IFLA_NUM_TX_QUEUES`); `ip link add … numtxqueues N`.
  public static var transmitQueues: Self { Self(IFLA_NUM_TX_QUEUES) }
  /// How many queues receive (`IFLA_NUM_RX_QUEUES`); `ip link add … numrxqueues N`.
  public static var receiveQueues: Self { Self(IFLA_NUM_RX_QUEUES) }
  /// How many asked for everything (`IFLA_PROMISCUITY`).
  public static var promiscuity: Self { Self(IFLA_PROMISCUITY) }
  /// How many asked for all multicast (`IFLA_ALLMULTI`).
  public static var allMulticast: Self { Self(IFLA_ALLMULTI) }
  /// The largest packet built for segmentation offload, in bytes (`IFLA_GSO_MAX_SIZE`).
  public static var gsoMaxSize: Self { Self(IFLA_GSO_MAX_SIZE) }
  /// The most segments of one (`IFLA_GSO_MAX_SEGS`).
  public static var gsoMaxSegments: Self { Self(IFLA_GSO_MAX_SEGS) }
  /// The largest packet that the device can segment, in bytes (`IFLA_TSO_MAX_SIZE`).
  public static var tsoMaxSize: Self { Self(IFLA_TSO_MAX_SIZE) }
  /// The most segments of one (`IFLA_TSO_MAX_SEGS`).
  public static var tsoMaxSegments: Self { Self(IFLA_TSO_MAX_SEGS) }
  /// The largest packet put together on receipt, in bytes (`IFLA_GRO_MAX_SIZE`).
  public static var groMaxSize: Self { Self(IFLA_GRO_MAX_SIZE) }
  /// `gsoMaxSize` for IPv4 (`IFLA_GSO_IPV4_MAX_SIZE`, Linux 6.3).
  public static var gsoIPv4MaxSize: Self { Self(NEWER_IFLA_GSO_IPV4_MAX_SIZE) }
  /// `groMaxSize` for IPv4 (`IFLA_GRO_IPV4_MAX_SIZE`, Linux 6.3).
  public static var groIPv4MaxSize: Self { Self(NEWER_IFLA_GRO_IPV4_MAX_SIZE) }
  /// How often the carrier came or went (`IFLA_CARRIER_CHANGES`).
  public static var carrierChanges: Self { Self(IFLA_CARRIER_CHANGES) }
  /// What made the kernel tell of it, `IFLA_EVENT_…` (`IFLA_EVENT`).
  public static var event: Self { Self(IFLA_EVENT) }
  /// What the answer shall hold or leave out, `RTEXT_FILTER_…` (`IFLA_EXT_MASK`).
  public static var answerFilter: Self { Self(IFLA_EXT_MASK) }
}

/// Whether a link works, in the words of RFC 2863: `IF_OPER_…` of linux/if.h, by their numbers.
public enum OperationalState: UInt8, Sendable {
  case unknown, notPresent, down, lowerLayerDown, testing, dormant, up
}
