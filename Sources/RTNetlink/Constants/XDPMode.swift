internal import CMnl
public import Netlink

/// Where the BPF program for received packets runs: `XDP_ATTACHED_…` of linux/if_link.h (`IFLA_XDP_ATTACHED`).
public struct XDPMode: NamedNumber {
  /// The C value.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ value: Int) { rawValue = UInt8(value) }

  /// No program is attached (`XDP_ATTACHED_NONE`); `off`.
  public static var none: XDPMode { XDPMode(XDP_ATTACHED_NONE) }
  /// The program runs in the driver (`XDP_ATTACHED_DRV`); `xdp`.
  public static var driver: XDPMode { XDPMode(XDP_ATTACHED_DRV) }
  /// The program runs in the kernel's network stack (`XDP_ATTACHED_SKB`); `xdpgeneric`.
  public static var generic: XDPMode { XDPMode(XDP_ATTACHED_SKB) }
  /// The program runs on the network card (`XDP_ATTACHED_HW`); `xdpoffload`.
  public static var hardware: XDPMode { XDPMode(XDP_ATTACHED_HW) }
  /// Programs run in several of these places (`XDP_ATTACHED_MULTI`); `xdpmulti`.
  public static var multiple: XDPMode { XDPMode(XDP_ATTACHED_MULTI) }

  /// The words of `ip`, by number.
  public static let words: [StaticString] = ["off", "xdp", "xdpgeneric", "xdpoffload", "xdpmulti"]
}
