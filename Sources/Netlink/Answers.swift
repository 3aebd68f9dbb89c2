internal import CMnl
internal import SystemCalls

/// What one read brought in answer to one request: its data messages, without the protocol's own.
public struct Answers: ~Escapable {
  private var messages: Messages
  private let sequence: UInt32
  private let port: UInt32

  /// Walks what was read; messages for another request or another socket are passed over.
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

  /// How this read leaves the exchange: a warning, maybe empty, once it has ended.
  ///
  /// - Parameter isQuestion: whether it ends with the answer itself.
  package func end(isQuestion: Bool = false) throws(NetlinkError) -> (warning: [UInt8]?, wasInterrupted: Bool) {
    var walk = self
    var wasInterrupted = false
    while let message = walk.nextOwn() {
      if message.flags & UInt16(NLM_F_DUMP_INTR) != 0 { wasInterrupted = true }
      if isQuestion, message.type >= NLMSG_MIN_TYPE { return ([], wasInterrupted) }
      if message.type == NLMSG_ERROR || message.type == NLMSG_DONE {
        return (try acknowledgement(message), wasInterrupted)
      }
      if message.type == NLMSG_OVERRUN { throw .systemCall("recvfrom", .noBufferSpace) }
    }
    guard walk.messages.isAtEnd else { throw .malformed }
    return (nil, wasInterrupted)
  }
}

/// The kernel's last word on a request, in either form: `NLMSG_ERROR` for one, `NLMSG_DONE` for a dump.
///
/// - Returns: the warning that comes with a yes, empty where there is none.
/// - Throws: the refusal that it is.
private func acknowledgement(_ message: borrowing Message) throws(NetlinkError) -> [UInt8] {
  let isDone = message.type == NLMSG_DONE
  guard let code = message.payload.load(at: 0, as: Int32.self) else {
    // The number in NLMSG_DONE is younger than netlink; NLMSG_ERROR has always had one.
    if isDone { return [] }
    throw .malformed
  }
  // An error repeats the header of the request, and all of the request where NETLINK_CAP_ACK is not known.
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
