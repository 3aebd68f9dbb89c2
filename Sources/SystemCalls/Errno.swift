internal import CMnl

/// The number of an error that a system call reports; errno(3).
///
/// The names of the members are those of swift-system.
public struct Errno: Error, Hashable, Sendable {
  /// The C value, positive.
  public let rawValue: Int32

  /// Wraps a C value. A negative value, as in a message of the kernel, loses its sign.
  public init(_ rawValue: Int32) {
    self.rawValue = rawValue == Int32.min ? Int32.max : abs(rawValue)
  }

  /// The value of `errno` in the calling thread.
  package static var last: Errno { Errno(last_errno()) }

  /// The C library's sentence, such as `No such device`; strerror(3).
  package var text: [UInt8] { unsafe [UInt8](cString: strerror(rawValue)) }

  /// The name in C, such as `EEXIST`; nil where the C library has none.
  package var nameBytes: [UInt8]? {
    guard let name = unsafe error_name(rawValue) else { return nil }
    return unsafe [UInt8](cString: name)
  }

  /// The name in C, such as `EEXIST`; nil where the C library knows none (glibc before 2.32).
  public var name: String? { nameBytes.map { String(decoding: $0, as: UTF8.self) } }
}

extension Errno: CustomStringConvertible {
  /// The C library's sentence, such as `No such device`; strerror(3).
  @inline(never)
  public var description: String { String(decoding: text, as: UTF8.self) }
}

extension Errno {
  /// Whether the machine lacks memory, buffers or descriptors, which says nothing about the object of the request.
  package var isShortage: Bool { [ENOMEM, ENOBUFS, EMFILE, ENFILE].contains(rawValue) }

  /// `EPERM`.
  public static var notPermitted: Errno { Errno(EPERM) }
  /// `ENOENT`.
  public static var noSuchFileOrDirectory: Errno { Errno(ENOENT) }
  /// `ESRCH`.
  public static var noSuchProcess: Errno { Errno(ESRCH) }
  /// `EINTR`.
  public static var interrupted: Errno { Errno(EINTR) }
  /// `EBADF`.
  public static var badFileDescriptor: Errno { Errno(EBADF) }
  /// `EACCES`.
  public static var permissionDenied: Errno { Errno(EACCES) }
  /// `EEXIST`.
  public static var fileExists: Errno { Errno(EEXIST) }
  /// `ENODEV`.
  public static var operationNotSupportedByDevice: Errno { Errno(ENODEV) }
  /// `EINVAL`.
  public static var invalidArgument: Errno { Errno(EINVAL) }
  /// `ERANGE`.
  public static var outOfRange: Errno { Errno(ERANGE) }
  /// `ENOTCONN`.
  public static var socketNotConnected: Errno { Errno(ENOTCONN) }
  /// `ENOBUFS`.
  public static var noBufferSpace: Errno { Errno(ENOBUFS) }
  /// `EADDRINUSE`.
  public static var addressInUse: Errno { Errno(EADDRINUSE) }
  /// `EADDRNOTAVAIL`.
  public static var addressNotAvailable: Errno { Errno(EADDRNOTAVAIL) }
}
