internal import CMnl
internal import SystemCalls

/// A netlink protocol: `NETLINK_…` of linux/netlink.h (`netlink_family`, netlink(7)).
///
/// `RTNetlink` adds `.route`.
public struct NetlinkFamily: Hashable, Sendable {
  /// The C value.
  public let rawValue: Int32
  /// Wraps a C value.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The families that have names instead of numbers, such as `ethtool` and `nl80211` (`NETLINK_GENERIC`);
  /// linux/genetlink.h.
  public static var generic: NetlinkFamily { NetlinkFamily(rawValue: NETLINK_GENERIC) }
  /// Packet filters and connection tracking (`NETLINK_NETFILTER`); linux/netfilter/nfnetlink.h.
  public static var netfilter: NetlinkFamily { NetlinkFamily(rawValue: NETLINK_NETFILTER) }
  /// The sockets of all protocols (`NETLINK_SOCK_DIAG`); sock_diag(7).
  public static var socketDiagnosis: NetlinkFamily { NetlinkFamily(rawValue: NETLINK_SOCK_DIAG) }
}

/// A netlink socket in the network namespace in which the socket was opened; netlink(7).
///
/// The socket stays in that namespace, also when the thread moves to another one.
@safe public struct NetlinkSocket: ~Copyable {
  private let socket: OpaquePointer
  private var buffer = ReceiveBuffer()
  /// Holds the read before the current one, while a look-ahead keeps that read waiting.
  private var previousBuffer: ReceiveBuffer? = nil
  private var sequence: UInt32 = 0
  private var isStrict = false

  /// Opens a socket of a family and binds it (`NETLINK_EXT_ACK` and `NETLINK_CAP_ACK` on, where the kernel has them).
  ///
  /// - Parameter port: the address to bind to (`nl_pid`), which no other socket of the family has in this namespace;
  ///   0 lets the kernel choose.
  /// - Throws: the error of socket(2) or bind(2): `EADDRINUSE` where another socket has the port.
  public static func open(_ family: NetlinkFamily, port: UInt32 = 0) throws(NetlinkError) -> NetlinkSocket {
    try open(family, groups: [], port: port)
  }

  static func open(
    _ family: NetlinkFamily, groups: EventGroups, port: UInt32 = 0
  ) throws(NetlinkError) -> NetlinkSocket {
    guard let socket = unsafe mnl_socket_open2(family.rawValue, Int32(SOCK_CLOEXEC.rawValue)) else {
      throw .systemCall("socket", .last)
    }
    guard unsafe mnl_socket_bind(socket, groups.rawValue, pid_t(bitPattern: port)) == 0 else {
      let errno = Errno.last
      unsafe mnl_socket_close(socket)
      throw .systemCall("bind", errno)
    }
    let opened = unsafe NetlinkSocket(socket)
    // An old kernel lacks these: refusals then come without words, and with a copy of the request.
    opened.setOption(NETLINK_EXT_ACK)
    opened.setOption(NETLINK_CAP_ACK)
    return opened
  }

  private init(_ socket: OpaquePointer) { unsafe self.socket = socket }

  @inline(never)
  deinit { unsafe _ = mnl_socket_close(socket) }

  /// The number of the socket's descriptor, for ioctl(2) and poll(2).
  package var rawDescriptor: Int32 { unsafe mnl_socket_get_fd(socket) }

  /// Makes the kernel check requests for dumps strictly and filter the answers (`NETLINK_GET_STRICT_CHK`, Linux 4.20).
  ///
  /// - Returns: whether the kernel does; an older kernel ignores the filters of a request.
  @discardableResult
  public mutating func checkStrictly() -> Bool {
    if !isStrict { isStrict = setOption(NETLINK_GET_STRICT_CHK) }
    return isStrict
  }

  /// Sets the size of the kernel's queue for this socket, in bytes (`SO_RCVBUF`, socket(7)).
  func setReceiveBuffer(_ size: Int32) { set_receive_buffer(rawDescriptor, size) }

  /// Switches an option of the socket on; false where the kernel refuses and leaves the reason in errno.
  @discardableResult
  func setOption(_ option: Int32) -> Bool {
    var on: Int32 = 1
    return unsafe mnl_socket_setsockopt(socket, option, &on, 4) == 0
  }

  // MARK: - Receiving

  /// Waits until a message can be read; false when the time is over.
  func waitForEvent(milliseconds: Int32) throws(NetlinkError) -> Bool {
    let count = wait_for_input(rawDescriptor, milliseconds)
    if count < 0, Errno.last != .interrupted { throw .systemCall("poll", .last) }
    return count > 0
  }

  /// Waits for the next read that comes from the kernel, and makes room for it.
  ///
  /// Any process of the namespace's user may send to the socket; such a message is dropped here. The length and the
  /// sender are looked at first (`MSG_PEEK`), because the kernel drops what does not fit into a buffer.
  ///
  /// - Returns: the namespace that an event is about, as an id; -1 for the socket's own.
  private mutating func awaitKernel() throws(NetlinkError) -> Int32 {
    while true {
      var sender: UInt32 = 0
      var namespace: Int32 = -1
      let descriptor = rawDescriptor
      let length = retryingInterrupted {
        unsafe receive_message(descriptor, nil, 0, Int32(MSG_PEEK | MSG_TRUNC), &sender, &namespace)
      }
      guard length >= 0 else { throw .systemCall("recvmsg", .last) }
      if sender == 0 {
        buffer.reserve(length)
        return namespace
      }
      _ = unsafe receive_message(descriptor, nil, 0, 0, &sender, &namespace)
    }
  }

  /// Reads what `awaitKernel` has found; the number of bytes.
  private mutating func receive() throws(NetlinkError) -> Int {
    let count = retryingInterrupted { unsafe mnl_socket_recvfrom(socket, buffer.start, buffer.capacity) }
    guard count >= 0 else { throw .systemCall("recvfrom", .last) }
    return count
  }

  /// Waits for an event; recvmsg(2).
  ///
  /// - Parameter body: gets the messages of one read, valid until `body` returns, and the id of the namespace that they
  ///   are about; -1 for the socket's own.
  mutating func receiveEvent(_ body: (RawSpan, Int32) -> Void) throws(NetlinkError) {
    let namespace = try awaitKernel()
    body(buffer.bytes(try receive()), namespace)
  }

  // MARK: - Exchanges

  /// Sends a request and reads the answers up to the kernel's acknowledgement.
  ///
  /// - Parameter answers: called for each read with its answers, which are valid until `answers` returns.
  /// - Returns: a warning in the kernel's words; nil where the kernel has none.
  /// - Throws: the kernel's refusal; `interrupted` after the answers of a dump that may be inconsistent.
  @discardableResult
  public mutating func exchange(
    _ request: borrowing Request, _ answers: (Answers) -> Void = { _ in }
  ) throws(NetlinkError) -> String? {
    try exchange(request, isAhead: false, { _ in }, answers)
  }

  /// As `exchange`, with a look at each read while `answers` still has to be called for the read before it.
  ///
  /// - Parameter ahead: called for each read as soon as the read is there.
  @discardableResult
  public mutating func exchange(
    _ request: borrowing Request, lookingAhead ahead: (Answers) -> Void, _ answers: (Answers) -> Void
  ) throws(NetlinkError) -> String? {
    try exchange(request, isAhead: true, ahead, answers)
  }

  /// How often an interrupted dump is asked for before `dump` gives up.
  package static let dumpAttempts = 10

  /// Sends a request for a dump, and again while the dump is interrupted: up to ten times, with pauses of 1 to 50 ms.
  ///
  /// - Parameters:
  ///   - isAccepted: called after an interrupted attempt; true accepts the answers, because they equal those of the attempt
  ///     before. Otherwise the answers are to be forgotten, as another attempt follows.
  ///   - answers: as for `exchange`.
  /// - Throws: `interrupted` where something changed during every attempt; the answers of the last one were handed on.
  public mutating func dump(
    _ request: borrowing Request, isAccepted: () -> Bool, _ answers: (Answers) -> Void
  ) throws(NetlinkError) {
    var pause = 1
    for attempt in 1...Self.dumpAttempts {
      do throws(NetlinkError) {
        try exchange(request, answers)
        return
      } catch {
        guard case .interrupted = error, attempt < Self.dumpAttempts else { throw error }
      }
      if isAccepted() { return }
      Clock.sleep(milliseconds: pause)
      pause = min(2 * pause, 50)
    }
  }

  /// The values that `transform` makes of the messages of a consistent dump, nil for none; asks as `dump` does.
  ///
  /// Where every dump is interrupted, two in a row with the same values count as consistent: what has changed makes no
  /// difference.
  ///
  /// - Throws: `interrupted` where the values changed during every attempt.
  public mutating func collect<Element: Equatable>(
    _ request: borrowing Request, _ transform: (Message) -> Element?
  ) throws(NetlinkError) -> [Element] {
    var elements: [Element] = []
    var previous: [Element]? = nil
    try dump(
      request,
      isAccepted: {
        if previous == elements { return true }
        previous = elements
        elements = []
        return false
      }
    ) { answers in
      var answers = answers
      while let message = answers.next() {
        if let element = transform(message) { elements.append(element) }
      }
    }
    return elements
  }

  @inline(never)
  private mutating func exchange(
    _ request: borrowing Request, isAhead: Bool, _ ahead: (Answers) -> Void, _ answers: (Answers) -> Void
  ) throws(NetlinkError) -> String? {
    sequence &+= 1
    try send(request)
    var wasInterrupted = false
    /// The number of bytes of the previous read that were not handed on yet.
    var waiting = 0
    while true {
      _ = try awaitKernel()
      let count = try receive()
      if isAhead {
        ahead(read(buffer.bytes(count)))
        if waiting > 0, let previous = previousBuffer?.bytes(waiting) { answers(read(previous)) }
      } else {
        answers(read(buffer.bytes(count)))
      }
      let end = try read(buffer.bytes(count)).end(expectsReply: request.expectsReply)
      wasInterrupted = wasInterrupted || end.wasInterrupted
      if let warning = end.warning {
        if isAhead { answers(read(buffer.bytes(count))) }
        if wasInterrupted { throw .interrupted }
        return warning.isEmpty ? nil : String(decoding: warning, as: UTF8.self)
      }
      if isAhead {
        waiting = count
        var free = previousBuffer.take() ?? ReceiveBuffer()
        swap(&free, &buffer)
        previousBuffer = consume free
      }
    }
  }

  /// The answers in the bytes of a read.
  @_lifetime(copy bytes)
  private func read(_ bytes: RawSpan) -> Answers {
    Answers(bytes, to: sequence, port: unsafe mnl_socket_get_portid(socket))
  }

  private func send(_ request: borrowing Request) throws(NetlinkError) {
    if request.isTooLong { throw .requestTooLong }
    request.setSequence(sequence)
    let length = request.byteCount
    let sent = retryingInterrupted { unsafe mnl_socket_sendto(socket, request.start, length) }
    guard sent == length else { throw .systemCall("sendto", .last) }
  }
}
