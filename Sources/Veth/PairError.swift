public import Netlink
public import RTNetlink
internal import SystemCalls

/// Why a pair is not as it was to be: which step of which end failed, and what is left.
///
/// A class, as passing one word on costs least at the many places that do.
public final class PairError: Error {
  /// Why a step failed.
  public enum Reason: Sendable {
    /// What the kernel or a system call said.
    case kernel(NetlinkError)
    /// The name is that of something that is not this pair.
    case taken(Holder)
    /// The kernel sets it only while it makes a link.
    case fixed
  }

  /// What has a name that was to be an end's.
  public struct Holder: Sendable {
    /// Whether it is an end of a pair.
    public let isVeth: Bool
    /// The index of its other end, where that is; nil for none.
    public let peerIndex: Int32?
    /// The id of the namespace that the other end is in; nil for its own.
    public let peerNamespaceID: Int32?
  }

  /// What was done, in a word of the command line: `add`, `netns`, `addr`, `mtu` and so on.
  public let step: [UInt8]
  /// Why it failed.
  public let reason: Reason
  /// The name of the end that it was about.
  public let end: [UInt8]
  /// The address that it was about, for `addr`.
  public let address: IPPrefix?
  /// Whether what had been made is gone again; nil where nothing had been made.
  public let isRemoved: Bool?
  /// Whether what had been changed is as it was again; nil where nothing had been changed.
  public let isRestored: Bool?

  init(
    _ step: [UInt8], _ reason: Reason, end: [UInt8], address: IPPrefix? = nil, isRemoved: Bool? = nil,
    isRestored: Bool? = nil
  ) {
    self.step = step
    self.reason = reason
    self.end = end
    self.address = address
    self.isRemoved = isRemoved
    self.isRestored = isRestored
  }

  /// The same, where something had been made.
  func removing(_ isRemoved: Bool) -> PairError {
    PairError(step, reason, end: end, address: address, isRemoved: isRemoved)
  }

  /// The same, where something had been changed.
  func restoring(_ isRestored: Bool) -> PairError {
    PairError(step, reason, end: end, address: address, isRestored: isRestored)
  }
}
