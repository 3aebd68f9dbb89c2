import CMnl
import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// Requests about links, and the answers of a real kernel, in private namespaces.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct LinkOnKernelTests {
  /// Calls `body` with a socket in a new namespace with the pair v0 and v1.
  private func withPair(_ body: @Sendable (inout NetlinkSocket) throws -> Void) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.makePair("v0", "v1")
      try body(&socket)
    }
  }

  @Test("a pair is found by dump and by get, and each end has the index of the other")
  func pair() async throws {
    try await withPair { socket in
      #expect(try socket.names() == ["lo", "v0", "v1"])
      for (name, other) in [("v0", "v1"), ("v1", "v0")] as [(LinkName, LinkName)] {
        let index = try socket.index(of: other)
        let end = try socket.link(name) { (kind: $0.kind, peer: $0[.linkIndex], namespace: $0[.linkNetnsID]) }
        #expect(try #require(end) == ("veth", index, nil))
      }
    }
  }

  @Test("an index is found by name, by a short and by a long alternative name, and nil where there is none")
  func index() async throws {
    try await withPair { socket in
      let index = try socket.existingIndex(of: "v0")
      // A name with a colon or a percent sign is no name of an interface, but an alternative name.
      let names: [LinkName] = ["left", "the-left-end-of-the-pair", "v0:1", "v0%d"]
      try socket.links(.addAlternativeNames(names, to: .index(index)))
      for name in names {
        #expect(try socket.index(of: name) == index)
        #expect(try socket.link(name) { $0.index } == index)
      }
      #expect(try socket.link("v0") { $0.alternativeNames } == names)
      try socket.links(.deleteAlternativeNames(["left"], from: .name("v0:1")))
      for name in ["left", "v2", "v0:2", "v1:", "no-name-of-a-link-at-all"] as [LinkName] {
        #expect(try socket.index(of: name) == nil)
        #expect(try socket.withLink(.name(name)) { _ in Issue.record("a link without that name") } == nil)
      }
      #expect(try socket.withLink(.index(4711)) { _ in Issue.record("a link without that index") } == nil)
    }
  }

  @Test("the id of a namespace that is not known is an error, and not the absence of the link")
  func unknownNamespace() async throws {
    try await withPair { socket in
      let byName = #expect(throws: NetlinkError.self) { try socket.index(of: "v0", in: 42) }
      #expect(byName?.errno == .invalidArgument)
      #expect(byName?.description == "Invalid target network namespace id")
      let byIndex = #expect(throws: NetlinkError.self) { try socket.withLink(.index(1), in: 42) { _ in } }
      #expect(byIndex?.errno == .invalidArgument && byIndex?.isNoSuchLink == false)
    }
  }

  @Test("a look ahead gets each link before its turn, and those of the next read too")
  func lookingAhead() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      // Several reads, and each peer two reads behind its end.
      let count: Int32 = 120
      for number in 0..<count {
        var settings = LinkSettings()
        settings.index = 1000 + number
        settings.peer = LinkSettings()
        settings.peer?.index = 2000 + number
        try socket.createLink(settings)
      }
      var seen: [Int32] = []
      var reads: [[Int32]] = []
      var shown: [Int32] = []
      var heldBack = 0
      try socket.links(
        .dump(),
        lookingAhead: { answers in
          var answers = answers
          var read: [Int32] = []
          while let link = answers.nextLinkSummary() { read.append(link.index) }
          reads.append(read)
          seen += read
        },
        { link in
          shown.append(link.index)
          // The read of this link, and the one behind.
          let isAhead = reads.dropLast().contains { $0.contains(link.index) }
          #expect(isAhead || reads.last?.contains(link.index) == true)
          if isAhead { heldBack += 1 }
        })
      #expect(reads.count > 3)
      // All but those of the last read, which may have the end of the dump alone.
      #expect(heldBack == shown.count - (reads.last { !$0.isEmpty }?.count ?? 0) || heldBack == shown.count)
      #expect(shown == seen)
      #expect(shown.count == 1 + 2 * Int(count))
    }
  }

  @Test("a pair is created with all settings of both ends, and the echo has the indexes")
  func create() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      let facts = [
        LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:1"), LinkFact("group", .group, 7),
        LinkFact("transmitQueueLength", .transmitQueueLength, 0), LinkFact("transmitQueues", .transmitQueues, 3),
        LinkFact("receiveQueues", .receiveQueues, 4), LinkFact("gsoMaxSize", .gsoMaxSize, 60000),
      ]
      let peerFacts = [LinkFact("mtu", .mtu, 1300), LinkFact("address", .address, "2:0:0:0:0:2")]
      var settings = LinkSettings(name: "own")
      settings.index = 70
      facts.forEach { $0.set(&settings) }
      var peer = LinkSettings(name: "other")
      peer.index = 90
      peer.set(.noARP, true)
      peerFacts.forEach { $0.set(&peer) }
      settings.peer = peer
      var request = LinkRequest.create(settings)
      request.askForEcho()
      var indexes: [Int32?] = []
      try socket.links(request) { indexes += [$0.index, $0[.linkIndex]] }
      #expect(indexes == [70, 90])

      let expected: [LinkName: ExpectedLink] = [
        "own": ExpectedLink(
          index: 70, flags: [.broadcast, .multicast], hardwareType: .ethernet, kind: "veth", facts: facts),
        "other": ExpectedLink(
          index: 90, flags: [.broadcast, .multicast, .noARP], hardwareType: .ethernet, kind: "veth", facts: peerFacts),
      ]
      for (name, expected) in expected { #expect(try socket.link(name) { expected.check($0) } != nil) }
    }
  }

  @Test("a link is created with the settings that need further requests, and so is its peer")
  func furtherRequests() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.createLink(LinkSettings(name: "br0", kind: Bridge.kind))
      let bridge = try socket.existingIndex(of: "br0")
      func settings(_ name: LinkName, _ mode: AddressGenerationMode) -> LinkSettings {
        var settings = LinkSettings(name: name)
        settings[.mtu] = 1400
        settings[.alias] = "text of \(name)"
        settings[.addressGenerationMode] = mode
        settings[.master] = bridge
        settings.isUp = true
        settings.alternativeNames = [LinkName("\(name)-as-an-alternative")!, LinkName("\(name)-2")!]
        return settings
      }
      var own = settings("v0", .random)
      let peer = settings("v1", .none)
      own.peer = peer
      try socket.createLink(own)
      for settings in [own, peer] {
        let unmet = try socket.link(try #require(settings.name)) { settings.unmet(by: $0).map(\.description) }
        #expect(unmet == [])
        let names = try socket.link(try #require(settings.name)) { $0.alternativeNames }
        #expect(names == settings.alternativeNames)
      }
      // A pattern, whose name is in the echo alone.
      var numbered = LinkSettings(name: "x%d")
      numbered[.alias] = "own"
      numbered.peer = LinkSettings(name: "y%d")
      numbered.peer?[.alias] = "peer"
      try socket.createLink(numbered)
      #expect(try socket.link("x0") { $0[.alias] } == "own" && socket.link("y0") { $0[.alias] } == "peer")
    }
  }

  @Test("a link whose further settings are refused is deleted again")
  func refusedFurtherRequest() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var settings = LinkSettings(name: "v0")
      settings.peer = LinkSettings(name: "v1")
      settings.peer?[.master] = 4711
      let error = #expect(throws: NetlinkError.self) { try socket.createLink(settings) }
      #expect(error?.errno == .invalidArgument || error?.errno == .operationNotSupportedByDevice)
      #expect(try socket.names() == ["lo"])
    }
  }

  @Test("a change adds alternative names, also together with a new name")
  func changeNames() async throws {
    try await withPair { socket in
      var settings = LinkSettings(name: "v2")
      settings.alternativeNames = ["left", "a-name-longer-than-fifteen"]
      try socket.changeLink("v0", settings)
      #expect(try socket.link("v2") { $0.alternativeNames } == ["left", "a-name-longer-than-fifteen"])
      settings = LinkSettings()
      settings.alternativeNames = ["other"]
      try socket.changeLink(.index(try socket.existingIndex(of: "v2")), settings)
      #expect(try socket.link("other") { $0.name } == "v2")
    }
  }

  @Test("links of every kind are created with the attributes of the kind")
  func kinds() async throws {
    try await withPair { socket in
      let below = try socket.existingIndex(of: "v0")
      var bridge = LinkSettings(name: "br0")
      bridge[Bridge.ageingTime] = 12300
      bridge[Bridge.groupAddress] = "01:80:c2:00:00:0d"
      bridge[Bridge.options] = BridgeOptions(.noLinkLocalLearning, true)
      var vlan = LinkSettings(name: "vlan0")
      vlan[.linkIndex] = below
      vlan[VLAN.tagProtocol] = UInt16(ETH_P_8021AD).bigEndian
      vlan[VLAN.id] = 5
      var macvlan = LinkSettings(name: "macvlan0")
      macvlan[.linkIndex] = try socket.existingIndex(of: "v1")
      macvlan[MACVLAN.mode] = MACVLAN_MODE_VEPA.rawValue
      var dummy = LinkSettings(name: "dummy0")
      dummy.set(kind: Dummy.kind)
      for settings in [bridge, vlan, macvlan, dummy] {
        let error = failure { () throws(NetlinkError) in try socket.createLink(settings) }
        // A kernel may lack a kind.
        if error?.hasPrefix("refused: errno \(EOPNOTSUPP), Unknown device type") == true { continue }
        #expect(error == nil)
        let unmet = try socket.link(try #require(settings.name)) { link in
          settings.unmet(by: link).map(\.description)
        }
        #expect(unmet == [])
        #expect(try socket.link(try #require(settings.name)) { $0.kind } == .some(settings.kind))
      }
      let options = try socket.link("br0") { $0[Bridge.options] } ?? nil
      #expect(options?[.noLinkLocalLearning] == true && options?[.multicastVLANSnooping] == false)
    }
  }

  @Test("a link has what is set, meets the setting, and is as before with the restored one")
  func set() async throws {
    try await withPair { socket in
      let facts = [
        LinkFact("mtu", .mtu, 68), LinkFact("address", .address, "2:0:0:0:0:1"), LinkFact("group", .group, .max),
        LinkFact("broadcast", .broadcast, "2:0:0:0:0:ff"), LinkFact("mode", .mode, .dormant),
        LinkFact("transmitQueueLength", .transmitQueueLength, 5), LinkFact("gsoMaxSegments", .gsoMaxSegments, 1000),
        // The size for all protocols sets the one for IPv4 too, so that one comes first.
        LinkFact("groIPv4MaxSize", .groIPv4MaxSize, 40000), LinkFact("groMaxSize", .groMaxSize, 50000),
        LinkFact("alias", .alias, "text"),
        LinkFact("addressGenerationMode", .addressGenerationMode, .none),
      ]
      for fact in facts {
        var settings = LinkSettings()
        fact.set(&settings)
        #expect(try socket.link("v0", fact.holds) == false, "\(fact.name) must have another value before")
        let before = try socket.link("v0") { (unmet: settings.unmet(by: $0).count, settings.restoring($0)) }
        let (unmet, restored) = try #require(before)
        #expect(unmet == 1)
        try socket.changeLink(.name("v0"), settings)
        #expect(try socket.link("v0", fact.holds) == true, "\(fact.name)")
        #expect(try socket.link("v0") { settings.unmet(by: $0).count } == 0)

        try socket.changeLink(.name("v0"), restored)
        let left = try socket.link("v0") { (restored.unmet(by: $0).count, settings.unmet(by: $0).count) }
        #expect(try #require(left) == (0, 1))
      }
    }
  }

  @Test("flags are changed one by one, and no others")
  func flags() async throws {
    try await withPair { socket in
      let before = try socket.link("v0") { $0.flags }
      #expect(before == [.broadcast, .multicast])
      try socket.change("v0") { $0.set([.up, .allMulticast], true) }
      let between = try socket.link("v0") { $0.flags }
      #expect(between == [.broadcast, .multicast, .up, .allMulticast])
      try socket.change("v0") {
        $0.isUp = false
        $0.set(.noARP, true)
      }
      let after = try socket.link("v0") { $0.flags }
      #expect(after == [.broadcast, .multicast, .allMulticast, .noARP])
    }
  }

  @Test("a link is renamed by its index")
  func rename() async throws {
    try await withPair { socket in
      var settings = LinkSettings()
      settings.name = "fifteen-letters"
      try socket.changeLink(.index(try socket.existingIndex(of: "v0")), settings)
      #expect(try socket.names() == ["fifteen-letters", "lo", "v1"])
    }
  }

  @Test("the kernel numbers a name that is a pattern")
  func pattern() async throws {
    try await withPair { socket in
      try socket.makePair("x%d", "v%d")
      #expect(try socket.names() == ["lo", "v0", "v1", "v2", "x0"])
    }
  }

  @Test("an alias has up to 255 bytes of any value, is removed, and restored")
  func alias() async throws {
    try await withPair { socket in
      let path = Property<Link, String>.alias.path
      func present() throws -> [UInt8]? { try socket.link("v0") { $0.payload(.alias)?.copied } ?? nil }
      for alias in [[UInt8](1...255), [UInt8](2...255), [1]] {
        try socket.change("v0") { $0.set(path, alias, "alias") }
        #expect(try present() == alias + [0])

        var other = LinkSettings()
        other[.alias] = ""
        let restored = try #require(try socket.link("v0") { other.restoring($0) })
        try socket.changeLink("v0", other)
        #expect(try present() == nil)
        try socket.changeLink("v0", restored)
        #expect(try present() == alias + [0])
      }
      try socket.change("v0") { $0[.alias] = String(repeating: "ä", count: 127) }
      #expect(try socket.link("v0") { $0[.alias] } == .some(String(repeating: "ä", count: 127)))
    }
  }

  @Test("a port has the index of its bridge, and a dump is of the ports of one bridge")
  func bridge() async throws {
    try await withPair { socket in
      var settings = LinkSettings(name: "br0")
      settings.set(kind: Bridge.kind)
      try socket.createLink(settings)
      let bridge = try socket.existingIndex(of: "br0")
      try socket.change("v1") { $0[.master] = bridge }

      let port = try #require(try socket.link("v1") { ($0[.master], $0.portKind) })
      #expect(port == (bridge, "bridge"))
      #expect(try socket.collectLinks(.dump(master: bridge)) { $0[.name] } == ["v1"])
      #expect(try socket.collectLinks(.dump(master: -1)) { $0[.name] } == ["lo", "v0", "br0"])

      var cost = LinkSettings()
      cost[BridgePort.cost] = 7
      cost[BridgePort.hairpin] = 1
      let restored = try #require(try socket.link("v1") { cost.restoring($0) })
      try socket.changeLink(.name("v1"), cost)
      #expect(try socket.link("v1") { cost.unmet(by: $0).count } == 0)
      try socket.changeLink(.name("v1"), restored)
      #expect(try socket.link("v1") { restored.unmet(by: $0).count } == 0)
      #expect(try socket.link("v1") { $0[BridgePort.hairpin] } == .some(0))
    }
  }

  @Test("a dump of one kind has no others")
  func kind() async throws {
    try await withPair { socket in
      #expect(try socket.collectLinks(.dump(kind: "veth")) { $0.index }.count == 2)
      var settings = LinkSettings(name: "br0")
      settings.set(kind: Bridge.kind)
      try socket.createLink(settings)
      #expect(try socket.collectLinks(.dump(kind: "bridge")) { $0[.name] } == ["br0"])
      var all = 0
      try socket.forEachLink { _ in all += 1 }
      #expect(all == 4)
    }
  }

  @Test("deleting one end deletes both, and a group is deleted as a whole")
  func delete() async throws {
    try await withPair { socket in
      try socket.makePair("v2", "v3")
      try socket.change("v2") { $0[.group] = 7 }
      try socket.makePair("v4", "v5")

      try socket.deleteLink(.name("v1"))
      #expect(try socket.names() == ["lo", "v2", "v3", "v4", "v5"])
      try socket.deleteLink(.group(7))
      #expect(try socket.names() == ["lo", "v4", "v5"])
      let gone = #expect(throws: NetlinkError.self) { try socket.deleteLink(.name("v1")) }
      #expect(gone?.isNoSuchLink == true)
    }
  }

  @Test("what the kernel refuses has a reason")
  func refusals() async throws {
    try await withPair { socket in
      let twice = #expect(throws: NetlinkError.self) { try socket.makePair("v0", "v9") }
      #expect(twice?.errno == .fileExists && twice?.isNoSuchLink == false)
      let absent = #expect(throws: NetlinkError.self) { try socket.change("v9") { $0.isUp = true } }
      #expect(absent?.isNoSuchLink == true)
      let small = #expect(throws: NetlinkError.self) { try socket.change("v0") { $0[.mtu] = 67 } }
      #expect(small?.errno == .invalidArgument)
      // The kernel says why; the words may change.
      guard case .refused(let refusal) = small else { throw Missing() }
      #expect(refusal.message != nil && refusal.description == refusal.message)
      #expect(Veth.mtuRange.lowerBound == 68)
    }
  }

  // MARK: - Blame

  /// A setting whose attribute the kernel blames by its offset, and the keyword of the setting.
  struct Blamed: Sendable, CustomTestStringConvertible {
    let keyword: String
    let set: @Sendable (inout LinkSettings) -> Void

    var testDescription: String { keyword }

    init(_ keyword: String, _ set: @escaping @Sendable (inout LinkSettings) -> Void) {
      self.keyword = keyword
      self.set = set
    }
  }

  static let blamed = [
    // An MTU of one byte: the kernel's policy for the attribute is four bytes.
    Blamed("mtu") { $0.set(Property<Link, UInt32>.mtu.path, 5 as UInt8, "mtu") },
    Blamed("gso_max_size") { $0[.gsoMaxSize] = 1 },
    Blamed("index") { $0[.newIndex] = 0 },
    Blamed("alias") { $0[.alias] = String(repeating: "a", count: 256) },
    Blamed("address") {
      $0.set(Property<Link, HardwareAddress>.address.path, [UInt8](repeating: 2, count: 33), "address")
    },
    Blamed("addrgenmode") {
      $0.set(Property<Link, AddressGenerationMode>.addressGenerationMode.path, [UInt8](), "addrgenmode")
    },
  ]

  @Test("the keyword of the attribute that the kernel blames is in the refusal", arguments: blamed)
  func keyword(blamed: Blamed) async throws {
    try await withPair { socket in
      // Between others, in front of it and behind.
      var settings = LinkSettings()
      settings[.group] = 7
      settings[.transmitQueueLength] = 5
      blamed.set(&settings)
      settings[.mode] = .default
      settings.isUp = true
      let error = #expect(throws: NetlinkError.self) { try socket.changeLink(.name("v0"), settings) }
      guard case .refused(let refusal) = error else { throw Missing() }
      #expect(refusal.keyword.map { "\($0)" } == blamed.keyword)
      #expect(refusal.attributeOffset != nil)
      #expect(refusal.description.hasPrefix("\(blamed.keyword): "))
    }
  }

  @Test("the keyword of an attribute inside the description of the peer is in the refusal")
  func keywordOfPeer() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      var settings = LinkSettings(name: "v0")
      settings[.mtu] = 1400
      var peer = LinkSettings(name: "v1")
      peer[.mtu] = 1400
      peer[.newIndex] = 0
      settings.peer = peer
      let error = #expect(throws: NetlinkError.self) { try socket.createLink(settings) }
      guard case .refused(let refusal) = error else { throw Missing() }
      #expect(refusal.keyword.map { "\($0)" } == "index")
    }
  }

  @Test("a refusal without an offset has no keyword")
  func noKeyword() async throws {
    try await withPair { socket in
      var settings = LinkSettings()
      settings[.mtu] = 67
      let error = #expect(throws: NetlinkError.self) { try socket.changeLink(.name("v0"), settings) }
      guard case .refused(let refusal) = error else { throw Missing() }
      #expect(refusal.attributeOffset == nil && refusal.keyword == nil)
    }
  }
}
