internal import CMnl

/// An open file, which is closed when its owner goes; open(2), close(2).
///
/// Public, because Embedded Swift has to see the `deinit` of a type without copies. No product exports it.
public struct FileDescriptor: ~Copyable, Sendable {
  /// The C number of the descriptor.
  package let rawValue: Int32

  /// Takes ownership of an open descriptor.
  package init(owning rawValue: Int32) { self.rawValue = rawValue }

  deinit { close(rawValue) }

  /// Opens a file for reading (`O_RDONLY|O_CLOEXEC`).
  ///
  /// - Throws: what open(2) left in errno; `ENOENT` for a path that holds a NUL.
  package static func open(reading path: [UInt8]) throws(Errno) -> FileDescriptor {
    try unsafe open(path) { unsafe open_file($0, O_RDONLY) }
  }

  /// Writes bytes into an existing file, such as a setting in `/proc/sys`; open(2), write(2).
  ///
  /// - Throws: what open(2) or write(2) left in errno; `ENOENT` for a path that holds a NUL.
  package static func write(_ bytes: [UInt8], toFileAt path: [UInt8]) throws(Errno) {
    let file = try unsafe open(path) { unsafe open_file($0, O_WRONLY) }
    try unsafe writeAll(bytes.span.bytes, to: file.rawValue)
  }

  /// Duplicates a descriptor (`F_DUPFD_CLOEXEC`, fcntl(2)).
  ///
  /// - Throws: `EBADF` for a number that is no open descriptor.
  package static func duplicate(_ descriptor: Int32) throws(Errno) -> FileDescriptor {
    let copy = duplicate_descriptor(descriptor)
    guard copy >= 0 else { throw .last }
    return FileDescriptor(owning: copy)
  }

  /// The inode number, which is unique in a file system; 0 where fstat(2) fails (`st_ino`).
  package var inode: UInt {
    var status = stat()
    return unsafe fstat(rawValue, &status) == 0 ? UInt(status.st_ino) : 0
  }

  /// Opens a program that is pinned in the BPF file system; bpf(2), `BPF_OBJ_GET`.
  ///
  /// - Throws: what bpf(2) left in errno.
  package static func open(pinnedProgram path: [UInt8]) throws(Errno) -> FileDescriptor {
    try unsafe open(path) { unsafe open_pinned_program($0) }
  }

  private static func open(
    _ path: [UInt8], _ call: (UnsafePointer<CChar>) -> Int32
  ) throws(Errno) -> FileDescriptor {
    guard let path = path.nulTerminated else { throw .noSuchFileOrDirectory }
    let descriptor = unsafe path.withUnsafeBytes { bytes in
      retryingInterrupted { unsafe call(bytes.baseAddress!.assumingMemoryBound(to: CChar.self)) }
    }
    guard descriptor >= 0 else { throw .last }
    return FileDescriptor(owning: descriptor)
  }

  /// Appends the rest of the file to `bytes`, up to `limit` bytes in all; read(2).
  package func readAll(into bytes: inout [UInt8], limit: Int) throws(Errno) {
    while bytes.count < limit, try readSome(into: &bytes, atMost: limit - bytes.count) > 0 {}
  }

  /// Waits for bytes and appends them; read(2).
  ///
  /// - Returns: the number of bytes; 0 at the end of the file.
  package func readSome(into bytes: inout [UInt8], atMost limit: Int = .max) throws(Errno) -> Int {
    var result = 0
    let added = unsafe [UInt8](unsafeUninitializedCapacity: min(32 * 1024, limit)) { buffer, count in
      result = retryingInterrupted { unsafe read(rawValue, buffer.baseAddress!, buffer.count) }
      count = max(result, 0)
    }
    if result < 0 { throw .last }
    bytes += added
    return result
  }
}

/// A standard stream, which has no owner.
package enum StandardStream: Int32 {
  case input = 0
  case output = 1
  case error = 2

  /// The stream as a file descriptor that closes the stream when it goes.
  package func fileDescriptor() -> FileDescriptor { FileDescriptor(owning: rawValue) }

  /// Whether the stream is a terminal; isatty(3).
  package var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of the bytes; write(2). False when they cannot be written.
  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool { unsafe write(bytes.span.bytes) }

  /// Writes all of the bytes; write(2). False when they cannot be written.
  @discardableResult
  package func write(_ bytes: RawSpan) -> Bool {
    do throws(Errno) {
      try writeAll(bytes, to: rawValue)
      return true
    } catch { return false }
  }
}

/// Writes all bytes, in as many calls as that takes; write(2).
///
/// - Throws: what write(2) left in errno; `EIO` where a call writes nothing.
private func writeAll(_ bytes: RawSpan, to descriptor: Int32) throws(Errno) {
  var rest = bytes
  while !rest.isEmpty {
    let count = retryingInterrupted {
      unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress!, $0.count) }
    }
    if count < 0 { throw .last }
    if count == 0 { throw Errno(EIO) }
    rest = rest.extracting(droppingFirst: count)
  }
}

/// Calls again as long as the call fails with EINTR.
package func retryingInterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || last_errno() != EINTR { return result }
  }
}
