import Foundation

/// What a thread of its own writes to standard output and standard error.
package struct StandardStreams: Sendable {
  package let output: String
  package let error: String

  /// A stream could not be made.
  package struct Unavailable: Error {
    package let call: String
    package let errno: Int32
  }

  /// Calls `body` on a thread whose standard output and error are files, and standard error maybe a terminal.
  ///
  /// The thread has copies of all descriptors (`CLONE_FILES`), so other tests keep their own streams. What `body` opens, it
  /// has to close.
  package static func collect(
    isErrorTerminal: Bool = false, hasOutput: Bool = true, _ body: @escaping @Sendable () -> Void
  ) throws -> StandardStreams {
    let output = try Self.file()
    let error = isErrorTerminal ? try Terminal() : Terminal(file: try Self.file())
    defer { [output, error.reading, error.writing].forEach { close($0) } }
    let (inside, isDone) = (error.writing, DispatchSemaphore(value: 0))
    Thread {
      if unshare(.files) {
        if hasOutput { dup2(output, 1) } else { close(1) }
        dup2(inside, 2)
        body()
      }
      isDone.signal()
    }.start()
    isDone.wait()
    lseek(output, 0, SEEK_SET)
    return StandardStreams(output: Self.text(output), error: Self.text(error.reading))
  }

  /// A file without a name.
  private static func file() throws -> Int32 {
    var name = [CChar]("/tmp/vethctl-test-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw Unavailable(call: "mkstemp", errno: errno) }
    unlink(name)
    return file
  }

  private static func text(_ file: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Two ends: a terminal and who sits at it, or twice the same file.
  private struct Terminal {
    let reading: Int32
    let writing: Int32

    init(file: Int32) {
      // Another file description, whose offset is at the beginning.
      (reading, writing) = (open("/proc/self/fd/\(file)", O_RDONLY), file)
    }

    init() throws {
      let reading = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var isLocked: CInt = 0
      // TIOCSPTLCK and TIOCGPTPEER, ioctl_tty(2).
      guard reading >= 0, ioctl(reading, 0x4004_5431, &isLocked) == 0 else {
        throw Unavailable(call: "ptmx", errno: errno)
      }
      let writing = ioctl(reading, 0x5441, O_RDWR | O_NOCTTY)
      guard writing >= 0 else { throw Unavailable(call: "TIOCGPTPEER", errno: errno) }
      // Bytes arrive as they were written, and reading does not wait for more.
      var settings = termios()
      tcgetattr(writing, &settings)
      cfmakeraw(&settings)
      tcsetattr(writing, TCSANOW, &settings)
      _ = fcntl(reading, F_SETFL, O_NONBLOCK)
      (self.reading, self.writing) = (reading, writing)
    }
  }
}
