internal import CMnl
internal import SystemCalls

/// A netlink request under construction, in the kernel's form; `struct nlmsghdr`, netlink(7).
///
/// A request that outgrows its buffer is refused when it is sent.
@safe public struct Request: ~Copyable {
  /// The flags of a request: `NLM_F_…`, netlink(7).
  public struct Flags: OptionSet, Sendable {
    /// The C value.
    public let rawValue: UInt16
    /// Wraps a C value.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Create the object if it does not exist (`NLM_F_CREATE`).
    public static var create: Flags { Flags(rawValue: UInt16(NLM_F_CREATE)) }
    /// Refuse if the object exists (`NLM_F_EXCL`).
    public static var exclusive: Flags { Flags(rawValue: UInt16(NLM_F_EXCL)) }
    /// Replace the object that exists (`NLM_F_REPLACE`).
    public static var replace: Flags { Flags(rawValue: UInt16(NLM_F_REPLACE)) }
    /// Add to the end of the list of objects (`NLM_F_APPEND`).
    public static var append: Flags { Flags(rawValue: UInt16(NLM_F_APPEND)) }
    /// Answer with all objects (`NLM_F_DUMP`).
    public static var dump: Flags { Flags(rawValue: UInt16(NLM_F_ROOT | NLM_F_MATCH)) }
    /// Answer with the object after the change (`NLM_F_ECHO`).
    public static var echo: Flags { Flags(rawValue: UInt16(NLM_F_ECHO)) }
  }

  /// Room for the longest request that makes sense: an attribute has 64 KiB at most, and names are short.
  private static let capacity = 16 * 1024

  private let buffer: UnsafeMutableRawPointer
  /// Whether the exchange ends with the first reply instead of an acknowledgement.
  let expectsReply: Bool
  /// Whether something did not fit.
  private(set) var isTooLong = false

  /// Begins a request.
  ///
  /// - Parameters:
  ///   - type: the message type, such as `RTM_NEWLINK` of rtnetlink(7).
  ///   - expectsReply: whether the request asks for one object, whose description ends the exchange. All other requests
  ///     ask for an acknowledgement (`NLM_F_ACK`).
  public init(_ type: Int, _ flags: Flags = [], expectsReply: Bool = false) {
    // With room for a word of padding behind the last attribute; zeroing all of it would be most of a request's work.
    unsafe buffer = malloc(Self.capacity + MemoryLayout<UInt32>.size)!
    let header = unsafe mnl_nlmsg_put_header(buffer)!
    unsafe header.pointee.nlmsg_type = UInt16(type)
    self.expectsReply = expectsReply
    unsafe header.pointee.nlmsg_flags = UInt16(NLM_F_REQUEST | (expectsReply ? 0 : NLM_F_ACK)) | flags.rawValue
  }

  deinit { unsafe free(buffer) }

  /// Sets further flags.
  package mutating func insert(_ flags: Flags) { unsafe message.pointee.nlmsg_flags |= flags.rawValue }

  private var message: UnsafeMutablePointer<nlmsghdr> { unsafe buffer.assumingMemoryBound(to: nlmsghdr.self) }

  /// The length so far, in bytes.
  package var byteCount: Int { unsafe Int(message.pointee.nlmsg_len) }

  /// Adds the header of a message family: a C struct of plain numbers, such as `ifinfomsg`.
  ///
  /// - Returns: the offset of the header, for `withHeader`.
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

  /// Changes the header that `append(header:)` added at `offset`.
  package mutating func withHeader<CStruct>(_ type: CStruct.Type, at offset: Int, _ body: (inout CStruct) -> Void) {
    guard !isTooLong else { return }
    unsafe body(&(buffer + offset).assumingMemoryBound(to: CStruct.self).pointee)
  }

  /// Adds an attribute.
  public mutating func append<Value: AttributeValue>(_ type: Int, _ value: Value) {
    value.withAttributeBytes { append(type, payload: $0) }
  }

  @inline(never)
  private mutating func append(_ type: Int, payload: RawSpan) {
    unsafe payload.withUnsafeBytes { bytes in
      // libmnl does not clear the padding.
      let end = byteCount + MemoryLayout<nlattr>.size + bytes.count
      if end <= Self.capacity { unsafe (buffer + end).storeBytes(of: 0, as: UInt32.self) }
      // The length of an attribute has 16 bits, which libmnl does not check.
      let fits =
        unsafe bytes.count <= Self.capacity
        && mnl_attr_put_check(
          message, Self.capacity, UInt16(type), bytes.count, bytes.baseAddress ?? UnsafeRawPointer(buffer))
      if !fits { isTooLong = true }
    }
  }

  /// Adds an attribute that contains the attributes that `body` adds (`NLA_F_NESTED`).
  public mutating func nest(_ type: Int, _ body: (inout Request) -> Void) {
    let start = byteCount
    if unsafe mnl_attr_nest_start_check(message, Self.capacity, UInt16(type)) == nil { isTooLong = true }
    body(&self)
    if isTooLong { return }
    unsafe mnl_attr_nest_end(message, (buffer + start).assumingMemoryBound(to: nlattr.self))
  }

  /// Sets the sequence number (`nlmsg_seq`); the bytes belong to the request, so a borrowed one can be numbered too.
  func setSequence(_ sequence: UInt32) { unsafe message.pointee.nlmsg_seq = sequence }

  /// The first byte, for sendto(2).
  @unsafe var start: UnsafeRawPointer { unsafe UnsafeRawPointer(buffer) }

  /// The bytes so far.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: buffer, count: byteCount).bytes
      return unsafe _overrideLifetime(bytes, borrowing: self)
    }
  }
}
