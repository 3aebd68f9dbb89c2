internal import CMnl
internal import Netlink

/// A pair of virtual Ethernet links: packets sent through one end are received by the other; veth(4), linux/veth.h.
///
/// The peer of a new pair is described by `LinkSettings.peer`.
public enum Veth: LinkKindAttributes {
  /// The kind `veth`, whose only attribute is the peer (`VETH_INFO_PEER`).
  public static let kind = LinkKind("veth")
  /// The MTUs that the kernel accepts, in bytes (`ETH_MIN_MTU`, `ETH_MAX_MTU`).
  public static var mtuRange: ClosedRange<UInt32> { 68...65535 }

  /// The path of the peer's settings (`VETH_INFO_PEER`).
  static var peerPath: AttributePath { kind.path(VETH_INFO_PEER) }
}
