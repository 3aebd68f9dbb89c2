internal import CMnl
internal import Netlink

/// Where a program that looks at received packets is run; `XDP_FLAGS_…` of linux/if_link.h.
public struct XDPFlags: OptionSet, Sendable {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ flag: Int) { rawValue = UInt32(flag) }

  /// Leaves alone a program that is there already (`XDP_FLAGS_UPDATE_IF_NOEXIST`).
  public static var unlessThere: XDPFlags { XDPFlags(Int(XDP_FLAGS_UPDATE_IF_NOEXIST)) }
  /// In the kernel's network stack (`XDP_FLAGS_SKB_MODE`); `xdpgeneric`.
  public static var generic: XDPFlags { XDPFlags(Int(XDP_FLAGS_SKB_MODE)) }
  /// In the driver (`XDP_FLAGS_DRV_MODE`); `xdpdrv`.
  public static var driver: XDPFlags { XDPFlags(Int(XDP_FLAGS_DRV_MODE)) }
  /// On the card (`XDP_FLAGS_HW_MODE`); `xdpoffload`.
  public static var hardware: XDPFlags { XDPFlags(Int(XDP_FLAGS_HW_MODE)) }
}

extension LinkRequest {
  /// Runs the program behind a descriptor for each packet that is received (`IFLA_XDP`); `ip link set DEV xdp pinned PATH`.
  ///
  /// - Parameter program: -1 to run none; `ip link set DEV xdp off`.
  public mutating func setXDP(program: Int32, _ flags: XDPFlags) {
    request.nest(IFLA_XDP) {
      $0.append(IFLA_XDP_FD, program)
      if !flags.isEmpty { $0.append(IFLA_XDP_FLAGS, flags.rawValue) }
    }
  }
}

/// The program that looks at a link's received packets (`IFLA_XDP`).
public struct XDPProgram: Sendable {
  /// Where it is run, `XDP_ATTACHED_…` of linux/if_link.h: 1 in the driver, 2 in the network stack, 3 on the card, 4 for several.
  public let mode: UInt8
  /// Its id, for bpf(2); nil where there are several.
  public let id: UInt32?
}

extension Link {
  /// The program that looks at received packets; nil for none.
  public var xdp: XDPProgram? {
    let settings = attributes.nested(IFLA_XDP)
    guard let mode: UInt8 = settings.last(IFLA_XDP_ATTACHED)?.value(), mode != XDP_ATTACHED_NONE else { return nil }
    return XDPProgram(mode: mode, id: settings.last(IFLA_XDP_PROG_ID)?.value())
  }
}
