internal import CMnl
public import Netlink

/// The origin of an address: `IFAPROT_…` of linux/if_addr.h (`IFA_PROTO`, Linux 5.18); `proto PROTOCOL`.
public struct AddressProtocol: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ value: Int32) { rawValue = UInt8(value) }

  /// No origin is known (`IFAPROT_UNSPEC`); `unspec`.
  public static var unspecified: AddressProtocol { AddressProtocol(IFAPROT_UNSPEC) }
  /// The kernel added the loopback address (`IFAPROT_KERNEL_LO`); `kernel_lo`.
  public static var kernelLoopback: AddressProtocol { AddressProtocol(IFAPROT_KERNEL_LO) }
  /// The kernel added the address because of a router advertisement (`IFAPROT_KERNEL_RA`); `kernel_ra`.
  public static var kernelRouterAdvertisement: AddressProtocol { AddressProtocol(IFAPROT_KERNEL_RA) }
  /// The kernel added the link-local address (`IFAPROT_KERNEL_LL`); `kernel_ll`.
  public static var kernelLinkLocal: AddressProtocol { AddressProtocol(IFAPROT_KERNEL_LL) }

  /// The words of `ip`, by number. (A machine may have more, in `/etc/iproute2/rt_addrprotos`.)
  public static let words: [StaticString] = ["unspec", "kernel_lo", "kernel_ra", "kernel_ll"]
}
