import Netlink
import RTNetlink
import TestSupport
import Testing

/// Links are read from the answer of a real kernel.
@Suite struct CapturedLinkTests {
  /// The values of all captured links.
  private static let common = [
    LinkFact("gsoMaxSize", .gsoMaxSize, 65536), LinkFact("gsoMaxSegments", .gsoMaxSegments, 65535),
    LinkFact("gsoIPv4MaxSize", .gsoIPv4MaxSize, 65536), LinkFact("groIPv4MaxSize", .groIPv4MaxSize, 65536),
    LinkFact("groMaxSize", .groMaxSize, 65536), LinkFact("tsoMaxSize", .tsoMaxSize, 524280),
    LinkFact("tsoMaxSegments", .tsoMaxSegments, 65535), LinkFact("mode", .mode, .default),
    LinkFact("protocolDown", .protocolDown, 0), LinkFact("addressGenerationMode", .addressGenerationMode, .eui64),
    .missing("permanentAddress", .permanentAddress),
    .missing("parentDevice", .parentDevice), .missing("parentBus", .parentBus),
  ]

  /// The values of all captured ends of pairs.
  private static let veth =
    common + [
      LinkFact("minimumMTU", .minimumMTU, 68), LinkFact("maximumMTU", .maximumMTU, 65535),
      LinkFact("broadcast", .broadcast, "ff:ff:ff:ff:ff:ff"), LinkFact("transmitQueues", .transmitQueues, 2),
      LinkFact("receiveQueues", .receiveQueues, 2), LinkFact("namespaceImmutable", .namespaceImmutable, 0),
    ]

  static let expected = [
    ExpectedLink(
      index: 1, flags: [.up, .loopback, .running, .lowerUp], hardwareType: .loopback,
      facts: common + [
        LinkFact("name", .name, "lo"), LinkFact("mtu", .mtu, 65536), LinkFact("address", .address, "0:0:0:0:0:0"),
        LinkFact("broadcast", .broadcast, "0:0:0:0:0:0"), LinkFact("carrier", .carrier, 1),
        LinkFact("operationalState", .operationalState, .unknown), LinkFact("minimumMTU", .minimumMTU, 0),
        LinkFact("transmitQueues", .transmitQueues, 1), LinkFact("receiveQueues", .receiveQueues, 1),
        LinkFact("queueingDiscipline", .queueingDiscipline, "noqueue"),
        LinkFact("namespaceImmutable", .namespaceImmutable, 1),
        .missing("linkIndex", .linkIndex), .missing("master", .master), .missing("alias", .alias),
      ]),
    ExpectedLink(
      index: 2, flags: [.broadcast, .multicast], hardwareType: .ethernet, kind: "bridge",
      facts: common + [
        LinkFact("name", .name, "br0"), LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:b"),
        LinkFact("operationalState", .operationalState, .down), LinkFact("carrier", .carrier, 0),
        LinkFact("queueingDiscipline", .queueingDiscipline, "noop"),
        LinkFact("namespaceImmutable", .namespaceImmutable, 1), .missing("linkIndex", .linkIndex),
      ]),
    ExpectedLink(
      index: 3, flags: [.up, .broadcast, .running, .promiscuous, .multicast, .lowerUp], hardwareType: .ethernet,
      kind: "veth",
      facts: veth + [
        LinkFact("name", .name, "v1"), LinkFact("mtu", .mtu, 1500), LinkFact("address", .address, "2:0:0:0:0:2"),
        LinkFact("linkIndex", .linkIndex, 4), LinkFact("promiscuity", .promiscuity, 1),
        LinkFact("allMulticast", .allMulticast, 0), LinkFact("operationalState", .operationalState, .up),
        LinkFact("carrier", .carrier, 1), LinkFact("transmitQueueLength", .transmitQueueLength, 1000),
        LinkFact("group", .group, 0), .missing("master", .master), .missing("linkNetnsID", .linkNetnsID),
      ]),
    ExpectedLink(
      index: 4, flags: [.up, .broadcast, .running, .multicast, .lowerUp], hardwareType: .ethernet, kind: "veth",
      portKind: "bridge", alternativeNames: ["left", "the-left-end-of-the-pair"],
      facts: veth + [
        LinkFact("name", .name, "v0"), LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:1"),
        LinkFact("linkIndex", .linkIndex, 3), LinkFact("master", .master, 2), LinkFact("group", .group, 7),
        // Not UTF-8: the byte 0xff.
        LinkFact("alias", .alias, "left \u{fffd} end"),
        LinkFact("promiscuity", .promiscuity, 1), LinkFact("allMulticast", .allMulticast, 1),
        LinkFact("transmitQueueLength", .transmitQueueLength, 500),
      ]),
    ExpectedLink(
      index: 5, flags: [.broadcast, .multicast], hardwareType: .ethernet, kind: "veth",
      facts: veth + [
        LinkFact("name", .name, "v2"), LinkFact("address", .address, "2:0:0:0:0:3"),
        LinkFact("linkIndex", .linkIndex, 2), LinkFact("linkNetnsID", .linkNetnsID, 0),
        LinkFact("operationalState", .operationalState, .down), LinkFact("carrier", .carrier, 0),
      ]),
  ]

  @Test("every property has the kernel's value, in the order of the reads")
  func properties() {
    var rest = Self.expected[...]
    for section in Captures.links.sections {
      let bytes = section.bytes
      let answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
      answers.forEachLink { rest.popFirst()?.check($0) }
    }
    #expect(rest.isEmpty)
  }

  @Test("attributes without a property can be read")
  func unnamed() {
    var states: [Int?] = []
    for section in Captures.links.sections {
      // IFLA_STATS64, linux/if_link.h, which is 200 bytes long in this kernel.
      forEachLink(in: section.bytes) { states.append($0.attributes.payload(23)?.byteCount) }
    }
    #expect(states == [200, 200, 200, 200, 200])
  }

  @Test("another property in the list of alternative names is skipped")
  func alternativeNames() {
    // IFLA_PROP_LIST with an IFLA_IFALIAS, which no kernel has there yet, and an IFLA_ALT_IFNAME.
    let list = attribute(52, attribute(20, Array("alias\0".utf8)) + attribute(53, Array("name\0".utf8)))
    var count = 0
    forEachLink(in: frame(16, [UInt8](repeating: 0, count: 16) + list)) { link in
      ExpectedLink(alternativeNames: ["name"]).check(link)
      count += 1
    }
    #expect(count == 1)
  }

  /// Calls `body` with the captured link of an index.
  private func withLink(_ index: Int32, _ body: (borrowing Link) -> Void) {
    for section in Captures.links.sections { forEachLink(in: section.bytes) { if $0.index == index { body($0) } } }
  }

  @Test("the attributes of a kind are read from a link of the kind, and are nil for others")
  func kinds() {
    withLink(2) { bridge in
      #expect(bridge.isOfKind(Bridge.kind) && !bridge.isOfKind(Veth.kind) && !bridge.isOfKind(BridgePort.kind))
      #expect(bridge[Bridge.forwardDelay] == 1500 && bridge[Bridge.helloTime] == 200)
      #expect(bridge[Bridge.priority] == 0x8000 && bridge[Bridge.igmpVersion] == 2)
      #expect(bridge[Bridge.queryInterval] == 12500)
      #expect(bridge[Bridge.groupAddress] == "01:80:c2:00:00:00")
      #expect(bridge[Bridge.identifier]?.priority == 0x8000 && bridge[Bridge.identifier]?[5] == 0x0b)
      #expect(bridge[Bridge.options]?[.noLinkLocalLearning] == false)
      #expect(bridge[BridgePort.cost] == nil && bridge[VLAN.id] == nil && bridge[MACVLAN.mode] == nil)
    }
    withLink(4) { port in
      #expect(port.isOfKind(Veth.kind) && port.isOfKind(BridgePort.kind) && !port.isOfKind(Bridge.kind))
      #expect(port[BridgePort.cost] == 2 && port[BridgePort.priority] == 32 && port[BridgePort.learning] == 1)
      #expect(port[BridgePort.number] == 1 && port[BridgePort.root]?.priority == 0x8000)
      #expect(port[Bridge.forwardDelay] == nil)
      #expect(port.isPort(ofKind: Array("bridge".utf8)) && !port.isPort(ofKind: Array("veth".utf8)))
      #expect(port.isOfKind(Array("veth".utf8)) && !port.isOfKind(Array("bridge".utf8)))
    }
    withLink(1) { loopback in
      #expect(loopback[Bridge.forwardDelay] == nil && loopback[BridgePort.cost] == nil)
      #expect(!loopback.isOfKind(Veth.kind) && !loopback.isOfKind([]))
    }
  }

  @Test("statistics are counters by their places in the C struct, and a program for packets is nil where there is none")
  func statistics() {
    var counters: [UInt64] = []
    withLink(4) { link in
      guard let statistics = link.statistics else { return }
      counters = [
        statistics[.receivedPackets], statistics[.sentPackets], statistics[.receivedBytes], statistics[.sentBytes],
        statistics[.receiveErrors], statistics[.receiveOtherHostDropped],
      ]
      let program = link.xdp?.mode
      #expect(program == nil)
    }
    #expect(counters == [2, 2, 220, 180, 0, 0])
  }

  @Test("a summary has index, name and flags, without the rest of the message")
  func summaries() {
    var summaries: [String] = []
    for section in Captures.links.sections {
      let bytes = section.bytes
      var answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
      while let link = answers.nextLinkSummary() { summaries.append("\(link)") }
    }
    #expect(
      summaries == [
        "1: lo: <LOOPBACK,UP,LOWER_UP>", "2: br0: <BROADCAST,MULTICAST>",
        "3: v1: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP>", "4: v0: <BROADCAST,MULTICAST,UP,LOWER_UP>",
        "5: v2: <BROADCAST,MULTICAST>",
      ])
  }

  @Test("a message about something else is no link")
  func others() {
    var count = 0
    for bytes in Captures.addresses.messages(ofType: 20) + Captures.endings.sections.map(\.bytes) {
      forEachLink(in: bytes) { _ in count += 1 }
    }
    #expect(count == 0)
  }
}
