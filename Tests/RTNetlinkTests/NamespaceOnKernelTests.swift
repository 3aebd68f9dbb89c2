import Foundation
import RTNetlink
import SystemCalls
import TestSupport
import Testing

@testable import Netlink

/// That links go to other namespaces and can be found there. The other namespace is that of a process which sleeps.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct NamespaceOnKernelTests {
  /// Calls `body` in a namespace of its own, with a process in another.
  private func withSleeper(_ body: @Sendable (inout NetlinkSocket, Sleeper) throws -> Void) async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      try body(&socket, sleeper)
    }
  }

  /// The namespace of the process.
  private static func namespace(of sleeper: Sleeper) throws -> Namespace {
    try Namespace.at(path: Array("/proc/\(sleeper.pid)/ns/net".utf8))
  }

  /// Moves the calling thread there, and answers what links it finds.
  private static func namesInside(_ namespace: borrowing Namespace) throws -> [String] {
    try namespace.enter()
    var socket = try NetlinkSocket.open()
    return try socket.names()
  }

  @Test("an end moves to the namespace of a process, by number or by descriptor", arguments: [true, false])
  func move(isByNumber: Bool) async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      try socket.makePair("v0", "v1")
      try socket.change("v1") {
        if isByNumber {
          $0.set(.namespaceOfProcess, to: sleeper.pid)
        } else {
          $0.set(.namespaceDescriptor, to: namespace.rawDescriptor)
        }
      }
      #expect(try socket.names() == ["lo", "v0"])
      #expect(try Self.namesInside(namespace) == ["lo", "v1"])
    }
  }

  @Test("the other end can be made where it is to be, under another name and number")
  func make() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      var request = LinkRequest.add()
      // The kernel passes over the other end's number unless this end has one too.
      request.setIndex(70)
      request.set(.name, to: "v0")
      request.setKind(Veth.kind) { own in
        own.setPeer { peer in
          peer.setIndex(90)
          peer.set(.name, to: "eth0")
          peer.set(.namespaceOfProcess, to: sleeper.pid)
        }
      }
      try socket.send(&request)
      let peer = try socket.link("v0") { $0[.peerIndex] } ?? nil
      #expect(peer == 90)
      #expect(try Self.namesInside(namespace) == ["eth0", "lo"])
    }
  }

  @Test("a namespace has an id once a link leads there, and through it the other end is seen from here")
  func id() async throws {
    try await withSleeper { socket, sleeper in
      let namespace = try Self.namespace(of: sleeper)
      #expect(try socket.namespaceID(of: namespace) == nil)

      try socket.makePair("v0", "v1")
      try socket.change("v1") { $0.set(.namespaceOfProcess, to: sleeper.pid) }
      let (peer, id) = try #require(try socket.link("v0") { ($0[.peerIndex], $0[.peerNamespaceID]) })
      #expect(id != nil)
      #expect(try socket.namespaceID(of: namespace) == id)

      var request = LinkRequest.get()
      request.setIndex(try #require(peer))
      request.set(.targetNamespaceID, to: try #require(id))
      var names: [KernelName?] = []
      try socket.links(&request) { names.append($0[.name]) }
      #expect(names == ["v1"])
    }
  }

  @Test("a namespace that is not there cannot be opened, and a file that is none cannot be entered")
  func noNamespace() async throws {
    try await PrivateNamespace.run {
      func errno(_ body: () throws -> Void) -> Int32? {
        (#expect(throws: Errno.self, performing: body))?.rawValue
      }
      #expect(errno { _ = try Namespace.at(path: Array("/proc/self/ns/nothing".utf8)) } == 2)
      #expect(errno { _ = try Namespace.at(path: Array("/proc/self/ns/net\0".utf8)) } == 2)
      #expect(errno { try Namespace.at(path: Array("/dev/null".utf8)).enter() } == 22)
    }
  }

  @Test("a namespace with a name is found in its folder, and nowhere else")
  func named() async throws {
    try await PrivateNamespace.run {
      // With a /run that only this thread sees.
      try #require(unshare(.mounts))
      try #require(mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0)
      try #require(mount("none", "/run", "tmpfs", 0, nil) == 0)
      let files = FileManager.default
      try files.createDirectory(atPath: "/run/netns", withIntermediateDirectories: true)
      for path in ["/run/netns/blue", "/run/outside"] {
        try files.createSymbolicLink(atPath: path, withDestinationPath: "/proc/thread-self/ns/net")
      }
      #expect(try Namespace.named(Array("blue".utf8)).rawDescriptor >= 0)
      for name in ["red", "../outside", "./blue", "blue\0"] {
        let error = #expect(throws: Errno.self) { _ = try Namespace.named(Array(name.utf8)) }
        #expect(error == .noSuchFileOrDirectory)
      }
    }
  }
}
