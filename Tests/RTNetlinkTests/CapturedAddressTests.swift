import Netlink
import RTNetlink
import TestSupport
import Testing

/// That addresses are read as the real kernel meant them.
@Suite struct CapturedAddressTests {
  private static let forever = AddressFact("lifetime", .lifetime, AddressLifetime())

  static let expected = [
    ExpectedAddress(
      1, "127.0.0.1", 8, scope: 254, flags: .permanent,
      facts: [forever, AddressFact("label", .label, "lo"), .missing("broadcast", .broadcast)]),
    ExpectedAddress(
      1, "127.1.1.1", 8, scope: 254, flags: [.permanent, .secondary], facts: [AddressFact("origin", .origin, 3)]),
    ExpectedAddress(
      3, "10.1.0.1", 32, peer: "10.1.0.2", scope: 253, flags: [.permanent, .noPrefixRoute],
      facts: [forever, AddressFact("label", .label, "v1"), .missing("metric", .metric)]),
    ExpectedAddress(
      3, "10.0.0.1", 24, flags: .permanent,
      facts: [
        AddressFact("broadcast", .broadcast, "10.0.0.255"), AddressFact("label", .label, "v1:home"),
        AddressFact("metric", .metric, 5), .missing("origin", .origin),
      ]),
    ExpectedAddress(3, "10.0.0.3", 24, flags: [.permanent, .secondary]),
    ExpectedAddress(
      1, "::1", 128, scope: 254, flags: .permanent,
      facts: [forever, AddressFact("origin", .origin, 1), .missing("label", .label), .missing("local", .local)]),
    ExpectedAddress(
      3, "fd00::3", 128, peer: "fd00::4", flags: [.permanent, .noDuplicateDetection],
      facts: [AddressFact("metric", .metric, 7)]),
    ExpectedAddress(
      3, "fd00::2", 64, flags: .noDuplicateDetection,
      facts: [AddressFact("lifetime", .lifetime, AddressLifetime(preferred: 1800, valid: 3600))]),
    ExpectedAddress(3, "fd00::1", 64, flags: [.permanent, .noDuplicateDetection, .home]),
    ExpectedAddress(3, "fe80::ff:fe00:2", 64, scope: 253, flags: [.permanent, .tentative]),
    ExpectedAddress(4, "fe80::ff:fe00:1", 64, scope: 253, flags: [.permanent, .tentative]),
  ]

  @Test("every property is right")
  func properties() {
    var rest = Self.expected[...]
    for section in Captures.addresses.sections {
      forEachAddress(in: section.bytes) { rest.popFirst()?.check($0) }
    }
    #expect(rest.isEmpty)
  }

  @Test("an address that was kept is read again from a part of what was kept")
  func kept() {
    var (kept, places): ([UInt8], [Range<Int>]) = ([0xff, 0xff, 0xff, 0xff], [])
    for message in Captures.addresses.messages(ofType: 20) {
      places.append(kept.count..<kept.count + message.count)
      kept += message
    }
    var read = 0
    for (place, expected) in zip(places, Self.expected) {
      kept.withAttributeBytes { kept in
        withAddress(in: kept.extracting(place)) { address, bytes in
          expected.check(address)
          #expect(bytes.copied == kept.extracting(place).copied)
          read += 1
        }
      }
    }
    #expect(read == Self.expected.count)
  }

  @Test("what was kept of something else is no address")
  func keptOther() throws {
    let bytes = try Captures.endings.section("yes").bytes
    var read = 0
    bytes.withAttributeBytes { withAddress(in: $0) { _, _ in read += 1 } }
    withAddress(in: RawSpan()) { _, _ in read += 1 }
    #expect(read == 0)
  }

  @Test("the flags of an old kernel are those in the header")
  func oldFlags() throws {
    let header: [UInt8] = [2, 24, 0x81, 0, 7, 0, 0, 0]
    var flags: [AddressFlags] = []
    forEachAddress(in: frame(20, header)) { flags.append($0.flags) }
    forEachAddress(in: frame(20, header + attribute(8, raw(UInt32(0x200))))) { flags.append($0.flags) }
    #expect(flags == [[.permanent, .secondary], .noPrefixRoute])
  }

  @Test("a message about something else is no address")
  func others() {
    var count = 0
    for bytes in Captures.links.messages(ofType: 16) + Captures.endings.sections.map(\.bytes) {
      forEachAddress(in: bytes) { _ in count += 1 }
    }
    #expect(count == 0)
  }
}
