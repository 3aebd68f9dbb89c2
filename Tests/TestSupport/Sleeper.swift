import Foundation

/// A process that sleeps in the namespace of the thread that started it, and so keeps the namespace alive.
package final class Sleeper: Sendable {
  package let pid: pid_t

  /// Starts the process in the namespace of the calling thread.
  package init() throws {
    // Longer than all tests take together, because they run at the same time.
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("7200"), nil]
    defer { arguments.forEach { free($0) } }
    var pid: pid_t = 0
    guard posix_spawnp(&pid, "sleep", nil, nil, &arguments, environ) == 0 else { throw Missing() }
    self.pid = pid
  }

  /// Ends the process. No other process gets its PID before waitpid(2).
  deinit {
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }
}
