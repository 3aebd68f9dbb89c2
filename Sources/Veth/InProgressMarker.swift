internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The group of an end until the pair is complete: the prefix 0x76 (`v`) and 24 random bits.
///
/// The number is also the port of the owner's netlink socket in the end's namespace. No two sockets of a namespace have the
/// same port, and no socket outlives its process: where the port is free, the owner is gone.
struct InProgressMarker {
  let group: UInt32

  private static var prefix: UInt32 { 0x76 << 24 }

  static var random: InProgressMarker { InProgressMarker(group: prefix | Random.number >> 8) }

  /// Whether a group is a marker whose owner is gone.
  static func ownerIsGone(_ group: UInt32, in namespace: Namespace) throws(NetlinkError) -> Bool {
    guard group & 0xff00_0000 == prefix else { return false }
    do throws(NetlinkError) { _ = try NetlinkSocket.open(.route, in: namespace, port: group) } catch {
      if error.errno == .addressInUse { return false }
      throw error
    }
    return true
  }
}
