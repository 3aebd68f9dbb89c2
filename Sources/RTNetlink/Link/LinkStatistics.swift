internal import CMnl
internal import Netlink

/// What went through a link since it was made, read where the answer lies; `struct rtnl_link_stats64` of linux/if_link.h.
public struct LinkStatistics: ~Escapable {
  /// One of the counters, by its place in the C struct.
  public enum Counter: Int, Sendable {
    case receivedPackets, sentPackets, receivedBytes, sentBytes, receiveErrors, sendErrors, receiveDropped, sendDropped
    case multicast, collisions
    case receiveLengthErrors, receiveOverErrors, receiveCRCErrors, receiveFrameErrors, receiveFIFOErrors
    case receiveMissedErrors
    case sendAbortedErrors, sendCarrierErrors, sendFIFOErrors, sendHeartbeatErrors, sendWindowErrors
    case receiveCompressed, sendCompressed, receiveWithoutHandler, receiveOtherHostDropped
  }

  private let counters: RawSpan

  @_lifetime(copy counters)
  fileprivate init(_ counters: RawSpan) { self.counters = counters }

  /// A counter's value, in packets or bytes; 0 for one that an old kernel does not know.
  public subscript(counter: Counter) -> UInt64 {
    counters.load(at: counter.rawValue * MemoryLayout<UInt64>.size, as: UInt64.self) ?? 0
  }
}

extension Link {
  /// What went through it (`IFLA_STATS64`); `ip -s link show`.
  public var statistics: LinkStatistics? {
    @_lifetime(copy self) get {
      guard let counters = attributes.payload(IFLA_STATS64) else { return nil }
      return LinkStatistics(counters)
    }
  }
}
