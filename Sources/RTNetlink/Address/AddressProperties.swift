internal import CMnl
public import Netlink

// What the kernel tells of every address, a line for each attribute of linux/if_addr.h.

extension Property<Address, IPAddress> {
  /// The address itself; missing for IPv6 unless there is a peer (`IFA_LOCAL`).
  public static var local: Self { Self(IFA_LOCAL) }
  /// The neighbour's address on a point-to-point link, or the address itself (`IFA_ADDRESS`); `peer ADDRESS`.
  public static var address: Self { Self(IFA_ADDRESS) }
  /// Where to send to all (`IFA_BROADCAST`); `broadcast ADDRESS`.
  public static var broadcast: Self { Self(IFA_BROADCAST) }
  /// The anycast address (`IFA_ANYCAST`).
  public static var anycast: Self { Self(IFA_ANYCAST) }
}

extension Property<Address, KernelName> {
  /// An IPv4 address's label, for programs that know aliases of links (`IFA_LABEL`); `label TEXT`.
  public static var label: Self { Self(IFA_LABEL) }
}

extension Property<Address, [UInt8]> {
  /// The label as somebody said it, NUL and all: the kernel judges it (`IFA_LABEL`).
  public static var labelAsSaid: Self { Self(IFA_LABEL) }
}

extension Property<Address, UInt32> {
  /// All the flags; the header has room for eight (`IFA_FLAGS`).
  public static var flags: Self { Self(IFA_FLAGS) }
  /// The metric of the route that comes with it (`IFA_RT_PRIORITY`); `metric N`.
  public static var metric: Self { Self(IFA_RT_PRIORITY) }
}

extension Property<Address, Int32> {
  /// The namespace whose addresses are asked for, as an id; where the kernel checks strictly (`IFA_TARGET_NETNSID`).
  public static var targetNamespaceID: Self { Self(IFA_TARGET_NETNSID) }
}

extension Property<Address, UInt8> {
  /// Who set it, `IFAPROT_…` (`IFA_PROTO`, Linux 5.18); `proto NAME`.
  public static var origin: Self { Self(IFA_PROTO) }
}

extension Property<Address, AddressLifetime> {
  /// How long it may still be used (`IFA_CACHEINFO`); `valid_lft SECONDS preferred_lft SECONDS`.
  public static var lifetime: Self { Self(IFA_CACHEINFO) }
}

/// How long an address may be used; `struct ifa_cacheinfo`.
public struct AddressLifetime: AttributeValue, Equatable, Sendable {
  /// The number of seconds that means for ever (`INFINITY_LIFE_TIME`).
  public static var forever: UInt32 { .max }

  /// Seconds in which new connections may use it.
  public var preferred: UInt32
  /// Seconds until it is removed.
  public var valid: UInt32

  /// Joins the two, in seconds.
  public init(preferred: UInt32 = Self.forever, valid: UInt32 = Self.forever) {
    self.preferred = preferred
    self.valid = valid
  }

  /// Reads a payload; nil where it is too short.
  public init?(attributeBytes bytes: RawSpan) {
    var info = ifa_cacheinfo()
    guard bytes.copy(to: &info) else { return nil }
    preferred = info.ifa_prefered
    valid = info.ifa_valid
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: ifa_cacheinfo(ifa_prefered: preferred, ifa_valid: valid, cstamp: 0, tstamp: 0), body)
  }
}
