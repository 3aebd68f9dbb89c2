internal import CMnl
public import Netlink

// The attributes of every address, one line each: `IFA_…` of linux/if_addr.h. `address[.metric]` reads an attribute, and
// `settings[.metric] = 100` sets one. The keyword is the one of `ip address add`.

extension Property<Address, IPAddress> {
  /// The address itself; an IPv6 address without a peer has `address` alone (`IFA_LOCAL`); `local ADDRESS`.
  public static var local: Self { Self(IFA_LOCAL, "local") }
  /// The address of the peer or, without a peer, the address itself (`IFA_ADDRESS`); `peer ADDRESS`.
  public static var address: Self { Self(IFA_ADDRESS, "peer") }
  /// The broadcast address (`IFA_BROADCAST`); `broadcast ADDRESS`.
  public static var broadcast: Self { Self(IFA_BROADCAST, "broadcast") }
  /// The anycast address (`IFA_ANYCAST`); `anycast ADDRESS`.
  public static var anycast: Self { Self(IFA_ANYCAST, "anycast") }
}

extension Property<Address, KernelName> {
  /// The label of an IPv4 address (`IFA_LABEL`); `label TEXT`.
  public static var label: Self { Self(IFA_LABEL, "label") }
}

extension Property<Address, UInt32> {
  /// All flags; the header has room for eight (`IFA_FLAGS`).
  public static var flags: Self { Self(IFA_FLAGS) }
  /// The metric of the route to the prefix (`IFA_RT_PRIORITY`); `metric N`.
  public static var metric: Self { Self(IFA_RT_PRIORITY, "metric") }
}

extension Property<Address, AddressProtocol> {
  /// The origin of the address (`IFA_PROTO`, Linux 5.18); `proto PROTOCOL`.
  public static var addressProtocol: Self { Self(IFA_PROTO, "proto") }
}

extension Property<Address, AddressLifetime> {
  /// The lifetimes (`IFA_CACHEINFO`); `valid_lft SECONDS preferred_lft SECONDS`.
  public static var lifetime: Self { Self(IFA_CACHEINFO, "valid_lft") }
}

/// The lifetimes of an address; `struct ifa_cacheinfo`.
public struct AddressLifetime: AttributeValue, Hashable, Sendable {
  /// The number of seconds of an unlimited lifetime (`INFINITY_LIFE_TIME`); `forever`.
  public static var forever: UInt32 { .max }

  /// The time in which new connections may use the address, in seconds.
  public var preferred: UInt32
  /// The time until the address is deleted, in seconds.
  public var valid: UInt32

  /// Lifetimes in seconds.
  public init(preferred: UInt32 = Self.forever, valid: UInt32 = Self.forever) {
    self.preferred = preferred
    self.valid = valid
  }

  /// Reads a payload; nil where the payload is too short.
  public init?(attributeBytes bytes: RawSpan) {
    var info = ifa_cacheinfo()
    guard bytes.copy(to: &info) else { return nil }
    preferred = info.ifa_prefered
    valid = info.ifa_valid
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: ifa_cacheinfo(ifa_prefered: preferred, ifa_valid: valid, cstamp: 0, tstamp: 0), body)
  }
}

extension AddressLifetime: CustomStringConvertible {
  /// The words of `ip`, such as `valid_lft 3600sec preferred_lft forever`.
  public var description: String { "valid_lft \(Self.text(valid)) preferred_lft \(Self.text(preferred))" }

  private static func text(_ seconds: UInt32) -> String { seconds == forever ? "forever" : "\(seconds)sec" }
}
