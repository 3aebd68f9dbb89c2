import Foundation

/// What a thread can have to itself, with its number in linux/sched.h.
package enum Unshareable: Int32 {
  /// `CLONE_FILES`: the open files, which are then copies.
  case files = 0x0000_0400
  /// `CLONE_NEWNS`.
  case mounts = 0x0002_0000
  /// `CLONE_NEWNET`.
  case network = 0x4000_0000
}

/// Gives the calling thread a new one of these, which only it and what it starts are in; unshare(2).
///
/// - Returns: whether that could be done.
package func unshare(_ what: Unshareable) -> Bool {
  // The C library declares it for _GNU_SOURCE only, and so the module Glibc does not.
  let unshare = unsafeBitCast(dlsym(nil, "unshare"), to: (@convention(c) (Int32) -> Int32).self)
  return unshare(what.rawValue) == 0
}
