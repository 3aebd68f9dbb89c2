internal import CMnl

/// Copies bytes as memcpy(3) does, without a call where there are 16 bytes or fewer.
///
/// Worth 0.4 % of the wall time of a listing in text, and 3.3 % in JSON: most of the pieces are short.
@unsafe @inline(__always)
package func copyBytes(_ first: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer) {
  if length >= 4 {
    if length <= 8 {
      unsafe copyEnds(first, length, to: target, as: UInt32.self)
    } else if length <= 16 {
      unsafe copyEnds(first, length, to: target, as: UInt64.self)
    } else {
      unsafe memcpy(target, first, length)
    }
  } else if length >= 2 {
    unsafe copyEnds(first, length, to: target, as: UInt16.self)
  } else if length == 1 {
    unsafe copyEnds(first, length, to: target, as: UInt8.self)
  }
}

/// Copies at most as many bytes as two words have: the first word and the last word, which may overlap.
@unsafe @inline(__always)
private func copyEnds<Word: BitwiseCopyable>(
  _ first: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer, as type: Word.Type
) {
  let last = length &- MemoryLayout<Word>.size
  let words = unsafe (first.loadUnaligned(as: type), (first + last).loadUnaligned(as: type))
  unsafe target.storeBytes(of: words.0, as: type)
  unsafe (target + last).storeBytes(of: words.1, as: type)
}
