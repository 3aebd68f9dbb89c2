internal import CMnl
public import Netlink

/// What went through a link since it was made; `struct rtnl_link_stats64` of linux/if_link.h (`IFLA_STATS64`).
public struct LinkStatistics: AttributeValue {
  /// One of the counters, by its place in the C struct.
  public enum Counter: Int, Sendable {
    case receivedPackets, sentPackets, receivedBytes, sentBytes, receiveErrors, sendErrors, receiveDropped, sendDropped
    case multicast, collisions
    case receiveLengthErrors, receiveOverErrors, receiveCRCErrors, receiveFrameErrors, receiveFIFOErrors
    case receiveMissedErrors
    case sendAbortedErrors, sendCarrierErrors, sendFIFOErrors, sendHeartbeatErrors, sendWindowErrors
    case receiveCompressed, sendCompressed, receiveWithoutHandler, receiveOtherHostDropped
  }

  private var counters: InlineArray<25, UInt64> = .init(repeating: 0)

  /// Reads a payload; counters that an old kernel does not know are 0.
  public init?(attributeBytes bytes: RawSpan) { bytes.copyPrefix(to: &counters) }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: counters, body) }

  /// A counter's value, in packets or bytes.
  public subscript(counter: Counter) -> UInt64 {
    @inline(__always) get { counters[counter.rawValue] }
  }
}

extension Property<Link, LinkStatistics> {
  /// What went through it (`IFLA_STATS64`); `ip -s link show`.
  public static var statistics: Self { Self(IFLA_STATS64) }
}
