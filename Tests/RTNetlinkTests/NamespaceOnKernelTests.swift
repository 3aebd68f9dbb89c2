import CMnl
import Foundation
import Netlink
import SystemCalls
import TestSupport
import Testing

@testable import RTNetlink

/// Links move to other namespaces and are found there. The other namespace is that of a process which sleeps.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct NamespaceOnKernelTests {
  /// Calls `body` in a private namespace, with a process in another.
  private func withSleeper(_ body: @Sendable (inout NetlinkSocket, Sleeper) throws -> Void) async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try body(&socket, sleeper)
    }
  }

  private static func namespace(of sleeper: Sleeper) throws -> Namespace {
    try Namespace.open(path: "/proc/\(sleeper.pid)/ns/net")
  }

  /// The names of the links in a namespace.
  private static func names(in namespace: Namespace) throws -> [String] {
    var socket = try NetlinkSocket.open(.route, in: namespace)
    return try socket.names()
  }

  /// The inode of the namespace of the calling thread, read without the code under test.
  private static func currentNamespace() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self/ns/net")
  }

  @Test("an end moves to the namespace of a process, by PID or by descriptor", arguments: [true, false])
  func move(isByPID: Bool) async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      try socket.makePair("v0", "v1")
      try socket.change("v1") {
        if isByPID {
          $0[.namespaceOfProcess] = sleeper.pid
        } else {
          $0[.namespaceDescriptor] = namespace.rawDescriptor
        }
      }
      #expect(try socket.names() == ["lo", "v0"])
      #expect(try Self.names(in: namespace) == ["lo", "v1"])
    }
  }

  @Test("the peer can be created in another namespace, with a name and an index of its own")
  func create() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      var settings = LinkSettings(name: "v0")
      // The kernel ignores the index of the peer unless the other end has one too.
      settings.index = 70
      var peer = LinkSettings(name: "eth0")
      peer.index = 90
      peer[.namespaceOfProcess] = sleeper.pid
      settings.peer = peer
      try socket.createLink(settings)
      #expect(try socket.link("v0") { $0[.linkIndex] } == .some(90))
      #expect(try Self.names(in: namespace) == ["eth0", "lo"])
    }
  }

  @Test("a namespace has an id once a link leads there, and the peer is read through the id")
  func id() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      #expect(try socket.namespaceID(of: namespace) == nil)

      try socket.makePair("v0", "v1")
      try socket.change("v1") { $0[.namespaceOfProcess] = sleeper.pid }
      let (peer, id) = try #require(try socket.link("v0") { ($0[.linkIndex], $0[.linkNetnsID]) })
      #expect(try socket.namespaceID(of: namespace) == id)
      let (index, netnsID) = (try #require(peer), try #require(id))

      var names: [KernelName?] = []
      #expect(try socket.withLink(.index(index), in: netnsID) { names.append($0[.name]) } != nil)
      #expect(names == ["v1"])
      #expect(try socket.index(of: "v1", in: netnsID) == index)
      #expect(try socket.index(of: "v0", in: netnsID) == nil && socket.index(of: "v1") == nil)
      #expect(try socket.collectLinks(.dump(in: netnsID)) { $0[.name] } == ["lo", "v1"])
      // A target namespace of a dump of addresses is looked at where the kernel checks strictly.
      var other = try NetlinkSocket.open(.route, in: namespace)
      try other.addAddress(AddressSettings("10.0.0.1/24", linkIndex: index))
      socket.checkStrictly()
      var addresses: [IPAddress?] = []
      try socket.addresses(.dump(in: netnsID)) { addresses.append($0.local) }
      #expect(addresses == ["10.0.0.1"])
    }
  }

  @Test("a namespace that does not exist is not opened, and a file that is no namespace not entered")
  func noNamespace() async throws {
    try await PrivateNamespace.run {
      func reason(_ body: () throws(NetlinkError) -> Void) -> String? { failure(of: body) }
      let before = try Self.currentNamespace()
      #expect(
        reason { () throws(NetlinkError) in _ = try Namespace.open(path: "/proc/self/ns/nothing") } == "open: errno 2")
      #expect(
        reason { () throws(NetlinkError) in _ = try Namespace.open(path: "/proc/self/ns/net\0") } == "open: errno 2")
      #expect(
        reason { () throws(NetlinkError) in try Namespace.open(path: "/dev/null").enter() } == "setns: errno \(EINVAL)")
      #expect(reason { () throws(NetlinkError) in _ = try Namespace.open(descriptor: -1) } == "fcntl: errno \(EBADF)")
      #expect(
        reason { () throws(NetlinkError) in _ = try Namespace.open(pid: 0x7fff_ffff) } == "pidfd_open: errno \(ESRCH)")
      #expect(try Self.currentNamespace() == before)
    }
  }

  @Test("a namespace is opened by name, path, PID and descriptor, and is the same each time")
  func opened() async throws {
    try await withSleeper { _, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      #expect(try Namespace.open(pid: sleeper.pid).inode == namespace.inode)
      #expect(try Namespace.open(descriptor: namespace.rawDescriptor).inode == namespace.inode)
      #expect(try Namespace.current().inode != namespace.inode)
      #expect(try Self.currentNamespace() == Namespace.current().description)
    }
  }

  @Test("a name is a file in the directory of the names, and nothing else")
  func named() async throws {
    try await PrivateNamespace.run {
      // With a /run that only this thread has.
      try #require(unshare(.mounts))
      try #require(mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0)
      try #require(mount("none", "/run", "tmpfs", 0, nil) == 0)
      let files = FileManager.default
      try files.createDirectory(atPath: "/run/netns", withIntermediateDirectories: true)
      for path in ["/run/netns/blue", "/run/outside"] {
        try files.createSymbolicLink(atPath: path, withDestinationPath: "/proc/thread-self/ns/net")
      }
      #expect(try Namespace.open(named: "blue").inode == Namespace.current().inode)
      let error = #expect(throws: NetlinkError.self) { _ = try Namespace.open(named: "red") }
      #expect(error?.errno == .noSuchFileOrDirectory)
    }
  }

  @Test("a name of a namespace is one file name")
  func names() {
    for name in ["", ".", "..", "../outside", "./blue", "a/b", "/", "blue\0"] { #expect(NamespaceName(name) == nil) }
    for name in ["blue", "...", "a b", "é"] { #expect(NamespaceName(name)?.description == name) }
    let blue: NamespaceName = "blue"
    #expect(blue == "blue" && blue != "red" && blue.path == Array("/run/netns/blue".utf8))
  }

  // MARK: - Work in another namespace

  @Test("work in another namespace runs there, and the calling thread stays in its own")
  func run() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      let before = try Self.currentNamespace()
      let inside = try namespace.run { () throws(NetlinkError) in
        (try Namespace.current().inode, try? Self.currentNamespace())
      }
      #expect(inside == (namespace.inode, "net:[\(namespace.inode)]"))
      #expect(try Self.currentNamespace() == before)

      // Without another thread where the caller is in the namespace already.
      let thread = pthread_self()
      let isSame = try Namespace.current().run { () throws(NetlinkError) in pthread_equal(pthread_self(), thread) != 0 }
      let isOther = try namespace.run { () throws(NetlinkError) in pthread_equal(pthread_self(), thread) == 0 }
      #expect(isSame && isOther)
    }
  }

  @Test("the error of the work is thrown, and the calling thread stays in its namespace")
  func failing() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      let before = try Self.currentNamespace()
      let error = failure { () throws(NetlinkError) in
        try namespace.run { () throws(NetlinkError) in throw NetlinkError.systemCall("test", .notPermitted) }
      }
      #expect(error == "test: errno 1")
      #expect(try Self.currentNamespace() == before)
    }
  }

  @Test("a refusal of setns(2) is thrown, and the calling thread stays in its namespace")
  func refused() async throws {
    try await PrivateNamespace.run {
      let before = try Self.currentNamespace()
      let file = try Namespace.open(path: "/dev/null")
      var isCalled = false
      let error = failure { () throws(NetlinkError) in
        try file.run { () throws(NetlinkError) in isCalled = true }
      }
      #expect(error == "setns: errno \(EINVAL)" && !isCalled)
      let socket = failure { () throws(NetlinkError) in _ = try NetlinkSocket.open(.route, in: file) }
      #expect(socket == "setns: errno \(EINVAL)")
      let events = failure { () throws(NetlinkError) in _ = try EventSocket.open(.route, .links, in: file) }
      #expect(events == "setns: errno \(EINVAL)")
      #expect(try Self.currentNamespace() == before)
    }
  }
}
