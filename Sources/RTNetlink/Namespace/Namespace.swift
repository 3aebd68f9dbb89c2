internal import CMnl
public import Netlink
package import SystemCalls

/// An open network namespace, which exists at least as long as it is open; network_namespaces(7).
public final class Namespace: Sendable {
  private let descriptor: FileDescriptor

  /// The number of the descriptor, for requests (`IFLA_NET_NS_FD`, `NETNSA_FD`).
  public var rawDescriptor: Int32 { descriptor.rawValue }

  /// The inode, which no other namespace has while this one is open; the number in `net:[4026531840]`.
  public var inode: UInt { descriptor.inode }

  private init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// Opens the namespace with a name; `ip netns add NAME` creates it.
  ///
  /// - Throws: the error of open(2): `ENOENT` where there is no such namespace.
  public static func open(named name: NamespaceName) throws(NetlinkError) -> Namespace { try open(path: name.path) }

  /// Opens the namespace of a file, such as `/proc/PID/ns/net`.
  ///
  /// - Throws: the error of open(2).
  public static func open(path: String) throws(NetlinkError) -> Namespace { try open(path: [UInt8](path.utf8)) }

  @inline(never)
  package static func open(path: [UInt8]) throws(NetlinkError) -> Namespace {
    Namespace(try systemCall("open", FileDescriptor.open(reading: path)))
  }

  /// Duplicates a descriptor of a namespace, such as one that a parent process has opened.
  ///
  /// - Throws: `EBADF` for a number that is no open descriptor.
  @inline(never)
  public static func open(descriptor: Int32) throws(NetlinkError) -> Namespace {
    Namespace(try systemCall("fcntl", FileDescriptor.duplicate(descriptor)))
  }

  /// Opens the namespace of the calling thread.
  ///
  /// - Throws: the error of open(2).
  @inline(never)
  public static func current() throws(NetlinkError) -> Namespace { try open(path: "/proc/thread-self/ns/net") }

  /// Opens the namespace of the process that has a PID now.
  ///
  /// - Throws: `ESRCH` where there is no such process, `EACCES` or `EPERM` where the namespace is not accessible.
  public static func open(pid: Int32) throws(NetlinkError) -> Namespace {
    try open(systemCall("pidfd_open", ProcessHandle.open(pid)), pid: pid)
  }

  /// Opens the namespace of a process through its pidfd (Linux 6.11), or by its PID, which is checked afterwards.
  @inline(never)
  package static func open(_ process: borrowing ProcessHandle, pid: Int32) throws(NetlinkError) -> Namespace {
    do throws(Errno) { return Namespace(try process.networkNamespace()) } catch {
      guard error != .noSuchProcess else { throw .systemCall("ioctl", error) }
    }
    let namespace = try open(path: sentence("/proc/%/ns/net", [UInt8](decimal: pid)))
    // A process that is running now was running when the file was opened, so the file was its own.
    guard process.isRunning else { throw .systemCall("open", .noSuchProcess) }
    return namespace
  }

  /// Moves the calling thread into the namespace for good; setns(2). Sockets that the thread opens later are in there.
  ///
  /// - Throws: `EPERM` without `CAP_SYS_ADMIN` in the namespace's user namespace; `EINVAL` where the descriptor is of no
  ///   network namespace.
  package func enter() throws(NetlinkError) {
    guard enter_network_namespace(descriptor.rawValue) == 0 else { throw .systemCall("setns", .last) }
  }

  /// Calls `body` in the namespace.
  ///
  /// `body` runs on a thread of its own, which ends in there: the calling thread never leaves its namespace, so no way
  /// back can fail.
  ///
  /// - Throws: the error of setns(2), or that of `body`.
  public func run<Result: ~Copyable>(
    _ body: () throws(NetlinkError) -> Result
  ) throws(NetlinkError) -> Result {
    if try Self.current().inode == inode { return try body() }
    var result: Result? = nil
    var failure: NetlinkError? = nil
    try systemCall(
      "pthread_create",
      Thread.run {
        do throws(NetlinkError) {
          try enter()
          result = try body()
        } catch { failure = error }
      })
    if let failure { throw failure }
    return result.take()!
  }
}

extension Namespace: CustomStringConvertible {
  /// The namespace as the links in `/proc/PID/ns` show it: `net:[4026531840]`.
  public var description: String { "net:[\(inode)]" }
}

extension NetlinkSocket {
  /// Opens a socket in a namespace.
  ///
  /// - Parameter port: the port of the socket (`nl_pid`); 0 lets the kernel choose.
  /// - Throws: the error of setns(2), socket(2) or bind(2).
  public static func open(
    _ family: NetlinkFamily, in namespace: Namespace, port: UInt32 = 0
  ) throws(NetlinkError) -> NetlinkSocket {
    try namespace.run { () throws(NetlinkError) in try .open(family, port: port) }
  }
}

extension EventSocket {
  /// Subscribes to groups of events of a namespace.
  ///
  /// - Throws: the error of setns(2), socket(2) or bind(2).
  public static func open(
    _ family: NetlinkFamily, _ groups: EventGroups, in namespace: Namespace
  ) throws(NetlinkError) -> EventSocket {
    try namespace.run { () throws(NetlinkError) in try .open(family, groups) }
  }
}
