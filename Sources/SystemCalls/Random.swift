internal import CMnl

/// Numbers that nobody guesses; getrandom(2).
package enum Random {
  /// Any number; 0 where the kernel has none to give.
  package static var number: UInt32 {
    var number: UInt32 = 0
    unsafe _ = getrandom(&number, MemoryLayout<UInt32>.size, 0)
    return number
  }
}
