import Foundation

/// A process that does nothing in the namespace of the thread that started it, and so keeps it.
package final class Sleeper: Sendable {
  package let pid: pid_t

  /// Starts it, in the namespace of the calling thread.
  package init() throws {
    // Longer than all tests take together: other tests may keep the one that needs it waiting.
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("7200"), nil]
    defer { arguments.forEach { free($0) } }
    var pid: pid_t = 0
    guard posix_spawnp(&pid, "sleep", nil, nil, &arguments, environ) == 0 else { throw Missing() }
    self.pid = pid
  }

  /// Ends the process, this one and no other: its number is ours until we have waited for it.
  deinit {
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }
}
