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
    let operand: [UInt8]

    init(_ keyword: StaticString, _ operand: [UInt8] = []) {
      self.keyword = keyword
      self.operand = operand
    }

    /// The keyword and the operand.
    var text: [UInt8] { operand.isEmpty ? [UInt8](keyword) : sentence("% %", [UInt8](keyword), operand) }

    /// The creation of the pair.
    static var create: Step { Step("add") }
    /// The addition of an address, or the change of its prefix length.
    static func address(_ prefix: IPPrefix) -> Step { Step("addr", prefix.text) }
    /// The addition of an end to a bridge.
    static func master(_ name: LinkName) -> Step { Step("master", name.bytes) }
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
    /// The value is less than this one.
    case belowMinimum(UInt32)
    /// The value is greater than this one.
    case aboveMaximum(UInt32)
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
    /// These changes could not be undone.
    case notUndone([Change])
  }

  /// A change that could not be undone.
  public struct Change: Sendable {
    /// The name of the end.
    public let end: LinkName
    /// The keyword of the change, such as `mtu`.
    public let keyword: StaticString
    /// The error of the attempt.
    public let error: NetlinkError
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

  /// The errno of the kernel or of a system call; nil for all other causes.
  public var errno: Errno? { if case .kernel(let error) = cause { error.errno } else { nil } }

  /// The same error after a rollback.
  func after(_ rollback: Rollback) -> PairError { PairError(step, of: end, cause, rollback: rollback) }
}

extension PairError.Step: CustomStringConvertible {
  /// The words of the command line, such as `mtu 1400`.
  public var description: String { String(decoding: text, as: UTF8.self) }
}

extension PairError: CustomStringConvertible {
  /// A sentence such as `web0: mtu 99999: Numerical result out of range (maximum 65535)`, and what was not undone.
  public var description: String { String(decoding: text, as: UTF8.self) }

  /// The sentence.
  package var text: [UInt8] {
    let failure = sentence("%: %: %", end.bytes, step.text, cause.text)
    switch rollback {
    case .notNeeded: return failure
    case .removed: return sentence("%\nThe pair was removed again.", failure)
    case .notRemoved(let name, let error): return sentence("%\n%: not removed: %", failure, name.bytes, error.text)
    case .undone: return sentence("%\nThe changes were undone.", failure)
    case .notUndone(let changes):
      var text = failure
      for change in changes {
        text += sentence("\n%: %: not undone: %", change.end.bytes, [UInt8](change.keyword), change.error.text)
      }
      return text
    }
  }
}

extension PairError.Cause: CustomStringConvertible {
  /// The reason as a sentence.
  public var description: String { String(decoding: text, as: UTF8.self) }

  fileprivate var text: [UInt8] {
    switch self {
    case .kernel(let error): error.text
    case .nameTaken(let holder): holder.text
    case .noSuchLink(let name): sentence("Cannot find device \"%\"", name.bytes)
    case .creationOnly: [UInt8]("can only be set while a pair is created")
    case .belowMinimum(let minimum): sentence("% (minimum %)", Errno.outOfRange.text, [UInt8](decimal: minimum))
    case .aboveMaximum(let maximum): sentence("% (maximum %)", Errno.outOfRange.text, [UInt8](decimal: maximum))
    case .invalidHardwareAddress: Errno.addressNotAvailable.text
    }
  }
}

extension PairError.Holder: CustomStringConvertible {
  /// A sentence that names the peer, such as `the name belongs to a veth whose peer is if5 in nsid:2`.
  public var description: String { String(decoding: text, as: UTF8.self) }

  fileprivate var text: [UInt8] {
    guard isVeth else { return [UInt8]("the name belongs to a device that is not a veth") }
    var peer = sentence("if%", [UInt8](decimal: peerIndex ?? 0))
    if let peerNetnsID { peer += sentence(" in nsid:%", [UInt8](decimal: peerNetnsID)) }
    return sentence("the name belongs to a veth whose peer is %, not the given one", peer)
  }
}

/// Adds the step and the end to an error of the kernel.
@discardableResult
func step<Result: ~Copyable>(
  _ step: PairError.Step, of end: PairEnd, _ call: @autoclosure () throws(NetlinkError) -> Result
) throws(PairError) -> Result {
  do throws(NetlinkError) { return try call() } catch { throw PairError(step, of: end.name, .kernel(error)) }
}
