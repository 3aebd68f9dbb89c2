internal import CMnl
internal import SystemCalls

/// The answers of one read to one request: the data messages, without the control messages of the protocol.
public struct Answers: ~Escapable {
  private var messages: Messages
  private let sequence: UInt32
  private let port: UInt32

  /// Walks the messages of a read; messages for another request or another socket are skipped.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, to sequence: UInt32, port: UInt32) {
    messages = Messages(bytes)
    self.sequence = sequence
    self.port = port
  }

  /// The next message of the answer; nil at the end of this read.
  @_lifetime(copy self)
  @inline(never)
  public mutating func next() -> Message? {
    while let message = nextOwn() {
      if message.type >= NLMSG_MIN_TYPE { return message }
    }
    return nil
  }

  @_lifetime(copy self)
  private mutating func nextOwn() -> Message? {
    while let message = messages.next() {
      if message.sequence == sequence, message.port == port { return message }
    }
    return nil
  }

  /// Whether this read ends the exchange.
  ///
  /// - Parameter expectsReply: whether the first data message ends the exchange.
  /// - Returns: the kernel's warning, maybe empty, where the exchange has ended, else nil; and whether the dump was
  ///   interrupted (`NLM_F_DUMP_INTR`).
  /// - Throws: the refusal that ends the exchange.
  package func end(expectsReply: Bool = false) throws(NetlinkError) -> (warning: [UInt8]?, wasInterrupted: Bool) {
    var walk = self
    var wasInterrupted = false
    while let message = walk.nextOwn() {
      if message.flags & UInt16(NLM_F_DUMP_INTR) != 0 { wasInterrupted = true }
      if expectsReply, message.type >= NLMSG_MIN_TYPE { return ([], wasInterrupted) }
      if message.type == NLMSG_ERROR || message.type == NLMSG_DONE {
        return (try acknowledgement(message), wasInterrupted)
      }
      if message.type == NLMSG_OVERRUN { throw .systemCall("recvfrom", .noBufferSpace) }
    }
    guard walk.messages.isAtEnd else { throw .malformed }
    return (nil, wasInterrupted)
  }
}

/// Reads the message that ends an exchange: `NLMSG_ERROR` or, after a dump, `NLMSG_DONE`.
///
/// - Returns: the kernel's warning, empty where there is none.
/// - Throws: the refusal in the message.
private func acknowledgement(_ message: borrowing Message) throws(NetlinkError) -> [UInt8] {
  let isDone = message.type == NLMSG_DONE
  guard let code = message.payload.load(at: 0, as: Int32.self) else {
    // Old kernels send NLMSG_DONE without an error code.
    if isDone { return [] }
    throw .malformed
  }
  // NLMSG_ERROR repeats the header of the request or, without NETLINK_CAP_ACK, the whole request.
  var size = MemoryLayout<Int32>.size
  if !isDone {
    guard let requestLength = message.payload.load(at: size, as: UInt32.self) else { throw .malformed }
    let isCapped = message.flags & UInt16(NLM_F_CAPPED) != 0
    size += isCapped ? MemoryLayout<nlmsghdr>.size : Int(requestLength)
  }
  var sentence: [UInt8] = []
  var offset: UInt32? = nil
  if message.flags & UInt16(NLM_F_ACK_TLVS) != 0 {
    var attributes = message.attributes(after: size)
    while let attribute = attributes.next() {
      switch Int(attribute.type) {
      case Int(NLMSGERR_ATTR_MSG.rawValue): sentence = attribute.payload.string.copied
      case Int(NLMSGERR_ATTR_OFFS.rawValue): offset = attribute.value()
      default: break
      }
    }
  }
  if code == 0 { return sentence }
  throw .refused(Refusal(errno: Errno(code), sentence: sentence, attributeOffset: offset))
}
