internal import CMnl
internal import SystemCalls

/// Virtual ethernet pairs: what enters one end leaves the other; veth(4), linux/veth.h.
public enum Veth {
  /// The name of the kind.
  public static var kind: [UInt8] { [UInt8]("veth") }
  /// The least and the largest MTU of an end, in bytes.
  public static var mtuRange: ClosedRange<UInt32> { 68...65535 }
}

extension LinkRequest {
  /// Describes a veth's other end with the same properties as its own (`VETH_INFO_PEER`);
  /// `ip link add NAME type veth peer NAME …`.
  ///
  /// The kernel makes the other end first. It refuses one that is to be up, and passes over a master, an alias and
  /// alternative names: these are second requests, through a socket opened in the namespace of that end.
  public mutating func setPeer<Failure: Error>(
    _ settings: (inout LinkRequest) throws(Failure) -> Void
  ) throws(Failure) {
    try nest(IFLA_INFO_DATA) { data throws(Failure) in
      try data.nest(VETH_INFO_PEER) { peer throws(Failure) in try peer.inner(settings) }
    }
  }
}
