internal import CMnl
public import Netlink

// The attributes of every link, one line each: `IFLA_…` of linux/if_link.h. `link[.mtu]` reads an attribute, and
// `settings[.mtu] = 1500` sets one. The keyword is the one of `ip link set`.

extension Property<Link, KernelName> {
  /// The name (`IFLA_IFNAME`); `ip link set DEV name NAME`.
  public static var name: Self { Self(IFLA_IFNAME, "name") }
  /// The queueing discipline (`IFLA_QDISC`).
  public static var queueingDiscipline: Self { Self(IFLA_QDISC) }
}

extension Property<Link, String> {
  /// A description, up to 254 bytes; empty to remove it (`IFLA_IFALIAS`); `ip link set DEV alias TEXT`.
  public static var alias: Self { Self(IFLA_IFALIAS, "alias") }
  /// The name of the parent device, such as a PCI address (`IFLA_PARENT_DEV_NAME`); `parentdev NAME`.
  public static var parentDevice: Self { Self(IFLA_PARENT_DEV_NAME, "parentdev") }
  /// The bus of the parent device (`IFLA_PARENT_DEV_BUS_NAME`).
  public static var parentBus: Self { Self(IFLA_PARENT_DEV_BUS_NAME) }
}

extension Property<Link, HardwareAddress> {
  /// The link-layer address (`IFLA_ADDRESS`); `ip link set DEV address ADDRESS`.
  public static var address: Self { Self(IFLA_ADDRESS, "address") }
  /// The broadcast address or, of a point-to-point link, the address of the neighbor (`IFLA_BROADCAST`);
  /// `ip link set DEV broadcast ADDRESS`.
  public static var broadcast: Self { Self(IFLA_BROADCAST, "broadcast") }
  /// The address of the hardware (`IFLA_PERM_ADDRESS`).
  public static var permanentAddress: Self { Self(IFLA_PERM_ADDRESS) }
}

extension Property<Link, OperationalState> {
  /// The operational state (`IFLA_OPERSTATE`); `ip link set DEV state STATE`.
  public static var operationalState: Self { Self(IFLA_OPERSTATE, "state") }
}

extension Property<Link, LinkMode> {
  /// The link mode (`IFLA_LINKMODE`); `ip link set DEV mode MODE`.
  public static var mode: Self { Self(IFLA_LINKMODE, "mode") }
}

extension Property<Link, AddressGenerationMode> {
  /// How IPv6 addresses are made for the link (`IFLA_INET6_ADDR_GEN_MODE`); missing where the kernel has no IPv6;
  /// `ip link set DEV addrgenmode MODE`.
  public static var addressGenerationMode: Self {
    Self(AttributePath(IFLA_AF_SPEC, Int(AF_INET6), IFLA_INET6_ADDR_GEN_MODE), "addrgenmode")
  }
}

extension Property<Link, LinkEvent> {
  /// Why the kernel announced the link (`IFLA_EVENT`).
  public static var event: Self { Self(IFLA_EVENT) }
}

extension Property<Link, UInt8> {
  /// Whether the link has a carrier: 0 or 1 (`IFLA_CARRIER`); `ip link set DEV carrier on`.
  public static var carrier: Self { Self(IFLA_CARRIER, "carrier") }
  /// Whether a protocol holds the link down: 0 or 1 (`IFLA_PROTO_DOWN`); `ip link set DEV protodown on`.
  public static var protocolDown: Self { Self(IFLA_PROTO_DOWN, "protodown") }
  /// Whether the link cannot leave its namespace: 0 or 1 (`IFLA_NETNS_IMMUTABLE`, Linux 6.15).
  public static var namespaceImmutable: Self { Self(NEWER_IFLA_NETNS_IMMUTABLE) }
}

extension Property<Link, Int32> {
  /// The index of the link that this link is tied to (`IFLA_LINK`): of a veth the peer, of a VLAN the link below;
  /// `ip link add link DEV`.
  public static var linkIndex: Self { Self(IFLA_LINK, "link") }
  /// The index of the bridge or other master; 0 for none (`IFLA_MASTER`); `ip link set DEV master DEV`.
  public static var master: Self { Self(IFLA_MASTER, "master") }
  /// The namespace of `linkIndex`, as an id; missing for the link's own (`IFLA_LINK_NETNSID`); `link-netnsid ID`.
  public static var linkNetnsID: Self { Self(IFLA_LINK_NETNSID, "link-netnsid") }
  /// The index in the namespace that the link moves to, or has moved to (`IFLA_NEW_IFINDEX`); `index INDEX`.
  public static var newIndex: Self { Self(IFLA_NEW_IFINDEX, "index") }
  /// The namespace that the link has moved to, as an id (`IFLA_NEW_NETNSID`).
  public static var newNetnsID: Self { Self(IFLA_NEW_NETNSID) }
  /// The namespace that a request is about, as an id (`IFLA_TARGET_NETNSID`).
  public static var targetNetnsID: Self { Self(IFLA_TARGET_NETNSID) }
  /// The namespace of a process, for the link to be in (`IFLA_NET_NS_PID`); `ip link set DEV netns PID`.
  public static var namespaceOfProcess: Self { Self(IFLA_NET_NS_PID, "netns") }
  /// The namespace of a descriptor, for the link to be in (`IFLA_NET_NS_FD`); `ip link set DEV netns NAME`.
  public static var namespaceDescriptor: Self { Self(IFLA_NET_NS_FD, "netns") }
}

extension Property<Link, UInt32> {
  /// The largest packet, in bytes (`IFLA_MTU`); `ip link set DEV mtu MTU`.
  public static var mtu: Self { Self(IFLA_MTU, "mtu") }
  /// The least possible MTU, in bytes (`IFLA_MIN_MTU`).
  public static var minimumMTU: Self { Self(IFLA_MIN_MTU) }
  /// The largest possible MTU, in bytes (`IFLA_MAX_MTU`).
  public static var maximumMTU: Self { Self(IFLA_MAX_MTU) }
  /// The group (`IFLA_GROUP`); `ip link set DEV group GROUP`.
  public static var group: Self { Self(IFLA_GROUP, "group") }
  /// The length of the transmit queue, in packets (`IFLA_TXQLEN`); `ip link set DEV txqueuelen N`.
  public static var transmitQueueLength: Self { Self(IFLA_TXQLEN, "txqueuelen") }
  /// The number of transmit queues (`IFLA_NUM_TX_QUEUES`); `ip link add … numtxqueues N`.
  public static var transmitQueues: Self { Self(IFLA_NUM_TX_QUEUES, "numtxqueues") }
  /// The number of receive queues (`IFLA_NUM_RX_QUEUES`); `ip link add … numrxqueues N`.
  public static var receiveQueues: Self { Self(IFLA_NUM_RX_QUEUES, "numrxqueues") }
  /// The number of users of promiscuous mode (`IFLA_PROMISCUITY`).
  public static var promiscuity: Self { Self(IFLA_PROMISCUITY) }
  /// The number of users of the all-multicast mode (`IFLA_ALLMULTI`).
  public static var allMulticast: Self { Self(IFLA_ALLMULTI) }
  /// The largest packet for generic segmentation offload, in bytes (`IFLA_GSO_MAX_SIZE`); `gso_max_size BYTES`.
  public static var gsoMaxSize: Self { Self(IFLA_GSO_MAX_SIZE, "gso_max_size") }
  /// The largest number of segments of such a packet (`IFLA_GSO_MAX_SEGS`); `gso_max_segs PACKETS`.
  public static var gsoMaxSegments: Self { Self(IFLA_GSO_MAX_SEGS, "gso_max_segs") }
  /// The largest packet that the device can segment, in bytes (`IFLA_TSO_MAX_SIZE`).
  public static var tsoMaxSize: Self { Self(IFLA_TSO_MAX_SIZE) }
  /// The largest number of segments of such a packet (`IFLA_TSO_MAX_SEGS`).
  public static var tsoMaxSegments: Self { Self(IFLA_TSO_MAX_SEGS) }
  /// The largest packet of generic receive offload, in bytes (`IFLA_GRO_MAX_SIZE`); `gro_max_size BYTES`.
  public static var groMaxSize: Self { Self(IFLA_GRO_MAX_SIZE, "gro_max_size") }
  /// `gsoMaxSize` for IPv4 (`IFLA_GSO_IPV4_MAX_SIZE`, Linux 6.3); `gso_ipv4_max_size BYTES`.
  public static var gsoIPv4MaxSize: Self { Self(NEWER_IFLA_GSO_IPV4_MAX_SIZE, "gso_ipv4_max_size") }
  /// `groMaxSize` for IPv4 (`IFLA_GRO_IPV4_MAX_SIZE`, Linux 6.3); `gro_ipv4_max_size BYTES`.
  public static var groIPv4MaxSize: Self { Self(NEWER_IFLA_GRO_IPV4_MAX_SIZE, "gro_ipv4_max_size") }
  /// The number of changes of the carrier (`IFLA_CARRIER_CHANGES`).
  public static var carrierChanges: Self { Self(IFLA_CARRIER_CHANGES) }
  /// What the answer contains or leaves out, `RTEXT_FILTER_…` (`IFLA_EXT_MASK`).
  public static var extMask: Self { Self(IFLA_EXT_MASK) }
}
