internal import CMnl

/// The number a failed system call leaves behind; errno(3).
public struct Errno: Error, Equatable, Sendable {
  /// The C value, positive.
  public let rawValue: Int32

  /// Wraps a C value, taking off the sign that the kernel gives it inside messages.
  public init(_ rawValue: Int32) {
    self.rawValue = rawValue == Int32.min ? Int32.max : abs(rawValue)
  }

  /// What the calling thread's last failed call left in `errno`.
  package static var last: Errno { Errno(last_errno()) }

  /// The C library's sentence for it; strerror(3).
  public var text: [UInt8] { unsafe [UInt8](cString: error_text(rawValue)) }

  /// Its name in C, such as `EEXIST`; nil where the C library has none.
  public var name: [UInt8]? {
    guard let name = unsafe error_name(rawValue) else { return nil }
    return unsafe [UInt8](cString: name)
  }
}

extension Errno {
  /// Whether it says that the machine has too little of something now, and nothing of what was asked for.
  package var isShortage: Bool { [ENOMEM, ENOBUFS, EMFILE, ENFILE].contains(rawValue) }

  /// `EPERM`.
  public static var notPermitted: Errno { Errno(EPERM) }
  /// `ENOENT`.
  public static var noSuchFile: Errno { Errno(ENOENT) }
  /// `ESRCH`.
  public static var noSuchProcess: Errno { Errno(ESRCH) }
  /// `EINTR`.
  public static var interrupted: Errno { Errno(EINTR) }
  /// `EACCES`.
  public static var accessDenied: Errno { Errno(EACCES) }
  /// `EEXIST`.
  public static var exists: Errno { Errno(EEXIST) }
  /// `ENODEV`.
  public static var noSuchDevice: Errno { Errno(ENODEV) }
  /// `EINVAL`.
  public static var invalidArgument: Errno { Errno(EINVAL) }
  /// `ERANGE`.
  public static var outOfRange: Errno { Errno(ERANGE) }
  /// `ENOTCONN`.
  public static var notConnected: Errno { Errno(ENOTCONN) }
  /// `ENOBUFS`.
  public static var noBufferSpace: Errno { Errno(ENOBUFS) }
  /// `EADDRNOTAVAIL`.
  public static var addressNotAvailable: Errno { Errno(EADDRNOTAVAIL) }
}
