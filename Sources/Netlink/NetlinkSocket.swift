internal import CMnl
internal import SystemCalls

/// A conversation with the kernel about the network namespace that it was opened in; netlink(7).
///
/// It keeps talking about that namespace, wherever the thread goes afterwards.
@safe public struct NetlinkSocket: ~Copyable {
  /// As much as the kernel puts into one answer of a dump.
  private static let answerSize = 32 * 1024

  private let socket: OpaquePointer
  private var buffer: UnsafeMutableRawPointer
  /// For the read before, where a look ahead keeps it waiting.
  private var other: UnsafeMutableRawPointer? = nil
  private var sequence: UInt32 = 0
  private var isStrict = false

  /// Opens a conversation with rtnetlink(7), in which the kernel explains what it refuses.
  ///
  /// - Throws: what socket(2) or bind(2) say.
  public static func open() throws(NetlinkError) -> NetlinkSocket { try open([]) }

  /// The same with a number of the caller's choice (`nl_pid`), which no other socket of its namespace has meanwhile.
  ///
  /// - Throws: `EADDRINUSE` where one has it.
  public static func open(port: UInt32) throws(NetlinkError) -> NetlinkSocket { try open([], port: port) }

  /// The same, where the kernel speaks unasked of some changes too.
  static func open(_ groups: EventGroups, port: UInt32 = 0) throws(NetlinkError) -> NetlinkSocket {
    guard let socket = unsafe mnl_socket_open2(NETLINK_ROUTE, Int32(SOCK_CLOEXEC.rawValue)) else {
      throw .systemCall("socket", .last)
    }
    guard unsafe mnl_socket_bind(socket, groups.rawValue, pid_t(bitPattern: port)) == 0 else {
      let errno = Errno.last
      unsafe mnl_socket_close(socket)
      throw .systemCall("bind", errno)
    }
    let opened = unsafe NetlinkSocket(socket: socket, buffer: malloc(answerSize)!)
    // Both only add comfort: the kernel's own sentence, and no echo of the request.
    opened.setOption(NETLINK_EXT_ACK)
    opened.setOption(NETLINK_CAP_ACK)
    return opened
  }

  private init(socket: OpaquePointer, buffer: UnsafeMutableRawPointer) {
    unsafe self.socket = socket
    unsafe self.buffer = buffer
  }

  @inline(never)
  deinit {
    unsafe free(buffer)
    unsafe free(other)
    unsafe _ = mnl_socket_close(socket)
  }

  /// Has the kernel check what dumps are asked for and filter them (`NETLINK_GET_STRICT_CHK`, Linux 4.20).
  ///
  /// - Returns: whether it does; an older one answers with what nobody asked for.
  @discardableResult
  public mutating func checkStrictly() -> Bool {
    if !isStrict { isStrict = setOption(NETLINK_GET_STRICT_CHK) }
    return isStrict
  }

  /// How much the kernel may keep for it until it is read, in bytes (`SO_RCVBUF`, socket(7)).
  func setReceiveBuffer(_ size: Int32) {
    unsafe set_receive_buffer(mnl_socket_get_fd(socket), size)
  }

  /// Switches an option on; false where the kernel refuses, which leaves the reason in errno.
  @discardableResult
  func setOption(_ option: Int32) -> Bool {
    var on: Int32 = 1
    return unsafe mnl_socket_setsockopt(socket, option, &on, 4) == 0
  }

  /// The index of the interface of this name, or this short alternative name; nil where there is none (`SIOCGIFINDEX`,
  /// netdevice(7)).
  ///
  /// It takes a tenth of the time of a request, as the kernel does not describe the interface. A name that is too long
  /// for it counts as none, and so does one with a colon, behind which the kernel would not read on.
  public func interfaceIndex(_ name: [UInt8]) -> Int32? {
    guard !name.isEmpty, name.count < IFNAMSIZ, !name.contains(0), !name.contains(ascii(":")) else { return nil }
    let index = unsafe name.withUnsafeBytes {
      unsafe interface_index(mnl_socket_get_fd(socket), $0.baseAddress!, $0.count)
    }
    return index > 0 ? index : nil
  }

  /// Waits until there is something to receive; false where nothing came in time.
  func waitForEvent(milliseconds: Int32) throws(NetlinkError) -> Bool {
    let count = unsafe wait_for_input(mnl_socket_get_fd(socket), milliseconds)
    if count < 0, Errno.last != .interrupted { throw .systemCall("ppoll", .last) }
    return count > 0
  }

  /// Waits for what the kernel tells unasked; recvmsg(2).
  ///
  /// - Parameter body: gets what came, which lies there only until it returns, and the id of the namespace it is about.
  func receiveEvent(_ body: (RawSpan, Int32) -> Void) throws(NetlinkError) {
    var namespace: Int32 = -1
    let count = retryingInterrupted {
      unsafe receive_event(mnl_socket_get_fd(socket), buffer, Self.answerSize, &namespace)
    }
    guard count >= 0 else { throw .systemCall("recvmsg", .last) }
    unsafe body(RawSpan(_unsafeStart: buffer, byteCount: count), namespace)
  }

  /// Sends a request and reads all that comes back, up to the kernel's acknowledgement.
  ///
  /// - Parameter answers: called for each read with the answers in it, which lie there only until it returns.
  /// - Returns: a warning in the kernel's words, empty where it has none.
  /// - Throws: the kernel's refusal, a failed system call, or what is wrong with the answers.
  @discardableResult
  public mutating func exchange(
    _ request: inout Request, _ answers: (Answers) -> Void = { _ in }
  ) throws(NetlinkError) -> [UInt8] {
    try exchange(&request, isAhead: false, { _ in }, answers)
  }

  /// The same, with a look at each read while `answers` has still to be called for the one before it.
  ///
  /// - Parameter ahead: called for each read as soon as it is there.
  @discardableResult
  public mutating func exchange(
    _ request: inout Request, lookingAhead ahead: (Answers) -> Void, _ answers: (Answers) -> Void
  ) throws(NetlinkError) -> [UInt8] {
    try exchange(&request, isAhead: true, ahead, answers)
  }

  @inline(never)
  private mutating func exchange(
    _ request: inout Request, isAhead: Bool, _ ahead: (Answers) -> Void, _ answers: (Answers) -> Void
  ) throws(NetlinkError) -> [UInt8] {
    sequence &+= 1
    unsafe try request.finish(sequence: sequence) { bytes throws(NetlinkError) in
      let sent = retryingInterrupted { unsafe mnl_socket_sendto(socket, bytes.baseAddress!, bytes.count) }
      guard sent == bytes.count else { throw .systemCall("sendto", .last) }
    }
    var wasInterrupted = false
    /// How much of the read before lies in the other buffer, and was not handed on yet.
    var waiting = 0
    while true {
      let count = retryingInterrupted { unsafe mnl_socket_recvfrom(socket, buffer, Self.answerSize) }
      guard count >= 0 else { throw .systemCall("recvfrom", .last) }
      let bytes = unsafe RawSpan(_unsafeStart: buffer, byteCount: count)
      let read = unsafe Answers(bytes, to: sequence, port: mnl_socket_get_portid(socket))
      if isAhead {
        ahead(read)
        if waiting > 0 {
          let before = unsafe RawSpan(_unsafeStart: other!, byteCount: waiting)
          unsafe answers(Answers(before, to: sequence, port: mnl_socket_get_portid(socket)))
        }
      } else {
        answers(read)
      }
      let end = try read.end(isQuestion: request.isQuestion)
      wasInterrupted = wasInterrupted || end.wasInterrupted
      if let warning = end.warning {
        if isAhead { answers(read) }
        if wasInterrupted { throw .interrupted }
        return warning
      }
      if isAhead {
        waiting = count
        let free = unsafe other ?? malloc(Self.answerSize)!
        unsafe other = buffer
        unsafe buffer = free
      }
    }
  }
}
