internal import CMnl
internal import SystemCalls

/// One netlink message, read in place; `struct nlmsghdr`, netlink(7).
public struct Message: ~Escapable {
  /// The whole message.
  public let bytes: RawSpan

  /// The message at the beginning of `bytes`; nil where no complete message is there.
  @_lifetime(copy bytes)
  init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= headerSize else { return nil }
    let length = unsafe Int(Self.header(of: bytes).nlmsg_len)
    guard length >= headerSize, length <= bytes.byteCount else { return nil }
    self.bytes = unsafe bytes.part(at: 0, count: length)
  }

  /// The message type, such as `RTM_NEWLINK` (`nlmsg_type`).
  public var type: UInt16 { header.nlmsg_type }
  /// `NLM_F_…` (`nlmsg_flags`).
  public var flags: UInt16 { header.nlmsg_flags }
  /// The sequence number of the request that the message answers (`nlmsg_seq`).
  public var sequence: UInt32 { header.nlmsg_seq }
  /// The port of the socket that the message is for (`nlmsg_pid`).
  public var port: UInt32 { header.nlmsg_pid }

  private var header: nlmsghdr { unsafe Self.header(of: bytes) }

  /// The header at the beginning of bytes that are long enough.
  @unsafe
  private static func header(of bytes: RawSpan) -> nlmsghdr {
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: nlmsghdr.self)
  }

  /// The bytes behind the header.
  public var payload: RawSpan {
    @_lifetime(copy self) get { unsafe bytes.part(at: headerSize, count: bytes.byteCount &- headerSize) }
  }

  /// The attributes behind the header of the message family, such as `struct ifinfomsg`.
  ///
  /// - Parameter size: the size of that header, in bytes.
  @_lifetime(copy self)
  public func attributes(after size: Int) -> Attributes {
    Attributes(payload.extracting(droppingFirst: min(aligned(size), payload.byteCount)))
  }
}

private let headerSize = MemoryLayout<nlmsghdr>.size

/// The messages of one read from a socket.
public struct Messages: ~Escapable {
  private var rest: RawSpan

  /// Walks the bytes of a read.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) { rest = bytes }

  /// The next message; nil at the end, and where a length makes no sense.
  @_lifetime(copy self)
  public mutating func next() -> Message? {
    guard let message = Message(rest) else { return nil }
    let next = min(aligned(message.bytes.byteCount), rest.byteCount)
    rest = unsafe rest.part(at: next, count: rest.byteCount &- next)
    return message
  }

  /// Whether all messages were read; false after `next()` returned nil where the bytes are damaged.
  public var isAtEnd: Bool { rest.byteCount == 0 }
}

/// The size rounded up to the alignment of netlink, four bytes; `NLMSG_ALIGN`, `NLA_ALIGN`.
func aligned(_ size: Int) -> Int { (size + 3) & ~3 }
