internal import CMnl
public import SystemCalls

/// All that can go wrong between a program and the kernel.
public enum NetlinkError: Error {
  /// A system call failed before the kernel looked at the request.
  case systemCall(StaticString, Errno)
  /// The kernel read the request and said no.
  case refused(Refusal)
  /// What came back is not a sequence of netlink messages, or is cut off.
  case malformed
  /// The kernel's tables changed during a dump (`NLM_F_DUMP_INTR`); what was seen may be inconsistent.
  case interrupted
  /// The request did not fit into its buffer; nothing was sent.
  case requestTooLong

  /// The errno behind it, where there is one.
  public var errno: Errno? {
    switch self {
    case .systemCall(_, let errno): errno
    case .refused(let refusal): refusal.errno
    case .malformed, .interrupted, .requestTooLong: nil
    }
  }

  /// Whether it tells something of what was asked for: that it is not there, or not ours to ask for.
  package var isAnswer: Bool {
    if case .refused(let refusal) = self { refusal.isAnswer } else { false }
  }
}

/// The kernel's no: NLMSG_ERROR, with what its extended acknowledgement says (`NETLINK_EXT_ACK`, netlink(7)).
public struct Refusal: Sendable {
  /// The reason as a number.
  public let errno: Errno
  /// The reason in the kernel's own words, empty where it has none (`NLMSGERR_ATTR_MSG`).
  public let sentence: [UInt8]
  /// Where in the request the attribute begins that it blames (`NLMSGERR_ATTR_OFFS`).
  public let attributeOffset: UInt32?

  /// Whether it tells something of what was asked for, and not that the machine has no room for an answer.
  package var isAnswer: Bool { !errno.isShortage }
}
