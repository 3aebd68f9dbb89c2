import CMnl
import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// Every request about links has the bytes of `Golden/link-requests.txt`, and is read as what was set.
@Suite struct LinkRequestTests {
  /// A request, and what it is read as where it describes a link (`RTM_NEWLINK`, `RTM_DELLINK`).
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let reading: ExpectedLink?
    let make: @Sendable () -> LinkRequest

    var testDescription: String { name }

    init(_ name: String, _ reading: ExpectedLink? = nil, _ make: @escaping @Sendable () -> LinkRequest) {
      self.name = name
      self.reading = reading
      self.make = make
    }
  }

  private static let longName: LinkName = "a-name-longer-than-fifteen"

  private static func settings(_ set: (inout LinkSettings) -> Void) -> LinkSettings {
    var settings = LinkSettings()
    set(&settings)
    return settings
  }

  private static func change(_ index: Int32, _ set: (inout LinkSettings) -> Void) -> LinkRequest {
    .change(.index(index), settings(set))
  }

  private static func create(_ name: LinkName, _ set: (inout LinkSettings) -> Void) -> LinkRequest {
    var settings = LinkSettings(name: name)
    set(&settings)
    return .create(settings)
  }

  static let pairs = [
    Row("create a pair", ExpectedLink(kind: "veth", facts: [LinkFact("name", .name, "v0")])) {
      create("v0") { $0.peer = LinkSettings(name: "v1") }
    },
    Row(
      "create a pair with settings of both ends",
      ExpectedLink(index: 7, kind: "veth", facts: [LinkFact("mtu", .mtu, 1400)])
    ) {
      var peer = LinkSettings(name: "v3")
      peer.index = 9
      peer.set(.multicast, false)
      peer[.mtu] = 1300
      peer[.address] = "02:00:00:00:00:03"
      return create("v2") {
        $0.index = 7
        $0[.mtu] = 1400
        $0[.address] = "02:00:00:00:00:02"
        $0.peer = peer
        // Index and flags behind the peer are those of the own end.
        $0.set(.multicast, false)
      }
    },
    Row(
      "create a pair, without the settings that a second request sets",
      ExpectedLink(flags: .up, kind: "veth", facts: [LinkFact("master", .master, 4), LinkFact("group", .group, 5)])
    ) {
      let later: (inout LinkSettings) -> Void = {
        $0[.group] = 5
        $0[.alias] = "text"
        $0[.addressGenerationMode] = AddressGenerationMode.none
        $0.alternativeNames = [longName]
        $0.isUp = true
        $0[.master] = 4
      }
      return create("v0") {
        later(&$0)
        var peer = LinkSettings(name: "v1")
        later(&peer)
        peer[.namespaceDescriptor] = 6
        $0.peer = peer
      }
    },
    Row("create with an echo", ExpectedLink(kind: "veth")) {
      var request = create("v0") { $0.set(kind: Veth.kind) }
      request.askForEcho()
      return request
    },
    Row("replace", ExpectedLink(kind: "veth", facts: [LinkFact("mtu", .mtu, 1400), LinkFact("name", .name, "v0")])) {
      .create(
        settings {
          $0[.mtu] = 1400
          $0.name = "v0"
          $0.set(kind: Veth.kind)
        }, isReplacing: true)
    },
  ]

  static let kinds = [
    Row("create a bridge", ExpectedLink(kind: "bridge", facts: [LinkFact("name", .name, "br0")])) {
      create("br0") { $0.set(kind: Bridge.kind) }
    },
    Row(
      "create a bridge with attributes of every type",
      ExpectedLink(kind: "bridge", facts: [LinkFact("name", .name, "br0"), LinkFact("mtu", .mtu, 1400)])
    ) {
      create("br0") {
        $0[Bridge.forwardDelay] = 400
        $0[Bridge.priority] = 5
        // Not inside the others, which are put together at the place of the first.
        $0[.mtu] = 1400
        $0[Bridge.callsIPTables] = 1
        $0[Bridge.queryInterval] = 12000
        $0[Bridge.groupAddress] = "01:80:c2:00:00:0d"
        $0[Bridge.flushAddresses] = Presence()
        // Set twice: at the place of the first.
        $0[Bridge.priority] = 6
      }
    },
    Row("create a bridge with two options of one attribute", ExpectedLink(kind: "bridge")) {
      create("br0") {
        let on = BridgeOptions(.noLinkLocalLearning, true)
        $0[Bridge.options] = on.union(BridgeOptions(.multicastVLANSnooping, false))
      }
    },
    Row("create a VLAN", ExpectedLink(kind: "vlan", facts: [LinkFact("linkIndex", .linkIndex, 3)])) {
      create("v0.5") {
        $0[.linkIndex] = 3
        $0[VLAN.tagProtocol] = UInt16(0x88a8).bigEndian
        $0[VLAN.id] = 5
      }
    },
    Row("create a MACVLAN", ExpectedLink(kind: "macvlan", facts: [LinkFact("linkIndex", .linkIndex, 3)])) {
      create("m0") {
        $0[.linkIndex] = 3
        $0[MACVLAN.mode] = MACVLAN_MODE_BRIDGE.rawValue
        $0[MACVLAN.broadcastQueueLength] = 100
      }
    },
    Row("create a dummy", ExpectedLink(kind: "dummy")) { create("d0") { $0.set(kind: Dummy.kind) } },
    Row("create a link of an unknown kind", ExpectedLink(kind: "ifb")) {
      create("i0") { $0.set(kindNamed: Array("ifb".utf8)) }
    },
    Row("change the port of a bridge", ExpectedLink(index: 4, portKind: "bridge")) {
      change(4) {
        $0[BridgePort.hairpin] = 1
        $0[BridgePort.cost] = 7
      }
    },
    Row("change a bridge, and the link as a port", ExpectedLink(index: 4, kind: "bridge", portKind: "bridge")) {
      change(4) {
        $0[BridgePort.cost] = 7
        $0[Bridge.ageingTime] = 30000
      }
    },
  ]

  static let changes = [
    Row("detach the program for packets", ExpectedLink(index: 4)) {
      change(4) { $0.setXDP(program: -1, [.unlessThere, .generic], keyword: "xdpgeneric") }
    },
    Row("attach a program for packets in any mode", ExpectedLink(index: 4)) {
      change(4) {
        $0.setXDP(program: 9, .driver)
        $0.setXDP(program: 8, [])
      }
    },
    Row("change the reasons of protodown", ExpectedLink(index: 4, facts: [LinkFact("down", .protocolDown, 1)])) {
      change(4) {
        $0.setProtocolDownReason(3, true)
        $0[.protocolDown] = 1
        $0.setProtocolDownReason(5, true)
        $0.setProtocolDownReason(31, false)
        $0.setProtocolDownReason(5, false)
      }
    },
    Row("set up", ExpectedLink(index: 3, flags: .up)) { change(3) { $0.isUp = true } },
    Row("set flags", ExpectedLink(index: 3, flags: [.up, .promiscuous])) {
      change(3) {
        $0.set(.noARP, true)
        $0.set([.up, .promiscuous], true)
        $0.set(.noARP, false)
      }
    },
    Row("rename", ExpectedLink(index: 3, facts: [LinkFact("name", .name, "v9")])) { change(3) { $0.name = "v9" } },
    Row(
      "move to a namespace, with attributes in the order of the settings",
      ExpectedLink(
        index: 3,
        facts: [
          LinkFact("group", .group, 7), LinkFact("netns", .namespaceOfProcess, 1234), LinkFact("index", .newIndex, 9),
          LinkFact("name", .name, "eth0"), LinkFact("address", .address, "02:00:00:00:00:01"),
        ])
    ) {
      change(3) {
        $0[.group] = 5
        $0[.namespaceOfProcess] = 1234
        $0.name = "eth0"
        $0[.newIndex] = 9
        $0[.address] = "02:00:00:00:00:01"
        $0[.group] = 7
      }
    },
    Row("change a link by name", ExpectedLink(facts: [LinkFact("name", .name, "v0")])) {
      .change(.name("v0"), settings { $0.isUp = false })
    },
    Row("change a link by an alternative name") { .change(.name(longName), settings { $0.isUp = false }) },
    Row("change a group", ExpectedLink(facts: [LinkFact("group", .group, 5)])) {
      .change(.group(5), settings { $0.isUp = false })
    },
    Row(
      "set how IPv6 addresses are made",
      ExpectedLink(index: 3, facts: [LinkFact("mode", .addressGenerationMode, .none)])
    ) {
      change(3) { $0[.addressGenerationMode] = AddressGenerationMode.none }
    },
    Row("add alternative names") { .addAlternativeNames([longName, "a2"], to: .index(3)) },
    Row("delete alternative names") { .deleteAlternativeNames(["a2"], from: .index(3)) },
    Row("delete", ExpectedLink(index: 7, isDeleted: true)) { .delete(.index(7)) },
    Row("delete a link by name, with its kind", ExpectedLink(isDeleted: true, kind: "veth")) {
      .delete(.name("v0"), settings { $0.set(kind: Veth.kind) })
    },
    Row("delete a group", ExpectedLink(isDeleted: true, facts: [LinkFact("group", .group, 5)])) { .delete(.group(5)) },
  ]

  static let dumps = [
    Row("get") { .get(.name("v0")) },
    Row("get a link of another namespace") { .get(.index(3), in: 2) },
    Row("dump") { .dump() },
    Row("dump ports") { .dump(master: 4) },
    Row("dump a kind") { .dump(kind: "veth") },
    Row("dump ports of a kind in another namespace") { .dump(master: -1, kind: "dummy", in: 2) },
  ]

  static let rows = pairs + kinds + changes + dumps

  @Test("a request has the golden bytes", arguments: rows)
  func written(row: Row) throws {
    let request = row.make()
    let golden = try Golden.linkRequests.section(row.name)
    #expect(request.request.written.hex == golden.bytes.hex)
  }

  @Test("the golden bytes are read as what was set", arguments: rows)
  func read(row: Row) throws {
    var count = 0
    forEachLink(in: try Golden.linkRequests.section(row.name).bytes) { link in
      count += 1
      row.reading?.check(link)
    }
    let isLink = try Golden.linkRequests.section(row.name).bytes[4] <= 17
    #expect(count == (isLink ? 1 : 0) && (isLink || row.reading == nil))
  }

  @Test("the attributes of a kind are read with the properties of the kind")
  func kindData() throws {
    var count = 0
    func withLink(_ section: String, _ body: (borrowing Link) -> Void) throws {
      forEachLink(in: try Golden.linkRequests.section(section).bytes) { link in
        body(link)
        count += 1
      }
    }
    try withLink("create a bridge with attributes of every type") { link in
      let numbers = (link[Bridge.forwardDelay], link[Bridge.priority], link[Bridge.queryInterval])
      #expect(numbers == (400, 6, 12000))
      #expect(link[Bridge.groupAddress] == "01:80:c2:00:00:0d" && link[Bridge.flushAddresses] != nil)
      #expect(link[Bridge.options] == nil)
      let table = link.kindData[Property<Bridge, UInt32>(IFLA_BR_FORWARD_DELAY)]
      #expect(table == 400)
    }
    try withLink("create a bridge with two options of one attribute") { link in
      let options = link[Bridge.options]
      #expect(options?[.noLinkLocalLearning] == true && options?[.multicastVLANSnooping] == false)
      #expect(options?[.multipleSpanningTrees] == nil)
    }
    try withLink("change the port of a bridge") { link in
      #expect(link[BridgePort.hairpin] == 1 && link[BridgePort.cost] == 7)
      let table = link.portData[Property<BridgePort, UInt32>(IFLA_BRPORT_COST)]
      #expect(table == 7)
    }
    try withLink("create a VLAN") { #expect($0[VLAN.id] == 5 && $0[VLAN.tagProtocol] == 0xa888) }
    try withLink("create a MACVLAN") { #expect($0[MACVLAN.mode] == 4 && $0[MACVLAN.broadcastQueueLength] == 100) }
    #expect(count == 5)
  }

  @Test("each request has a section of its own")
  func complete() {
    #expect(Golden.linkRequests.sections.map(\.name).sorted() == Self.rows.map(\.name).sorted())
  }

  @Test("the peer of a request is read as what was set")
  func peer() throws {
    var count = 0
    forEachLink(in: try Golden.linkRequests.section("create a pair with settings of both ends").bytes) { link in
      guard let peer = link.attributes.payload(Veth.peerPath) else { return }
      // The payload is a message about a link without the header of the message.
      forEachLink(in: frame(16, peer.copied)) { peer in
        ExpectedLink(
          index: 9,
          facts: [
            LinkFact("name", .name, "v3"), LinkFact("mtu", .mtu, 1300),
            LinkFact("address", .address, "02:00:00:00:00:03"),
          ]
        ).check(peer)
        count += 1
      }
    }
    #expect(count == 1)
  }

  // MARK: - Blame

  /// The keywords of the bytes of a request, in order, without repetitions; `-` where there is none.
  private static func keywords(_ request: borrowing LinkRequest) -> [String] {
    var keywords: [String] = []
    for offset in 0..<UInt32(request.request.byteCount) {
      let keyword = request.keyword(at: offset).map { "\($0)" } ?? "-"
      if keywords.last != keyword { keywords.append(keyword) }
    }
    return keywords
  }

  static let blames: [(String, [String])] = [
    ("rename", ["-", "name"]),
    ("set up", ["-"]),
    ("delete a group", ["-"]),
    ("dump ports", ["-"]),
    (
      "move to a namespace, with attributes in the order of the settings",
      ["-", "group", "netns", "name", "index", "address"]
    ),
    ("set how IPv6 addresses are made", ["-", "addrgenmode"]),
    ("create a pair", ["-", "name", "type", "name"]),
    (
      "create a pair with settings of both ends", ["-", "name", "mtu", "address", "type", "name", "mtu", "address"]
    ),
    (
      "create a bridge with attributes of every type",
      [
        "-", "name", "type", "forward_delay", "priority", "nf_call_iptables", "mcast_query_interval", "group_address",
        "fdb_flush", "mtu",
      ]
    ),
    ("detach the program for packets", ["-", "xdpgeneric"]),
    ("change the reasons of protodown", ["-", "protodown_reason", "protodown"]),
  ]

  @Test("a byte of a request is blamed on the setting that has written it", arguments: blames)
  func blame(name: String, keywords: [String]) throws {
    let row = try #require(Self.rows.first { $0.name == name })
    let found = Self.keywords(row.make())
    #expect(found == keywords)
  }
}
