public import Netlink
public import RTNetlink
internal import SystemCalls

/// Why a pair is not as it was to be: the step that failed, the end, the cause, and what was undone.
///
/// A class, because throwing a large struct costs 23 KB of code in a build for size.
public final class PairError: Error {
  /// One step of what is done to an end, in the words of the command line.
  public struct Step: Sendable {
    /// The keyword, such as `add`, `mtu`, `addr` or `master`.
    public let keyword: StaticString
    /// The operand behind the keyword; empty where there is none.
    public let operand: String

    init(_ keyword: StaticString, _ operand: String = "") {
      self.keyword = keyword
      self.operand = operand
    }

    /// The creation of the pair.
    static var create: Step { Step("add") }
    /// The addition of an address, or the change of its prefix length.
    static func address(_ prefix: IPPrefix) -> Step { Step("addr", "\(prefix)") }
    /// The addition of an end to a bridge.
    static func master(_ name: LinkName) -> Step { Step("master", "\(name)") }
  }

  /// Why a step failed.
  public enum Cause: Sendable {
    /// The error of the kernel or of a system call.
    case kernel(NetlinkError)
    /// The name belongs to another link.
    case nameTaken(Holder)
    /// There is no link with this name.
    case noSuchLink(LinkName)
    /// The kernel sets this only while it creates a link.
    case creationOnly
    /// The value is outside this range.
    case outOfRange(ClosedRange<UInt32>)
    /// The address is a multicast address, or zero, or not six bytes long.
    case invalidHardwareAddress
  }

  /// The link whose name was to be an end's.
  public struct Holder: Sendable {
    /// Whether the link is an end of a pair.
    public let isVeth: Bool
    /// The index of the link's peer, in the peer's namespace; nil for none.
    public let peerIndex: Int32?
    /// The id of the peer's namespace; nil for the link's own.
    public let peerNetnsID: Int32?
  }

  /// What became of the steps before the one that failed.
  public enum Rollback: Sendable {
    /// There was nothing to undo.
    case notNeeded
    /// The pair that was created was removed again.
    case removed
    /// The pair that was created could not be removed.
    case notRemoved(LinkName, NetlinkError)
    /// All changes were undone.
    case undone
    /// These changes could not be undone: a sentence for each.
    case notUndone([String])
  }

  /// The step that failed.
  public let step: Step
  /// The name of the end.
  public let end: LinkName
  /// Why the step failed.
  public let cause: Cause
  /// What became of the steps before.
  public let rollback: Rollback

  @inline(never)
  init(_ step: Step, of end: LinkName, _ cause: Cause, rollback: Rollback = .notNeeded) {
    self.step = step
    self.end = end
    self.cause = cause
    self.rollback = rollback
  }

  /// The same error after a rollback.
  func after(_ rollback: Rollback) -> PairError { PairError(step, of: end, cause, rollback: rollback) }
}

extension PairError: CustomStringConvertible {
  /// A sentence such as `web0: mtu 99999: Numerical result out of range (maximum 65535)`, and what was not undone.
  @inline(never)
  public var description: String {
    let words = step.operand.isEmpty ? "\(step.keyword)" : "\(step.keyword) \(step.operand)"
    var text = "\(end): \(words): \(cause)"
    switch rollback {
    case .notNeeded: break
    case .removed: text += "\nThe pair was removed again."
    case .notRemoved(let name, let error): text += "\n\(name): not removed: \(error)"
    case .undone: text += "\nThe changes were undone."
    case .notUndone(let sentences): for sentence in sentences { text += "\n\(sentence)" }
    }
    return text
  }
}

extension PairError.Cause: CustomStringConvertible {
  /// The reason as a sentence.
  @inline(never)
  public var description: String {
    switch self {
    case .kernel(let error): return error.description
    case .nameTaken(let holder): return holder.description
    case .noSuchLink(let name): return "Cannot find device \"\(name)\""
    case .creationOnly: return "can only be set while a pair is created"
    case .outOfRange(let range):
      return "\(Errno.outOfRange) (minimum \(range.lowerBound), maximum \(range.upperBound))"
    case .invalidHardwareAddress: return "\(Errno.addressNotAvailable)"
    }
  }
}

extension PairError.Holder: CustomStringConvertible {
  /// A sentence that names the peer, such as `the name belongs to a veth whose peer is if5 in nsid:2`.
  @inline(never)
  public var description: String {
    guard isVeth else { return "the name belongs to a device that is not a veth" }
    let peer = "if\(peerIndex ?? 0)" + (peerNetnsID.map { " in nsid:\($0)" } ?? "")
    return "the name belongs to a veth whose peer is \(peer), not the given one"
  }
}

/// Adds the step and the end to an error of the kernel.
@discardableResult
func step<Result: ~Copyable>(
  _ step: PairError.Step, of end: PairEnd, _ call: @autoclosure () throws(NetlinkError) -> Result
) throws(PairError) -> Result {
  do throws(NetlinkError) { return try call() } catch { throw PairError(step, of: end.name, .kernel(error)) }
}
