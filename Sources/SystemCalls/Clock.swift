internal import CMnl

/// The time of day where the user lives.
package enum Clock {
  /// The time as strftime(3) writes it, and the microseconds beyond it.
  package static func now(_ format: StaticString) -> (text: [UInt8], microseconds: Int) {
    var text = [UInt8](repeating: 0, count: 40)
    var microseconds = 0
    let count = unsafe text.withUnsafeMutableBytes { bytes in
      unsafe write_local_time(
        bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count,
        UnsafeRawPointer(format.utf8Start).assumingMemoryBound(to: CChar.self), &microseconds)
    }
    return ([UInt8](text[..<count]), microseconds)
  }
}
