internal import CMnl

/// Numbers that nobody guesses; getrandom(2).
package enum Random {
  /// Any number; 0 where the kernel has none to give.
  package static var number: UInt32 { random_number() }
}
