import Netlink
import RTNetlink
import TestSupport
import Testing

/// That links are read as the real kernel meant them.
@Suite struct CapturedLinkTests {
  /// What all links have in common that were captured.
  private static let common = [
    LinkFact("gsoMaxSize", .gsoMaxSize, 65536), LinkFact("gsoMaxSegments", .gsoMaxSegments, 65535),
    LinkFact("gsoIPv4MaxSize", .gsoIPv4MaxSize, 65536), LinkFact("groIPv4MaxSize", .groIPv4MaxSize, 65536),
    LinkFact("groMaxSize", .groMaxSize, 65536), LinkFact("tsoMaxSize", .tsoMaxSize, 524280),
    LinkFact("tsoMaxSegments", .tsoMaxSegments, 65535), LinkFact("mode", .mode, 0),
    LinkFact("protocolDown", .protocolDown, 0), .missing("permanentAddress", .permanentAddress),
    .missing("parentDevice", .parentDevice), .missing("parentBus", .parentBus),
  ]

  /// And all of a veth's ends.
  private static let veth =
    common + [
      LinkFact("minimumMTU", .minimumMTU, 68), LinkFact("maximumMTU", .maximumMTU, 65535),
      LinkFact("broadcast", .broadcast, "ff:ff:ff:ff:ff:ff"), LinkFact("transmitQueues", .transmitQueues, 2),
      LinkFact("receiveQueues", .receiveQueues, 2), LinkFact("namespaceImmutable", .namespaceImmutable, 0),
    ]

  static let expected = [
    ExpectedLink(
      index: 1, flags: [.up, .loopback, .running, .lowerUp], hardwareType: 772,
      facts: common + [
        LinkFact("name", .name, "lo"), LinkFact("mtu", .mtu, 65536), LinkFact("address", .address, "0:0:0:0:0:0"),
        LinkFact("broadcast", .broadcast, "0:0:0:0:0:0"), LinkFact("carrier", .carrier, 1),
        LinkFact("operationalState", .operationalState, 0), LinkFact("minimumMTU", .minimumMTU, 0),
        LinkFact("transmitQueues", .transmitQueues, 1), LinkFact("receiveQueues", .receiveQueues, 1),
        LinkFact("queueingDiscipline", .queueingDiscipline, "noqueue"),
        LinkFact("namespaceImmutable", .namespaceImmutable, 1),
        .missing("peerIndex", .peerIndex), .missing("master", .master), .missing("alias", .alias),
      ]),
    ExpectedLink(
      index: 2, flags: [.broadcast, .multicast], hardwareType: 1, kind: "bridge",
      facts: common + [
        LinkFact("name", .name, "br0"), LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:b"),
        LinkFact("operationalState", .operationalState, 2), LinkFact("carrier", .carrier, 0),
        LinkFact("queueingDiscipline", .queueingDiscipline, "noop"),
        LinkFact("namespaceImmutable", .namespaceImmutable, 1), .missing("peerIndex", .peerIndex),
      ]),
    ExpectedLink(
      index: 3, flags: [.up, .broadcast, .running, .promiscuous, .multicast, .lowerUp], hardwareType: 1, kind: "veth",
      facts: veth + [
        LinkFact("name", .name, "v1"), LinkFact("mtu", .mtu, 1500), LinkFact("address", .address, "2:0:0:0:0:2"),
        LinkFact("peerIndex", .peerIndex, 4), LinkFact("promiscuity", .promiscuity, 1),
        LinkFact("allMulticast", .allMulticast, 0), LinkFact("operationalState", .operationalState, 6),
        LinkFact("carrier", .carrier, 1), LinkFact("transmitQueueLength", .transmitQueueLength, 1000),
        LinkFact("group", .group, 0), .missing("master", .master), .missing("peerNamespaceID", .peerNamespaceID),
      ]),
    ExpectedLink(
      index: 4, flags: [.up, .broadcast, .running, .multicast, .lowerUp], hardwareType: 1, kind: "veth",
      portKind: "bridge", alternativeNames: ["left", "the-left-end-of-the-pair"],
      facts: veth + [
        LinkFact("name", .name, "v0"), LinkFact("mtu", .mtu, 1400), LinkFact("address", .address, "2:0:0:0:0:1"),
        LinkFact("peerIndex", .peerIndex, 3), LinkFact("master", .master, 2), LinkFact("group", .group, 7),
        // As the kernel has it, with the NUL that it puts there.
        LinkFact("alias", .alias, Array("left ".utf8) + [0xff] + Array(" end\0".utf8)),
        LinkFact("promiscuity", .promiscuity, 1), LinkFact("allMulticast", .allMulticast, 1),
        LinkFact("transmitQueueLength", .transmitQueueLength, 500),
      ]),
    ExpectedLink(
      index: 5, flags: [.broadcast, .multicast], hardwareType: 1, kind: "veth",
      facts: veth + [
        LinkFact("name", .name, "v2"), LinkFact("address", .address, "2:0:0:0:0:3"),
        LinkFact("peerIndex", .peerIndex, 2), LinkFact("peerNamespaceID", .peerNamespaceID, 0),
        LinkFact("operationalState", .operationalState, 2), LinkFact("carrier", .carrier, 0),
      ]),
  ]

  @Test("every property is right, read by read")
  func properties() {
    var rest = Self.expected[...]
    for section in Captures.links.sections {
      let bytes = section.bytes
      let answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
      answers.forEachLink { rest.popFirst()?.check($0) }
    }
    #expect(rest.isEmpty)
  }

  @Test("what this library has no name for can be reached all the same")
  func unnamed() {
    var states: [Int?] = []
    for section in Captures.links.sections {
      // IFLA_STATS64, linux/if_link.h, which is 200 bytes long in this kernel.
      forEachLink(in: section.bytes) { states.append($0.attributes.payload(23)?.byteCount) }
    }
    #expect(states == [200, 200, 200, 200, 200])
  }

  @Test("another property in the list of alternative names is none of them")
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

  @Test("a message about something else is no link")
  func others() {
    var count = 0
    for bytes in Captures.addresses.messages(ofType: 20) + Captures.endings.sections.map(\.bytes) {
      forEachLink(in: bytes) { _ in count += 1 }
    }
    #expect(count == 0)
  }
}
