internal import CMnl
internal import Netlink

/// Where a BPF program for received packets runs; `XDP_FLAGS_…` of linux/if_link.h.
public struct XDPFlags: OptionSet, Sendable {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ flag: Int) { rawValue = UInt32(flag) }

  /// Refuse where a program is attached already (`XDP_FLAGS_UPDATE_IF_NOEXIST`).
  public static var unlessThere: XDPFlags { XDPFlags(Int(XDP_FLAGS_UPDATE_IF_NOEXIST)) }
  /// In the kernel's network stack (`XDP_FLAGS_SKB_MODE`); `xdpgeneric`.
  public static var generic: XDPFlags { XDPFlags(Int(XDP_FLAGS_SKB_MODE)) }
  /// In the driver (`XDP_FLAGS_DRV_MODE`); `xdpdrv`.
  public static var driver: XDPFlags { XDPFlags(Int(XDP_FLAGS_DRV_MODE)) }
  /// On the card (`XDP_FLAGS_HW_MODE`); `xdpoffload`.
  public static var hardware: XDPFlags { XDPFlags(Int(XDP_FLAGS_HW_MODE)) }
}

extension LinkSettings {
  /// Attaches the BPF program of a descriptor to the reception of packets (`IFLA_XDP`); `ip link set DEV xdp pinned PATH`.
  ///
  /// - Parameters:
  ///   - program: a descriptor, which stays open until the request is sent; -1 detaches the program; `xdp off`.
  ///   - keyword: the keyword of `ip`, such as `xdpgeneric`.
  public mutating func setXDP(program: Int32, _ flags: XDPFlags, keyword: StaticString = "xdp") {
    set(AttributePath(IFLA_XDP, IFLA_XDP_FD), program, keyword)
    set(AttributePath(IFLA_XDP, IFLA_XDP_FLAGS), flags.isEmpty ? nil : flags.rawValue, keyword)
  }
}

/// The BPF program that a link runs for received packets (`IFLA_XDP`).
public struct XDPProgram: Sendable {
  /// Where the program runs (`IFLA_XDP_ATTACHED`).
  public let mode: XDPMode
  /// The id of the program, for bpf(2); nil where there are several.
  public let id: UInt32?
}

extension Link {
  /// The BPF program for received packets; nil for none.
  public var xdp: XDPProgram? {
    let settings = attributes.nested(IFLA_XDP)
    guard let mode: XDPMode = settings.last(IFLA_XDP_ATTACHED)?.value(), mode != .none else { return nil }
    return XDPProgram(mode: mode, id: settings.last(IFLA_XDP_PROG_ID)?.value())
  }
}
