internal import CMnl
internal import SystemCalls

extension RawSpan {
  /// The number at an offset; nil where the bytes end before.
  public func load<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value? {
    guard offset >= 0, byteCount - offset >= MemoryLayout<Value>.size else { return nil }
    return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }

  /// Copies the first bytes over a C struct of plain numbers, such as a message header; false where there are too few.
  ///
  /// (The constraint `BitwiseCopyable` would be right here, but crashes the Embedded compiler of Swift 6.3 for imported
  /// structs.)
  package func copy<CStruct>(to value: inout CStruct) -> Bool {
    let size = MemoryLayout<CStruct>.size
    guard byteCount >= size else { return false }
    unsafe withUnsafeBytes { source in
      unsafe withUnsafeMutableBytes(of: &value) { unsafe _ = memcpy($0.baseAddress!, source.baseAddress!, size) }
    }
    return true
  }

  /// Copies as many bytes as `storage` has room for.
  package func copyPrefix<Storage>(to storage: inout Storage) {
    let count = Swift.min(byteCount, MemoryLayout<Storage>.size)
    guard count > 0 else { return }
    unsafe withUnsafeBytes { source in
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe copyBytes(source.baseAddress!, count, to: $0.baseAddress!)
      }
    }
  }
}

/// Hands the bytes of a plain value to `body`, the first `count` or all.
package func withRawBytes<Value>(
  of value: Value, first count: Int = MemoryLayout<Value>.size, _ body: (RawSpan) -> Void
) {
  unsafe withUnsafeBytes(of: value) { bytes in
    unsafe body(UnsafeRawBufferPointer(start: bytes.baseAddress, count: min(count, bytes.count)).bytes)
  }
}
