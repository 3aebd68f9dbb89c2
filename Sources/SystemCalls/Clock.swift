internal import CMnl

/// The local time, and a clock that never goes back.
package enum Clock {
  /// Milliseconds since some moment in the past; clock_gettime(2), `CLOCK_MONOTONIC`.
  package static var milliseconds: Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }

  /// The local time in the form that strftime(3) makes of a format, in up to 31 bytes, and the microseconds of the second.
  package static func now(_ format: StaticString) -> (text: [UInt8], microseconds: UInt32) {
    var now = timespec()
    var parts = unsafe tm()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    unsafe localtime_r(&now.tv_sec, &parts)
    var text: InlineArray<32, CChar> = .init(repeating: 0)
    return unsafe withUnsafeMutableBytes(of: &text) { bytes in
      let text = unsafe bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
      unsafe strftime(text, bytes.count, format.cString, &parts)
      return unsafe ([UInt8](cString: text), UInt32(now.tv_nsec / 1000))
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
