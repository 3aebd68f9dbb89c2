import CMnl
import Netlink
import TestSupport
import Testing

@testable import RTNetlink
@testable import Veth

/// `ensure` changes what differs and nothing else, and undoes its changes where one of them fails.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct EnsureTests {
  /// Sets an end of a pair.
  typealias Set = @Sendable (PairEnd) -> Void

  /// The pair of these tests, with further settings of the ends.
  private static func pair(
    _ laboratory: Laboratory, _ own: Set = { _ in }, peer: Set = { _ in }
  ) throws(NetlinkError) -> VethPair {
    VethPair(try laboratory.hostEnd("web0", own), peer: try laboratory.guestEnd("eth0", peer))
  }

  /// All settings that `ensure` can change.
  private static let everything: Set = { end in
    end.settings[.mtu] = 1400
    end.settings[.alias] = "text"
    end.settings[.group] = 7
    end.settings[.address] = "02:00:00:00:00:01"
    end.settings[.addressGenerationMode] = .random
    end.settings[.transmitQueueLength] = 77
    end.settings.set(.noARP, to: true, keyword: "arp")
    end.settings.alternativeNames = ["left", "a-name-longer-than-fifteen"]
    end.settings.isUp = true
    end.master = "br0"
    end.addresses = ["10.0.0.1/24", EndAddress("fd00::1/64", skipsDetection: true)]
  }

  @Test("a pair that does not exist is created, and is then as it is to be")
  func created() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      let empty = try laboratory.state()
      func pair() throws(NetlinkError) -> VethPair { try Self.pair(laboratory, Self.everything) }
      #expect(try "\(pair().dryRun())" == "created")
      try laboratory.expectUnchanged(since: empty)
      #expect(try "\(pair().ensure())" == "created")
      let state = try laboratory.state()
      for _ in 0..<2 {
        #expect(try "\(pair().dryRun())" == "unchanged" && "\(pair().ensure())" == "unchanged")
      }
      // What is not set stays.
      #expect(try "\(Self.pair(laboratory).ensure())" == "unchanged")
      try laboratory.expectUnchanged(since: state)
    }
  }

  @Test("everything that differs is changed, the peer first, and up last")
  func changed() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      try Self.pair(laboratory).create()
      func pair() throws(NetlinkError) -> VethPair {
        try Self.pair(laboratory, Self.everything) { end in
          end.settings[.mtu] = 1300
          end.settings.isUp = true
        }
      }
      let before = try laboratory.state()
      let words =
        "changed mtu up mtu group address txqueuelen arp alias addrgenmode addr addr altname master up"
      #expect(try "\(pair().dryRun())" == words)
      try laboratory.expectUnchanged(since: before)
      #expect(try "\(pair().ensure())" == words)
      #expect(try "\(pair().ensure())" == "unchanged")
      var host = try laboratory.host()
      #expect(try host.prefixes(of: "web0") == ["10.0.0.1/24", "fd00::1/64"])
      #expect(try host.withLink("web0") { $0.alternativeNames } == ["left", "a-name-longer-than-fifteen"])
    }
  }

  /// One setting, and the word for the change.
  struct Change: Sendable, CustomTestStringConvertible {
    let keyword: String
    let set: Set

    var testDescription: String { keyword }

    init(_ keyword: String, _ set: @escaping Set) {
      self.keyword = keyword
      self.set = set
    }
  }

  static let single = [
    Change("mtu") { $0.settings[.mtu] = 68 },
    Change("alias") { $0.settings[.alias] = "" },
    Change("group") { $0.settings[.group] = 0 },
    Change("address") { $0.settings[.address] = "02:00:00:00:00:02" },
    Change("addrgenmode") { $0.settings[.addressGenerationMode] = .eui64 },
    Change("txqueuelen") { $0.settings[.transmitQueueLength] = 0 },
    Change("gso_max_size") { $0.settings[.gsoMaxSize] = 60000 },
    Change("arp") { $0.settings.set(.noARP, to: false, keyword: "arp") },
    Change("down") { $0.settings.isUp = false },
    Change("master") { $0.settings[.master] = 0 },
    Change("addr") { $0.addresses = ["10.0.0.1/25"] },
    Change("addr addr") { $0.addresses = ["10.0.0.1/24", "10.0.1.1/24", "fd00::2/64"] },
    Change("altname") { $0.settings.alternativeNames = ["left", "right"] },
    Change("cost") { $0.settings[BridgePort.cost] = 77 },
  ]

  @Test("one setting is changed, and nothing else", arguments: single)
  func one(change: Change) async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      try Self.pair(laboratory, Self.everything).create()
      let before = try laboratory.state()
      #expect(try "\(Self.pair(laboratory, change.set).ensure())" == "changed \(change.keyword)")
      #expect(try "\(Self.pair(laboratory, change.set).ensure())" == "unchanged")
      let changes = try laboratory.changes(since: before)
      #expect(!changes.isEmpty && changes.allSatisfy { $0.contains("web0") }, "\(changes)")
    }
  }

  @Test("a setting that the kernel takes only at creation is refused, and nothing is changed")
  func creationOnly() async throws {
    try await Laboratory.run { laboratory in
      try Self.pair(laboratory).create()
      let before = try laboratory.state()
      let refused: [(String, Set)] = [
        ("numtxqueues 9", { $0.settings[.transmitQueues] = 9 }), ("index 4711", { $0.settings.index = 4711 }),
        ("numrxqueues 9", { $0.settings[.receiveQueues] = 9 }),
      ]
      for (words, set) in refused {
        for isDryRun in [true, false] {
          let pair = try Self.pair(laboratory, { $0.settings[.mtu] = 1300 }, peer: set)
          let reason = try sentence { isDryRun ? try pair.dryRun() : try pair.ensure() }
          #expect(reason == "eth0: \(words): can only be set while a pair is created")
        }
        try laboratory.expectUnchanged(since: before)
      }
    }
  }

  // MARK: - Names of other links

  @Test("a name of another link is refused, and nothing is changed")
  func taken() async throws {
    try await Laboratory.run { laboratory in
      func check(_ sentence: String, _ pair: () throws(NetlinkError) -> VethPair) throws {
        let before = try laboratory.state()
        let reasons = [try VethTests.sentence { try pair().dryRun() }, try VethTests.sentence { try pair().ensure() }]
        for reason in reasons { #expect(reason == sentence) }
        try laboratory.expectUnchanged(since: before)
      }
      try laboratory.makeBridge("bridge")
      try Self.pair(laboratory).create()
      try VethPair(laboratory.hostEnd("x0"), peer: laboratory.hostEnd("x1")).create()
      try VethPair(laboratory.hostEnd("y0"), peer: laboratory.guestEnd("y1")).create()
      var host = try laboratory.host()
      let x1 = try #require(try host.index(of: "x1"))
      var guest = try laboratory.guest()
      let (eth0, y1) = (try #require(try guest.index(of: "eth0")), try #require(try guest.index(of: "y1")))

      try check("bridge: add: the name belongs to a device that is not a veth") { () throws(NetlinkError) in
        VethPair(try laboratory.hostEnd("bridge"), peer: try laboratory.guestEnd("new"))
      }
      try check("x0: add: the name belongs to a veth whose peer is if\(x1), not the given one") {
        () throws(NetlinkError) in VethPair(try laboratory.hostEnd("x0"), peer: try laboratory.guestEnd("x1"))
      }
      // One end of each of two pairs.
      try check("web0: add: the name belongs to a veth whose peer is if\(eth0) in nsid:0, not the given one") {
        () throws(NetlinkError) in VethPair(try laboratory.hostEnd("web0"), peer: try laboratory.guestEnd("y1"))
      }
      try check("web0: add: the name belongs to a veth whose peer is if\(eth0) in nsid:0, not the given one") {
        () throws(NetlinkError) in VethPair(try laboratory.hostEnd("web0"), peer: try laboratory.guestEnd("new"))
      }
      try check("y0: add: the name belongs to a veth whose peer is if\(y1) in nsid:0, not the given one") {
        () throws(NetlinkError) in VethPair(try laboratory.hostEnd("y0"), peer: try laboratory.hostEnd("x1"))
      }
    }
  }

  @Test("ends in other namespaces are no pair, although the indexes are those of one")
  func otherNamespace() async throws {
    let other = try await PrivateNamespace.run { try Sleeper() }
    try await Laboratory.run { laboratory in
      // web0 - eth0 in the container, and a veth with the index of eth0 in a third namespace.
      try VethPair(
        laboratory.hostEnd("web0") { $0.settings.index = 70 }, peer: laboratory.guestEnd { $0.settings.index = 90 }
      ).create()
      let third = try Namespace.open(pid: other.pid)
      let fake = try PairEnd("eth0", in: third)
      fake.settings.index = 90
      let fakePeer = try PairEnd("eth1", in: third)
      fakePeer.settings.index = 70
      try VethPair(fake, peer: fakePeer).create()
      let reason = try sentence { try VethPair(laboratory.hostEnd("web0"), peer: PairEnd("eth0", in: third)).ensure() }
      #expect(reason?.hasPrefix("web0: add: the name belongs to a veth whose peer is if90 in nsid:") == true)
    }
  }

  // MARK: - Remains

  /// Creates a pair that is marked as in progress.
  private static func makeRemains(_ laboratory: Laboratory, group: UInt32) throws {
    var host = try laboratory.host()
    var settings = LinkSettings(name: "web0")
    settings[.group] = group
    settings.peer = LinkSettings(name: "eth0")
    settings.peer?[.group] = group
    settings.peer?[.namespaceDescriptor] = laboratory.container.rawDescriptor
    try host.createLink(settings)
  }

  @Test("the remains of a process that is gone are removed, and a dry run leaves them")
  func remains() async throws {
    try await Laboratory.run { laboratory in
      for isEnsured in [true, false] {
        try Self.makeRemains(laboratory, group: InProgressMarker.random.group)
        let before = try laboratory.state()
        #expect(try "\(Self.pair(laboratory).dryRun())" == "created")
        try laboratory.expectUnchanged(since: before)
        if isEnsured {
          #expect(try "\(Self.pair(laboratory).ensure())" == "created")
        } else {
          try Self.pair(laboratory).create()
        }
        #expect(try "\(Self.pair(laboratory).ensure())" == "unchanged")
        var host = try laboratory.host()
        #expect(try host.withLink("web0") { $0[.group] } == 0)
        try host.deleteLink("web0")
      }
    }
  }

  @Test("a pair that another process is creating is left alone")
  func inProgress() async throws {
    try await Laboratory.run { laboratory in
      // The other process's sockets have the marker as their port.
      let marker = InProgressMarker.random
      let sockets = [
        try laboratory.holdPort(marker.group, in: .current()),
        try laboratory.holdPort(marker.group, in: laboratory.container),
      ]
      try Self.makeRemains(laboratory, group: marker.group)
      let before = try laboratory.state()
      #expect(try sentence { try Self.pair(laboratory).create() } == "web0: add: File exists")
      try laboratory.expectUnchanged(since: before)
      withExtendedLifetime(sockets) {}
    }
  }

  @Test("a group that only looks like a number is no marker")
  func noMarker() async throws {
    try await Laboratory.run { laboratory in
      for group in [0, 1, 0x7700_0001, 0x7500_0001] as [UInt32] {
        #expect(try !InProgressMarker.ownerIsGone(group, in: .current()))
      }
      #expect(try InProgressMarker.ownerIsGone(0x7600_0001, in: .current()))
      let socket = try laboratory.holdPort(0x7600_0001, in: .current())
      #expect(try !InProgressMarker.ownerIsGone(0x7600_0001, in: .current()))
      #expect(try InProgressMarker.ownerIsGone(0x7600_0001, in: laboratory.container))
      withExtendedLifetime(socket) {}
      #expect((0..<100).allSatisfy { _ in InProgressMarker.random.group >> 24 == 0x76 })
    }
  }

  @Test("a name is free once the namespace of the peer has ended")
  func goingNamespace() async throws {
    for _ in 0..<3 {
      let other = try await PrivateNamespace.run { ProcessOwner(try Sleeper()) }
      try await Laboratory.run { laboratory in
        try VethPair(laboratory.hostEnd(), peer: PairEnd("eth0", in: .open(pid: other.pid))).create()
        // The kernel clears the namespace some time after the last process has ended.
        other.end()
        #expect(try "\(Self.pair(laboratory).ensure())" == "created")
      }
    }
  }

  // MARK: - Undo

  /// A state of the own end that cannot be made by settings of a pair alone.
  private static func decorate(_ laboratory: Laboratory) throws {
    var host = try laboratory.host()
    let index = try #require(try host.index(of: "web0"))
    var alias = LinkSettings()
    alias.set(Property<Link, String>.alias.path, [UInt8](1...255), "alias")
    try host.changeLink("web0", alias)
    var first = AddressSettings("10.0.0.1/24", linkIndex: index)
    first[.label] = "web0:home"
    first[.broadcast] = "10.0.0.77"
    first[.metric] = 5
    first.scope = .link
    first.flags = .noPrefixRoute
    var second = AddressSettings("10.0.1.1/32", linkIndex: index)
    second[.address] = "10.0.1.2"
    second[.lifetime] = AddressLifetime(preferred: 100_000, valid: 200_000)
    var third = AddressSettings("fd00::1/64", linkIndex: index)
    third.flags = [.noDuplicateDetection, .noPrefixRoute, .home]
    third[.metric] = 9
    for settings in [first, second, third] { try host.addAddress(settings) }
  }

  /// Changes of everything, and at last one that the kernel refuses.
  private static let changesEverything: Set = { end in
    end.settings[.mtu] = 1300
    end.settings[.group] = 8
    end.settings[.alias] = "other"
    end.settings[.address] = "02:00:00:00:00:09"
    end.settings[.addressGenerationMode] = AddressGenerationMode.none
    end.settings[.transmitQueueLength] = 99
    end.settings[.gsoMaxSize] = 50000
    end.settings.set(.noARP, to: true, keyword: "arp")
    end.settings.set(.promiscuous, to: true, keyword: "promisc")
    end.settings.alternativeNames = ["new"]
    end.addresses = ["10.0.0.1/16", "10.0.1.1/24", "fd00::1/48", "10.0.9.1/24"]
    end.master = "br1"
  }

  static let failures = [
    Change("addr ::1/128") { $0.addresses.append("::1/128") },
    Change("altname") { $0.settings.alternativeNames.append("lo") },
    Change("master lo") { $0.master = "lo" },
    Change("addrgenmode 9") { $0.settings[.addressGenerationMode] = AddressGenerationMode(rawValue: 9) },
    Change("gso_max_size 1") { $0.settings[.gsoMaxSize] = 1 },
  ]

  @Test("where a change is refused, all changes before are undone exactly", arguments: failures)
  func undone(failure: Change) async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge("br0")
      try laboratory.makeBridge("br1")
      try Self.pair(laboratory, { $0.master = "br0" }, peer: { $0.settings[.mtu] = 1450 }).create()
      try Self.decorate(laboratory)
      var port = LinkSettings()
      port[BridgePort.cost] = 55
      port[BridgePort.hairpin] = 1
      try laboratory.change("web0", port)
      let before = try laboratory.state()
      let pair = try Self.pair(
        laboratory,
        { end in
          Self.changesEverything(end)
          failure.set(end)
        }, peer: { $0.settings[.mtu] = 1250 })
      let reason = try sentence { try pair.ensure() }
      #expect(reason?.hasPrefix("web0: \(failure.keyword): ") == true, "\(reason ?? "no error")")
      #expect(reason?.hasSuffix("\nThe changes were undone.") == true, "\(reason ?? "no error")")
      try laboratory.expectUnchanged(since: before)
    }
  }

  @Test("flags and settings of an end that is up are undone, too")
  func undoneUp() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      try Self.pair(laboratory, Self.everything, peer: { $0.settings.isUp = true }).create()
      let before = try laboratory.state()
      let pair = try Self.pair(
        laboratory,
        { end in
          end.settings[.mtu] = 1300
          end.settings[BridgePort.cost] = 77
          end.settings.isUp = false
          end.settings[.alias] = ""
          end.master = "lo"
        },
        peer: { end in
          end.settings.isUp = false
          end.addresses = ["10.0.0.2/24"]
        })
      let reason = try sentence { try pair.ensure() }
      #expect(reason?.hasPrefix("web0: master lo: ") == true && reason?.hasSuffix("undone.") == true, "\(reason ?? "")")
      try laboratory.expectUnchanged(since: before)
    }
  }

  @Test("IPv6 addresses that the kernel deletes because of another change are added again", arguments: ["mtu", "down"])
  func deletedByKernel(keyword: String) async throws {
    try await Laboratory.run { laboratory in
      try Self.pair(laboratory, { $0.settings.isUp = true }, peer: { $0.settings.isUp = true }).create()
      try Self.decorate(laboratory)
      let before = try laboratory.state()
      let pair = try Self.pair(
        laboratory,
        { end in
          // Less than IPv6 needs.
          if keyword == "mtu" { end.settings[.mtu] = 1200 } else { end.settings.isUp = false }
          end.master = "lo"
        })
      let reason = try sentence { try pair.ensure() }
      #expect(reason?.hasPrefix("web0: master lo: ") == true && reason?.hasSuffix("undone.") == true, "\(reason ?? "")")
      try laboratory.expectUnchanged(since: before)
    }
  }

  @Test("without a change before the refusal, nothing is undone")
  func notNeeded() async throws {
    try await Laboratory.run { laboratory in
      try Self.pair(laboratory).create()
      let reason = try sentence { try Self.pair(laboratory, { $0.master = "lo" }).ensure() }
      #expect(reason?.hasPrefix("web0: master lo: ") == true && reason?.contains("\n") == false)
      #expect(
        try sentence { try Self.pair(laboratory, { $0.master = "br9" }).dryRun() }
          == "web0: master br9: Cannot find device \"br9\"")
    }
  }

  // MARK: - Addresses

  @Test("an address with several prefix lengths has all that are set")
  func prefixLengths() async throws {
    try await Laboratory.run { laboratory in
      let set: Set = { $0.addresses = ["10.0.0.1/24", "10.0.0.1/16"] }
      try Self.pair(laboratory, set).create()
      var host = try laboratory.host()
      #expect(try host.prefixes(of: "web0") == ["10.0.0.1/16", "10.0.0.1/24"])
      let index = try #require(try host.index(of: "web0"))
      try host.deleteAddress(AddressSettings("10.0.0.1/16", linkIndex: index))
      #expect(try "\(Self.pair(laboratory, set).ensure())" == "changed addr")
      #expect(try host.prefixes(of: "web0") == ["10.0.0.1/16", "10.0.0.1/24"])
      #expect(try "\(Self.pair(laboratory, set).ensure())" == "unchanged")
    }
  }

  @Test("another prefix length of an address leaves the secondary addresses of its network")
  func secondaries() async throws {
    try await Laboratory.run { laboratory in
      try Self.pair(laboratory, { $0.addresses = ["10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/24"] }).create()
      #expect(try "\(Self.pair(laboratory, { $0.addresses = ["10.0.0.1/25"] }).ensure())" == "changed addr")
      var host = try laboratory.host()
      #expect(try host.prefixes(of: "web0") == ["10.0.0.1/25", "10.0.0.2/24", "10.0.0.3/24"])
    }
  }

  @Test("where the change of a prefix length is undone, the secondary addresses are there")
  func undoneSecondaries() async throws {
    try await Laboratory.run { laboratory in
      try Self.pair(laboratory, { $0.addresses = ["10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/24"] }).create()
      let before = try laboratory.state()
      let reason = try sentence {
        try Self.pair(laboratory, { $0.addresses = ["10.0.0.1/25", "::1/128"] }).ensure()
      }
      #expect(reason?.hasSuffix("\nThe changes were undone.") == true, "\(reason ?? "no error")")
      try laboratory.expectUnchanged(since: before)
    }
  }
}
