internal import CMnl

/// One process for as long as it lives, whoever gets its number afterwards; pidfd_open(2).
public struct Process: ~Copyable {
  private let descriptor: FileDescriptor

  /// Takes hold of the process that has this number now, in the caller's PID namespace.
  ///
  /// - Throws: `ESRCH` where there is none; `ENOSYS` before Linux 5.3.
  public static func open(_ pid: Int32) throws(Errno) -> Process {
    let descriptor = open_process(pid)
    guard descriptor >= 0 else { throw .last }
    return Process(descriptor: FileDescriptor(owning: descriptor))
  }

  /// Whether it has not ended yet: a pidfd becomes readable when its process exits.
  public var isRunning: Bool {
    // Where the kernel has no answer at the moment, it is asked again.
    for _ in 0..<3 {
      let count = wait_for_input(descriptor.rawValue, 0)
      if count >= 0 { return count == 0 }
    }
    return false
  }

  /// Its network namespace, through the pidfd and so never another process's (Linux 6.11).
  ///
  /// - Throws: `ESRCH` when it has ended; `ENOTTY` before Linux 6.11.
  public func networkNamespace() throws(Errno) -> FileDescriptor {
    let namespace = process_network_namespace(descriptor.rawValue)
    guard namespace >= 0 else { throw .last }
    return FileDescriptor(owning: namespace)
  }

  /// Keeps an object as long as our own process lives: at its end, the kernel takes back all there is at once, for which
  /// the program would need 2,000 instructions.
  package static func keepToItsEnd(_ object: AnyObject) { unsafe _ = Unmanaged.passRetained(object) }
}
