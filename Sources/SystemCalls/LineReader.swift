/// The lines of a file or a pipe, as they come; getline(3).
package struct LineReader: ~Copyable {
  private let file: FileDescriptor
  /// What was read and not yet handed out, from `start` on.
  private var bytes: [UInt8] = []
  private var start = 0

  /// Reads from a file that is open.
  package init(_ file: consuming FileDescriptor) { self.file = file }

  /// Whether the next line is here already, so that nobody has to be waited for.
  package var isNextAtHand: Bool { bytes[start...].contains(ascii("\n")) }

  /// The next line with its newline, which the last one may lack; nil at the end.
  ///
  /// - Throws: what read(2) says.
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
