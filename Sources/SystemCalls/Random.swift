internal import CMnl

/// Random numbers that cannot be predicted; getrandom(2).
package enum Random {
  /// Any number; 0 where getrandom(2) fails.
  package static var number: UInt32 {
    var number: UInt32 = 0
    unsafe _ = getrandom(&number, MemoryLayout<UInt32>.size, 0)
    return number
  }
}
