/// Reads the lines of a file or a pipe; getline(3).
package struct LineReader: ~Copyable {
  private let file: FileDescriptor
  /// The bytes read; those from `start` on are not returned yet.
  private var bytes: [UInt8] = []
  private var start = 0

  /// Reads from a file that is open.
  package init(_ file: consuming FileDescriptor) { self.file = file }

  /// Whether `next()` returns a line without reading, so that it cannot block.
  package var isNextAtHand: Bool { bytes[start...].contains(ascii("\n")) }

  /// The next line, including its newline, which the last line may lack; nil at the end.
  ///
  /// - Throws: what read(2) left in errno.
  package mutating func next() throws(Errno) -> [UInt8]? {
    var searched = start
    while true {
      if let end = bytes[searched...].firstIndex(of: ascii("\n")) {
        defer { start = end + 1 }
        return [UInt8](bytes[start...end])
      }
      bytes.removeFirst(start)
      start = 0
      searched = bytes.count
      if try file.readSome(into: &bytes) == 0 {
        if bytes.isEmpty { return nil }
        defer { bytes.removeAll() }
        return bytes
      }
    }
  }
}
