import CMnl
import RTNetlink
import TestSupport
import Testing

@testable import Netlink

/// That every request about links is, byte for byte, what was written down; and is read back as what it says.
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

  private static let longName = Array("a-name-longer-than-fifteen".utf8)

  static let additions = [
    Row("add a pair", ExpectedLink(kind: "veth", facts: [LinkFact("name", .name, "v0")])) {
      var request = LinkRequest.add()
      request.set(.name, to: "v0")
      request.setKind(Veth.kind) { $0.setPeer { $0.set(.name, to: "v1") } }
      return request
    },
    Row("add a pair, all said", ExpectedLink(index: 7, kind: "veth", facts: [LinkFact("mtu", .mtu, 1400)])) {
      var request = LinkRequest.add()
      request.setIndex(7)
      request.set(.name, to: "v2")
      request.set(.mtu, to: 1400)
      request.set(.address, to: "02:00:00:00:00:02")
      request.setKind(Veth.kind) { own in
        own.setPeer { peer in
          peer.setIndex(9)
          peer.set(.multicast, on: false)
          peer.set(.name, to: "v3")
          peer.set(.mtu, to: 1300)
          peer.set(.address, to: "02:00:00:00:00:03")
        }
      }
      // Behind the peer, index and flags are the own end's again.
      request.set(.multicast, on: false)
      return request
    },
    Row("add a bridge", ExpectedLink(kind: "bridge", facts: [LinkFact("name", .name, "br0")])) {
      var request = LinkRequest.add()
      request.set(.name, to: "br0")
      request.setKind(Array("bridge".utf8)) { _ in }
      return request
    },
    Row(
      "add a bridge, with settings of every sort",
      ExpectedLink(kind: "bridge", facts: [LinkFact("name", .name, "br0")])
    ) {
      var request = LinkRequest.add()
      request.set(.name, to: "br0")
      request.setBridge { bridge in
        bridge.set(bridge: .forwardDelay, to: 400)
        bridge.set(bridge: .priority, to: 5)
        bridge.set(bridge: .callsIPTables, to: 1)
        bridge.set(bridge: .queryInterval, to: 12000)
        bridge.set(bridge: .groupAddress, to: "01:80:c2:00:00:0d")
        bridge.set(bridge: .options, to: BridgeOptions(.noLinkLocalLearning, true))
        bridge.set(bridge: .flushAddresses, to: Presence())
      }
      return request
    },
    Row("set a bridge's port", ExpectedLink(index: 4, portKind: "bridge")) {
      var request = LinkRequest.set()
      request.setIndex(4)
      request.setBridgePort { port in
        port.set(port: .hairpin, to: 1)
        port.set(port: .cost, to: 7)
      }
      return request
    },
    Row("run no program", ExpectedLink(index: 4)) {
      var request = LinkRequest.set()
      request.setIndex(4)
      request.setXDP(program: -1, [.unlessThere, .generic])
      return request
    },
    Row("a reason to hold it down", ExpectedLink(index: 4)) {
      var request = LinkRequest.set()
      request.setIndex(4)
      request.setProtocolDownReason(3, on: true)
      return request
    },
    Row("add, and tell", ExpectedLink(kind: "veth")) {
      var request = LinkRequest.add()
      request.askForEcho()
      request.set(.name, to: "v0")
      request.setKind(Veth.kind) { _ in }
      return request
    },
    Row("replace", ExpectedLink(kind: "veth", facts: [LinkFact("mtu", .mtu, 1400), LinkFact("name", .name, "v0")])) {
      var request = LinkRequest.replace()
      request.set(.mtu, to: 1400)
      request.set(.name, to: "v0")
      request.setKind(Veth.kind) { _ in }
      return request
    },
  ]

  static let changes = [
    Row("set up", ExpectedLink(index: 3, flags: .up)) {
      var request = LinkRequest.set()
      request.setIndex(3)
      request.set(.up, on: true)
      return request
    },
    Row("set flags", ExpectedLink(index: 3, flags: [.up, .promiscuous])) {
      var request = LinkRequest.set()
      request.setIndex(3)
      request.set(.noARP, on: true)
      request.set([.up, .promiscuous], on: true)
      request.set(.noARP, on: false)
      return request
    },
    Row("rename", ExpectedLink(index: 3, facts: [LinkFact("name", .name, "v9")])) {
      var request = LinkRequest.set()
      request.setIndex(3)
      request.set(.name, to: "v9")
      return request
    },
    Row("set by name", ExpectedLink(facts: [LinkFact("name", .name, "v0")])) {
      var request = LinkRequest.set()
      request.setTarget(Array("v0".utf8))
      request.set(.up, on: false)
      return request
    },
    Row("set by a long name", ExpectedLink(facts: [LinkFact("name", .alternativeName, longName + [0])])) {
      var request = LinkRequest.set()
      request.setTarget(longName)
      request.set(.up, on: false)
      return request
    },
    Row("set a group", ExpectedLink(facts: [LinkFact("group", .group, 5)])) {
      var request = LinkRequest.set()
      request.set(.group, to: 5)
      request.set(.up, on: false)
      return request
    },
    Row("set how addresses are made", ExpectedLink(index: 3)) {
      var request = LinkRequest.set()
      request.setIndex(3)
      request.setAddressGeneration(1)
      return request
    },
    Row("add names") {
      var request = LinkRequest.addNames()
      request.setIndex(3)
      request.setAlternativeNames([longName, Array("a2".utf8)])
      return request
    },
    Row("delete names") {
      var request = LinkRequest.deleteNames()
      request.setIndex(3)
      request.setAlternativeNames([Array("a2".utf8)])
      return request
    },
    Row("delete", ExpectedLink(index: 7, isDeleted: true)) {
      var request = LinkRequest.delete()
      request.setIndex(7)
      return request
    },
    Row("delete a group", ExpectedLink(isDeleted: true, facts: [LinkFact("group", .group, 5)])) {
      var request = LinkRequest.delete()
      request.set(.group, to: 5)
      return request
    },
  ]

  static let questions = [
    Row("get") {
      var request = LinkRequest.get()
      request.setTarget(Array("v0".utf8))
      return request
    },
    Row("dump") { LinkRequest.dump() },
    Row("dump ports") {
      var request = LinkRequest.dump()
      request.set(.master, to: 4)
      return request
    },
    Row("dump a kind") {
      var request = LinkRequest.dump()
      request.setKind(Veth.kind) { _ in }
      return request
    },
  ]

  static let rows = additions + changes + questions

  @Test("a request is what was written down", arguments: rows)
  func written(row: Row) throws {
    let request = row.make()
    let golden = try Golden.linkRequests.section(row.name)
    #expect(request.request.written.hex == golden.bytes.hex)
  }

  @Test("what was written down is read as what it says", arguments: rows)
  func read(row: Row) throws {
    var count = 0
    forEachLink(in: try Golden.linkRequests.section(row.name).bytes) { link in
      count += 1
      row.reading?.check(link)
    }
    #expect(count == (row.reading == nil ? 0 : 1))
  }

  @Test("what only a kind knows is read with its own properties")
  func kindData() throws {
    var count = 0
    forEachLink(in: try Golden.linkRequests.section("add a bridge, with settings of every sort").bytes) { link in
      let data = link.kindData
      let numbers = (
        data[Property<Bridge, UInt32>.forwardDelay], data[Property<Bridge, UInt16>.priority],
        data[Property<Bridge, UInt64>.queryInterval]
      )
      #expect(numbers == (400, 5, 12000))
      let options = data[Property<Bridge, BridgeOptions>.options]
      #expect(options?[.noLinkLocalLearning] == true)
      #expect(options?[.multicastVLANSnooping] == nil)
      count += 1
    }
    forEachLink(in: try Golden.linkRequests.section("set a bridge's port").bytes) { link in
      let data = link.portData
      let numbers = (data[Property<BridgePort, UInt8>.hairpin], data[Property<BridgePort, UInt32>.cost])
      #expect(numbers == (1, 7))
      count += 1
    }
    #expect(count == 2)
  }

  @Test("nothing was written down in vain")
  func complete() {
    #expect(Golden.linkRequests.sections.map(\.name).sorted() == Self.rows.map(\.name).sorted())
  }

  @Test("the other end is read as what was said of it")
  func peer() throws {
    var facts = 0
    forEachLink(in: try Golden.linkRequests.section("add a pair, all said").bytes) { link in
      guard let peer = link.attributes.nested(IFLA_LINKINFO).last(IFLA_INFO_DATA)?.nested.last(VETH_INFO_PEER) else {
        return
      }
      // It is a message without the outermost header, so it reads as a link when it is given one.
      forEachLink(in: frame(16, peer.payload.copied)) { peer in
        ExpectedLink(
          index: 9,
          facts: [
            LinkFact("name", .name, "v3"), LinkFact("mtu", .mtu, 1300),
            LinkFact("address", .address, "02:00:00:00:00:03"),
          ]
        ).check(peer)
        facts += 1
      }
    }
    #expect(facts == 1)
  }
}
