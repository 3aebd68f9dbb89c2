import Foundation

/// A namespace that a thread can have of its own, by the flag of linux/sched.h.
package enum Unshareable: Int32 {
  /// `CLONE_FILES`: the open files, which are then copies.
  case files = 0x0000_0400
  /// `CLONE_NEWNS`.
  case mounts = 0x0002_0000
  /// `CLONE_NEWNET`.
  case network = 0x4000_0000
}

/// Moves the calling thread into a new namespace; unshare(2).
///
/// - Returns: false where the kernel refuses.
package func unshare(_ what: Unshareable) -> Bool {
  // The C library declares unshare(2) for _GNU_SOURCE only.
  let unshare = unsafeBitCast(dlsym(nil, "unshare"), to: (@convention(c) (Int32) -> Int32).self)
  return unshare(what.rawValue) == 0
}
