internal import CMnl

/// A pidfd: a descriptor of one process, and never of another that gets the same PID later; pidfd_open(2).
///
/// Public, because Embedded Swift has to see the `deinit` of a type without copies. No product exports it.
public struct ProcessHandle: ~Copyable {
  private let descriptor: FileDescriptor

  /// Opens the process that has this PID now, in the caller's PID namespace.
  ///
  /// - Throws: `ESRCH` where there is no such process; `ENOSYS` before Linux 5.3.
  package static func open(_ pid: Int32) throws(Errno) -> ProcessHandle {
    let descriptor = open_process(pid)
    guard descriptor >= 0 else { throw .last }
    return ProcessHandle(descriptor: FileDescriptor(owning: descriptor))
  }

  /// Whether the process has not exited: a pidfd becomes readable when its process exits.
  package var isRunning: Bool {
    // ppoll(2) can fail for a moment, such as with EINTR.
    for _ in 0..<3 {
      let count = wait_for_input(descriptor.rawValue, 0)
      if count >= 0 { return count == 0 }
    }
    return false
  }

  /// The network namespace of the process (`PIDFD_GET_NET_NAMESPACE`, Linux 6.11).
  ///
  /// - Throws: `ESRCH` where the process has exited; `ENOTTY` before Linux 6.11.
  package func networkNamespace() throws(Errno) -> FileDescriptor {
    let namespace = process_network_namespace(descriptor.rawValue)
    guard namespace >= 0 else { throw .last }
    return FileDescriptor(owning: namespace)
  }
}
