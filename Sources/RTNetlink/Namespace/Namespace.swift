internal import CMnl
public import Netlink
public import SystemCalls

/// A network namespace that is held open, so that it stays and stays the same; network_namespaces(7).
public struct Namespace: ~Copyable {
  /// The directory in which `ip netns add` gives namespaces their names.
  package static var directory: StaticString { "/run/netns" }

  private let descriptor: FileDescriptor

  /// What the kernel knows it by in requests (`IFLA_NET_NS_FD`, `NETNSA_FD`).
  public var rawDescriptor: Int32 { descriptor.rawValue }

  private init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// The namespace that `ip netns add NAME` made.
  ///
  /// - Throws: what open(2) says; `ENOENT` for a name that would leave the directory.
  public static func named(_ name: [UInt8]) throws(Errno) -> Namespace {
    guard !name.contains(ascii("/")) else { throw .noSuchFileOrDirectory }
    return try at(path: path(of: name))
  }

  /// The file that stands for a name.
  package static func path(of name: [UInt8]) -> [UInt8] { [UInt8](directory) + [ascii("/")] + name }

  /// The namespace that a file stands for, such as `/proc/PID/ns/net`.
  ///
  /// - Throws: what open(2) says.
  public static func at(path: [UInt8]) throws(Errno) -> Namespace {
    Namespace(try FileDescriptor.open(reading: path))
  }

  /// The namespace that an open descriptor stands for, such as one that a caller has handed on.
  ///
  /// - Throws: `EBADF` for a number that is no open file.
  public static func behind(descriptor: Int32) throws(Errno) -> Namespace {
    Namespace(try FileDescriptor.duplicate(descriptor))
  }

  /// The same, held once more.
  ///
  /// - Throws: `EMFILE` where a process has no descriptor left.
  public borrowing func duplicate() throws(NetlinkError) -> Namespace {
    do throws(Errno) { return try .behind(descriptor: rawDescriptor) } catch { throw .systemCall("fcntl", error) }
  }

  /// The namespace of the calling thread.
  ///
  /// - Throws: what open(2) says.
  public static func current() throws(Errno) -> Namespace { try at(path: [UInt8]("/proc/thread-self/ns/net")) }

  /// The namespace of a process, through its pidfd and so never another's; before Linux 6.11 by its number.
  ///
  /// - Throws: `ESRCH` when it has ended.
  public static func of(_ process: borrowing ProcessHandle, pid: Int32) throws(Errno) -> Namespace {
    do throws(Errno) { return Namespace(try process.networkNamespace()) } catch {
      guard error != .noSuchProcess else { throw error }
    }
    var path = [UInt8]("/proc/")
    path.append(decimal: pid)
    let namespace = try at(path: path + [UInt8]("/ns/net"))
    // Alive after the file was opened, it is the one that the file is of.
    guard process.isRunning else { throw .noSuchProcess }
    return namespace
  }

  /// A number that no other namespace has while this one is held open (its inode, as in `/proc/PID/ns/net`).
  public var number: UInt { descriptor.inode }

  /// Moves the calling thread there: sockets that it opens from then on are there; setns(2).
  ///
  /// - Throws: `EPERM` without `CAP_SYS_ADMIN` on both sides; `EINVAL` where it is no network namespace.
  public borrowing func enter() throws(Errno) {
    guard enter_network_namespace(descriptor.rawValue) == 0 else { throw .last }
  }
}
