internal import CMnl

/// Time that only goes forward; clock_gettime(2), `CLOCK_MONOTONIC`.
package enum Clock {
  /// In milliseconds, from some moment on.
  package static var milliseconds: Int {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
