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
    /// The name is that of a device that is no veth.
    case taken
    /// The name is that of a veth whose other end is not the one that was meant.
    case tiedElsewhere
    /// The kernel sets it only while it makes a link.
    case fixed
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

  init(_ step: [UInt8], _ reason: Reason, end: [UInt8], address: IPPrefix? = nil, isRemoved: Bool? = nil) {
    self.step = step
    self.reason = reason
    self.end = end
    self.address = address
    self.isRemoved = isRemoved
  }

  /// The same, where something had been made.
  func removing(_ isRemoved: Bool) -> PairError {
    PairError(step, reason, end: end, address: address, isRemoved: isRemoved)
  }
}
