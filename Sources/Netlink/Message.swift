internal import CMnl
internal import SystemCalls

/// One netlink message, read where it lies; `struct nlmsghdr`, netlink(7).
public struct Message: ~Escapable {
  /// What it is, such as `RTM_NEWLINK` (`nlmsg_type`).
  public let type: UInt16
  /// `NLM_F_…` (`nlmsg_flags`).
  public let flags: UInt16
  /// The number of the request that it answers (`nlmsg_seq`).
  public let sequence: UInt32
  /// Whom it is for: the socket's own address (`nlmsg_pid`).
  public let port: UInt32
  /// All of it.
  public let bytes: RawSpan
  /// What follows the header.
  public let payload: RawSpan

  /// Reads the message at the beginning of `bytes`; nil where none is there in whole.
  @_lifetime(copy bytes)
  init?(_ bytes: RawSpan) {
    let headerSize = MemoryLayout<nlmsghdr>.size
    guard bytes.byteCount >= headerSize else { return nil }
    let header = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: nlmsghdr.self)
    let length = Int(header.nlmsg_len)
    guard length >= headerSize, length <= bytes.byteCount else { return nil }
    type = header.nlmsg_type
    flags = header.nlmsg_flags
    sequence = header.nlmsg_seq
    port = header.nlmsg_pid
    self.bytes = unsafe bytes.part(at: 0, count: length)
    payload = unsafe bytes.part(at: headerSize, count: length &- headerSize)
  }

  /// The attributes behind a message's own header, such as `struct ifinfomsg`.
  ///
  /// - Parameter size: of that header, in bytes.
  @_lifetime(copy self)
  public func attributes(after size: Int) -> Attributes {
    Attributes(payload.extracting(droppingFirst: min(aligned(size), payload.byteCount)))
  }
}

/// The messages of one read from a socket, in order.
public struct Messages: ~Escapable {
  private var rest: RawSpan

  /// Walks what was read.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { rest = bytes }

  /// The next message; nil at the end, and where a length makes no sense.
  @_lifetime(copy self)
  public mutating func next() -> Message? {
    guard let message = Message(rest) else { return nil }
    rest = rest.extracting(droppingFirst: min(aligned(message.bytes.byteCount), rest.byteCount))
    return message
  }

  /// Whether nothing is left: false after `next()` answered nil means that the bytes are damaged.
  public var isAtEnd: Bool { rest.byteCount == 0 }
}

/// Netlink puts everything on boundaries of four bytes; `NLMSG_ALIGN`, `NLA_ALIGN`.
func aligned(_ size: Int) -> Int { (size + 3) & ~3 }
