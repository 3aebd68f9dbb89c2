internal import CMnl

/// Memory for one read from a netlink socket; the buffer grows to the longest message that was read.
@safe struct ReceiveBuffer: ~Copyable {
  private(set) var start: UnsafeMutableRawPointer
  private(set) var capacity: Int

  /// - Parameter capacity: in bytes; the kernel fills an answer to a dump up to 32 KiB, unless one message is longer.
  init(capacity: Int = 32 * 1024) {
    unsafe start = malloc(capacity)!
    self.capacity = capacity
  }

  deinit { unsafe free(start) }

  /// Makes room for a message of `count` bytes; what was in the buffer is lost.
  mutating func reserve(_ count: Int) {
    if count <= capacity { return }
    self = ReceiveBuffer(capacity: 2 * count)
  }

  /// The first `count` bytes.
  @_lifetime(borrow self)
  func bytes(_ count: Int) -> RawSpan {
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count).bytes
    return unsafe _overrideLifetime(bytes, borrowing: self)
  }
}
