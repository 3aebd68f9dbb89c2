internal import CMnl
public import SystemCalls

/// Why an exchange with the kernel failed.
///
/// `Netlink` and `RTNetlink` throw this type and no other.
public enum NetlinkError: Error, Sendable {
  /// A system call failed; the name of the call as the manual has it, such as `setns`.
  case systemCall(StaticString, Errno)
  /// The kernel read the request and refused it (`NLMSG_ERROR`).
  case refused(Refusal)
  /// The answer is not a sequence of netlink messages, or is cut off.
  case malformed
  /// Something changed during every dump that was tried (`NLM_F_DUMP_INTR`): the answer may be inconsistent.
  case interrupted
  /// The request is longer than its buffer; nothing was sent.
  case requestTooLong

  /// The errno of the system call or of the refusal; nil for all other errors.
  public var errno: Errno? {
    switch self {
    case .systemCall(_, let errno): errno
    case .refused(let refusal): refusal.errno
    case .malformed, .interrupted, .requestTooLong: nil
    }
  }

  /// The same error, with the keyword of the attribute that the kernel blames.
  ///
  /// - Parameter keyword: the keyword of the setting that wrote the byte at an offset in the request.
  package func blaming(_ keyword: (UInt32) -> StaticString?) -> NetlinkError {
    guard case .refused(var refusal) = self, let offset = refusal.attributeOffset else { return self }
    refusal.keyword = keyword(offset)
    return .refused(refusal)
  }

  /// Whether the kernel refused a request because the object does not exist or may not be seen, and not because the
  /// machine lacks memory or descriptors at the moment.
  package var isAnswer: Bool {
    if case .refused(let refusal) = self { !refusal.errno.isShortage } else { false }
  }
}

extension NetlinkError: CustomStringConvertible {
  /// A sentence such as `setns: Operation not permitted`.
  public var description: String { String(decoding: text, as: UTF8.self) }

  /// The sentence.
  @inline(never)
  package var text: [UInt8] {
    switch self {
    case .systemCall(let call, let errno): sentence("%: %", [UInt8](call), errno.text)
    case .refused(let refusal): refusal.text
    case .malformed: [UInt8]("the answer of the kernel is malformed")
    case .interrupted: [UInt8]("the dump was interrupted and may be inconsistent")
    case .requestTooLong: [UInt8]("the request is too long")
    }
  }
}

/// A refusal by the kernel: `NLMSG_ERROR` with the attributes of an extended acknowledgement (`NETLINK_EXT_ACK`, netlink(7)).
public struct Refusal: Sendable {
  /// The reason as a number.
  public let errno: Errno
  /// The reason in the kernel's words (`NLMSGERR_ATTR_MSG`); empty where the kernel gives none.
  package private(set) var sentence: [UInt8]
  /// The offset in the request of the attribute that the kernel blames (`NLMSGERR_ATTR_OFFS`).
  public let attributeOffset: UInt32?
  /// The keyword of `ip` for that attribute, where the request knows which setting wrote it.
  public internal(set) var keyword: StaticString? = nil

  /// The same refusal with words.
  package func withMessage(_ message: StaticString) -> Refusal {
    var refusal = self
    refusal.sentence = [UInt8](message)
    return refusal
  }

  /// The reason in the kernel's words; nil where the kernel gives none.
  public var message: String? { sentence.isEmpty ? nil : String(decoding: sentence, as: UTF8.self) }
}

extension Refusal: CustomStringConvertible {
  /// The kernel's words, or else the sentence of the errno, behind the keyword of the attribute that the kernel blames.
  public var description: String { String(decoding: text, as: UTF8.self) }

  /// The sentence.
  package var text: [UInt8] {
    let reason = sentence.isEmpty ? errno.text : sentence
    guard let keyword else { return reason }
    return SystemCalls.sentence("%: %", [UInt8](keyword), reason)
  }
}

/// Adds the name of a system call to the errno that the call throws.
package func systemCall<Result: ~Copyable>(
  _ name: StaticString, _ call: @autoclosure () throws(Errno) -> Result
) throws(NetlinkError) -> Result {
  do throws(Errno) { return try call() } catch { throw .systemCall(name, error) }
}
