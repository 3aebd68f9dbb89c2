internal import CMnl
internal import SystemCalls

/// One request being written, in place and in the kernel's form.
///
/// Running out of room is remembered and thrown once, when the request is sent.
@safe public struct Request: ~Copyable {
  /// `NLM_F_…`: what is asked of the kernel; netlink(7).
  public struct Flags: OptionSet, Sendable {
    /// The C value.
    public let rawValue: UInt16
    /// Wraps a C value.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Make it if it is not there (`NLM_F_CREATE`).
    public static var create: Flags { Flags(rawValue: UInt16(NLM_F_CREATE)) }
    /// Refuse if it is there (`NLM_F_EXCL`).
    public static var exclusive: Flags { Flags(rawValue: UInt16(NLM_F_EXCL)) }
    /// Take the place of what is there (`NLM_F_REPLACE`).
    public static var replace: Flags { Flags(rawValue: UInt16(NLM_F_REPLACE)) }
    /// Add to what is there (`NLM_F_APPEND`).
    public static var append: Flags { Flags(rawValue: UInt16(NLM_F_APPEND)) }
    /// All that there are (`NLM_F_DUMP`).
    public static var dump: Flags { Flags(rawValue: UInt16(NLM_F_ROOT | NLM_F_MATCH)) }
    /// Say what became of it (`NLM_F_ECHO`).
    public static var echo: Flags { Flags(rawValue: UInt16(NLM_F_ECHO)) }
  }

  /// Room for the largest request that makes sense: an attribute has 64 KiB at most, and names are short.
  private static let capacity = 16 * 1024

  private let buffer: UnsafeMutableRawPointer
  /// Whether it asks for one thing (`RTM_GET…`, every fourth type): what comes back ends with the answer.
  let isQuestion: Bool
  private var isTooLong = false

  /// Begins a request; it will ask for an acknowledgement, so that every exchange has an end, unless it is a question.
  ///
  /// - Parameter type: `RTM_…`; rtnetlink(7).
  public init(_ type: Int, _ flags: Flags = []) {
    // With room for a word of padding behind the last attribute; zeroing all of it would be most of a request's work.
    unsafe buffer = malloc(Self.capacity + MemoryLayout<UInt32>.size)!
    let header = unsafe mnl_nlmsg_put_header(buffer)!
    unsafe header.pointee.nlmsg_type = UInt16(type)
    isQuestion = type & 3 == RTM_GETLINK & 3 && !flags.contains(.dump)
    unsafe header.pointee.nlmsg_flags = UInt16(NLM_F_REQUEST | (isQuestion ? 0 : NLM_F_ACK)) | flags.rawValue
  }

  deinit { unsafe free(buffer) }

  /// Asks for more than it did at first.
  package mutating func insert(_ flags: Flags) { unsafe message.pointee.nlmsg_flags |= flags.rawValue }

  private var message: UnsafeMutablePointer<nlmsghdr> { unsafe buffer.assumingMemoryBound(to: nlmsghdr.self) }

  /// How long it is so far.
  package var byteCount: Int { unsafe Int(message.pointee.nlmsg_len) }

  /// Adds a C struct of plain numbers: the header that each family of messages begins with.
  ///
  /// - Returns: where it lies, for `withHeader`.
  /// Only structs of plain numbers may be passed, such as `ifinfomsg`.
  @discardableResult
  public mutating func append<CStruct>(header: CStruct) -> Int {
    let offset = byteCount
    // mnl_nlmsg_put_extra_header checks no bounds.
    guard offset + aligned(MemoryLayout<CStruct>.size) <= Self.capacity else {
      isTooLong = true
      return 0
    }
    unsafe mnl_nlmsg_put_extra_header(message, MemoryLayout<CStruct>.size)!
      .assumingMemoryBound(to: CStruct.self).pointee = header
    return offset
  }

  /// Changes a header that `append(header:)` put at `offset`.
  package mutating func withHeader<CStruct>(_ type: CStruct.Type, at offset: Int, _ body: (inout CStruct) -> Void) {
    guard !isTooLong else { return }
    unsafe body(&(buffer + offset).assumingMemoryBound(to: CStruct.self).pointee)
  }

  /// Adds an attribute.
  public mutating func append<Value: AttributeValue>(_ type: Int, _ value: Value) {
    value.withAttributeBytes { bytes in
      unsafe bytes.withUnsafeBytes { bytes in
        // Padding is left by libmnl as it finds it.
        let end = byteCount + MemoryLayout<nlattr>.size + bytes.count
        if end <= Self.capacity { unsafe (buffer + end).storeBytes(of: 0, as: UInt32.self) }
        // An attribute's length has 16 bits, which libmnl does not check.
        let fits =
          unsafe bytes.count <= Self.capacity
          && mnl_attr_put_check(
            message, Self.capacity, UInt16(type), bytes.count, bytes.baseAddress ?? UnsafeRawPointer(buffer))
        if !fits { isTooLong = true }
      }
    }
  }

  /// Adds an attribute that holds what `body` adds (`NLA_F_NESTED`).
  public mutating func nest<Failure: Error>(
    _ type: Int, _ body: (inout Request) throws(Failure) -> Void
  ) throws(Failure) {
    let start = openNest(type)
    defer { closeNest(start) }
    try body(&self)
  }

  /// Begins an attribute that holds others; for writers that cannot hand a closure to `nest`.
  package mutating func openNest(_ type: Int) -> Int {
    let start = byteCount
    if unsafe mnl_attr_nest_start_check(message, Self.capacity, UInt16(type)) == nil { isTooLong = true }
    return start
  }

  /// Ends the attribute that `openNest` began at `start`.
  package mutating func closeNest(_ start: Int) {
    if isTooLong { return }
    unsafe mnl_attr_nest_end(message, (buffer + start).assumingMemoryBound(to: nlattr.self))
  }

  /// Puts the number of this exchange into the header and hands the bytes to `send`.
  mutating func finish<Result>(
    sequence: UInt32, _ send: (UnsafeRawBufferPointer) throws(NetlinkError) -> Result
  ) throws(NetlinkError) -> Result {
    if isTooLong { throw .requestTooLong }
    unsafe message.pointee.nlmsg_seq = sequence
    return unsafe try send(UnsafeRawBufferPointer(start: buffer, count: byteCount))
  }

  /// The bytes so far, as they would travel.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: buffer, count: byteCount).bytes
      return unsafe _overrideLifetime(bytes, borrowing: self)
    }
  }
}
