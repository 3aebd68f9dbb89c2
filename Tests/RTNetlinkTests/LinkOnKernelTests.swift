import RTNetlink
import TestSupport
import Testing

@testable import Netlink

/// That a real kernel takes the requests about links, and that its answers are read, in namespaces of their own.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct LinkOnKernelTests {
  /// Calls `body` with a socket in a new namespace that holds the pair v0 and v1.
  private func withPair(_ body: @Sendable (inout NetlinkSocket) throws -> Void) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      try socket.makePair("v0", "v1")
      try body(&socket)
    }
  }

  @Test("a pair is found by dump and by get, and its ends know each other")
  func pair() async throws {
    try await withPair { socket in
      #expect(try socket.names() == ["lo", "v0", "v1"])
      for (name, other) in [("v0", "v1"), ("v1", "v0")] {
        let index = try socket.index(of: other)
        let end = try socket.link(name) { (kind: $0.kind?.text, peer: $0[.peerIndex], space: $0[.peerNamespaceID]) }
        #expect(try #require(end) == ("veth", index, nil))
      }
    }
  }

  @Test("a look ahead sees each link before its turn comes, and the next read's too")
  func lookingAhead() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      // More than one read brings, with each other end two reads away.
      let count: Int32 = 120
      for number in 0..<count {
        var request = LinkRequest.add()
        request.setIndex(1000 + number)
        request.setKind(Veth.kind) { $0.setPeer { $0.setIndex(2000 + number) } }
        try socket.send(&request)
      }
      var seen: [Int32] = []
      var reads: [[Int32]] = []
      var shown: [Int32] = []
      var heldBack = 0
      var dump = LinkRequest.dump()
      try socket.links(
        &dump,
        lookingAhead: { answers in
          var answers = answers
          var read: [Int32] = []
          while let name = answers.nextLinkName() { read.append(name.index) }
          reads.append(read)
          seen += read
        },
        { link in
          shown.append(link.index)
          // This link's own read, and the one behind it.
          let isAhead = reads.dropLast().contains { $0.contains(link.index) }
          #expect(isAhead || reads.last?.contains(link.index) == true)
          if isAhead { heldBack += 1 }
        })
      #expect(reads.count > 3)
      // All but those of the last read, which may hold the end alone.
      #expect(heldBack == shown.count - (reads.last { !$0.isEmpty }?.count ?? 0) || heldBack == shown.count)
      #expect(shown == seen)
      #expect(shown.count == 1 + 2 * Int(count))
    }
  }

  @Test("a pair is made with all that was said of each end, and the answer tells its number")
  func said() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      let facts = [
        LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:1"), LinkFact("group", .group, 7),
        LinkFact("transmitQueueLength", .transmitQueueLength, 0), LinkFact("transmitQueues", .transmitQueues, 3),
        LinkFact("receiveQueues", .receiveQueues, 4), LinkFact("gsoMaxSize", .gsoMaxSize, 60000),
      ]
      let peerFacts = [LinkFact("mtu", .mtu, 1300), LinkFact("address", .address, "2:0:0:0:0:2")]
      var request = LinkRequest.add()
      request.askForEcho()
      request.setIndex(70)
      request.set(.name, to: "own")
      facts.forEach { $0.write(&request) }
      request.setKind(Veth.kind) { own in
        own.setPeer { peer in
          peer.setIndex(90)
          peer.set(.noARP, on: true)
          peer.set(.name, to: "other")
          peerFacts.forEach { $0.write(&peer) }
        }
      }
      var told: [Int32?] = []
      try socket.links(&request) { told += [$0.index, $0[.peerIndex]] }
      #expect(told == [70, 90])

      let expected = [
        "own": ExpectedLink(
          index: 70, flags: [.broadcast, .multicast], hardwareType: 1, kind: "veth", facts: facts),
        "other": ExpectedLink(
          index: 90, flags: [.broadcast, .multicast, .noARP], hardwareType: 1, kind: "veth", facts: peerFacts),
      ]
      for (name, expected) in expected { #expect(try socket.link(name) { expected.check($0) } != nil) }
    }
  }

  @Test("a link takes what is set, and gives it back")
  func set() async throws {
    try await withPair { socket in
      let facts = [
        LinkFact("mtu", .mtu, 68), LinkFact("address", .address, "2:0:0:0:0:1"), LinkFact("group", .group, .max),
        LinkFact("broadcast", .broadcast, "2:0:0:0:0:ff"), LinkFact("mode", .mode, 1),
        LinkFact("transmitQueueLength", .transmitQueueLength, 5), LinkFact("gsoMaxSegments", .gsoMaxSegments, 1000),
        // The size for all protocols sets the one for IPv4 too, so that one comes first.
        LinkFact("groIPv4MaxSize", .groIPv4MaxSize, 40000), LinkFact("groMaxSize", .groMaxSize, 50000),
      ]
      for fact in facts {
        #expect(try socket.link("v0", fact.holds) == false, "\(fact.name) has to be something else before")
        try socket.change("v0") { fact.write(&$0) }
        #expect(try socket.link("v0", fact.holds) == true, "\(fact.name)")
      }
    }
  }

  @Test("flags are switched one by one, and none that was not meant")
  func flags() async throws {
    try await withPair { socket in
      let before = try socket.link("v0") { $0.flags }
      #expect(before == [.broadcast, .multicast])
      try socket.change("v0") { $0.set([.up, .allMulticast], on: true) }
      let between = try socket.link("v0") { $0.flags }
      #expect(between == [.broadcast, .multicast, .up, .allMulticast])
      try socket.change("v0") {
        $0.set(.up, on: false)
        $0.set(.noARP, on: true)
      }
      let after = try socket.link("v0") { $0.flags }
      #expect(after == [.broadcast, .multicast, .allMulticast, .noARP])
    }
  }

  @Test("a link is renamed by its number")
  func rename() async throws {
    try await withPair { socket in
      var request = LinkRequest.set()
      request.setIndex(try socket.index(of: "v0"))
      request.set(.name, to: "fifteen-letters")
      try socket.send(&request)
      #expect(try socket.names() == ["fifteen-letters", "lo", "v1"])
    }
  }

  @Test("an alias comes and goes, with any bytes in it")
  func alias() async throws {
    try await withPair { socket in
      let alias = [UInt8](1...255)
      try socket.change("v0") { $0.set(.alias, to: alias) }
      #expect(try socket.link("v0") { $0[.alias] } == .some(alias + [0]))
      try socket.change("v0") { $0.set(.alias, to: []) }
      #expect(try socket.link("v0") { $0[.alias] } == .some(nil))
    }
  }

  @Test("a port knows its bridge, and a dump can tell the ports of one")
  func bridge() async throws {
    try await withPair { socket in
      var request = LinkRequest.add()
      request.set(.name, to: "br0")
      request.setKind(Array("bridge".utf8)) { _ in }
      try socket.send(&request)
      let bridge = try socket.index(of: "br0")
      try socket.change("v1") { $0.set(.master, to: bridge) }

      let port = try #require(try socket.link("v1") { ($0[.master], $0.portKind?.text) })
      #expect(port == (bridge, "bridge"))
      var dump = LinkRequest.dump()
      dump.set(.master, to: bridge)
      var ports: [[UInt8]?] = []
      try socket.links(&dump) { ports.append($0[.name]?.bytes) }
      #expect(ports == [Array("v1".utf8)])
    }
  }

  @Test("a dump of one kind leaves the others out")
  func kinds() async throws {
    try await withPair { socket in
      var dump = LinkRequest.dump()
      dump.setKind(Veth.kind) { _ in }
      var count = 0
      try socket.links(&dump) { _ in count += 1 }
      #expect(count == 2)
    }
  }

  @Test("how IPv6 addresses are made is set where the kernel keeps it")
  func addressGeneration() async throws {
    try await withPair { socket in
      for mode in [1, 0] as [UInt8] {
        try socket.change("v0") { $0.setAddressGeneration(mode) }
        // IFLA_AF_SPEC, AF_INET6, IFLA_INET6_ADDR_GEN_MODE.
        let known = try socket.link("v0") { $0.attributes.nested(26).last(10)?.nested.last(8)?.value(as: UInt8.self) }
        #expect(known == mode)
      }
    }
  }

  @Test("deleting one end takes both away, and a group all of it")
  func delete() async throws {
    try await withPair { socket in
      try socket.makePair("v2", "v3")
      try socket.change("v2") { $0.set(.group, to: 7) }
      try socket.makePair("v4", "v5")

      var request = LinkRequest.delete()
      request.setTarget(Array("v1".utf8))
      try socket.send(&request)
      #expect(try socket.names() == ["lo", "v2", "v3", "v4", "v5"])

      var group = LinkRequest.delete()
      group.set(.group, to: 7)
      try socket.send(&group)
      #expect(try socket.names() == ["lo", "v4", "v5"])
    }
  }

  @Test("what cannot be done is refused, with the reason")
  func refusals() async throws {
    try await withPair { socket in
      let twice = #expect(throws: NetlinkError.self) { try socket.makePair("v0", "v9") }
      #expect(twice?.errno == .fileExists)
      let absent = #expect(throws: NetlinkError.self) { try socket.change("v9") { $0.set(.up, on: true) } }
      #expect(absent?.errno == .operationNotSupportedByDevice)
      let small = #expect(throws: NetlinkError.self) { try socket.change("v0") { $0.set(.mtu, to: 67) } }
      #expect(small?.errno == .invalidArgument)
      // The kernel says why; in which words is its own affair.
      guard case .refused(let refusal) = small else { throw Missing() }
      #expect(!refusal.sentence.isEmpty)
      #expect(Veth.mtuRange.lowerBound == 68)
    }
  }
}
