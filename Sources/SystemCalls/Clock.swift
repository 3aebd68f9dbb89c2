internal import CMnl

/// The time of day where the user lives, and time that only goes forward.
package enum Clock {
  /// In milliseconds, from some moment on; clock_gettime(2), `CLOCK_MONOTONIC`.
  package static var milliseconds: Int { monotonic_milliseconds() }

  /// The time as strftime(3) writes it, in up to 31 bytes, and the microseconds beyond it.
  package static func now(_ format: StaticString) -> (text: [UInt8], microseconds: UInt32) {
    var text: InlineArray<32, CChar> = .init(repeating: 0)
    return unsafe withUnsafeMutableBytes(of: &text) { bytes in
      let text = unsafe bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
      let microseconds = unsafe write_local_time(text, bytes.count, format.cString)
      return unsafe ([UInt8](cString: text), microseconds)
    }
  }
}

extension Clock {
  /// Suspends the thread; nanosleep(2).
  package static func sleep(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    unsafe _ = nanosleep(&time, nil)
  }
}
