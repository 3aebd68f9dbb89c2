internal import CMnl
internal import Netlink

/// A pair of virtual ethernet links: what enters one end leaves the other; veth(4), linux/veth.h.
///
/// The peer of a new pair is described by `LinkSettings.peer`.
public enum Veth: LinkKindAttributes {
  /// The kind `veth`, whose only attribute is the peer (`VETH_INFO_PEER`).
  public static let kind = LinkKind("veth")
  /// The possible MTUs of an end, in bytes.
  public static var mtuRange: ClosedRange<UInt32> { 68...65535 }

  /// The place of the peer's description.
  static var peerPath: AttributePath { kind.path(VETH_INFO_PEER) }
}
