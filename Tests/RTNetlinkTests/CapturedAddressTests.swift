import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// Addresses are read from the answer of a real kernel.
@Suite struct CapturedAddressTests {
  private static let forever = AddressFact("lifetime", .lifetime, AddressLifetime())

  static let expected = [
    ExpectedAddress(
      1, "127.0.0.1", 8, scope: .host, flags: .permanent,
      facts: [forever, AddressFact("label", .label, "lo"), .missing("broadcast", .broadcast)]),
    ExpectedAddress(
      1, "127.1.1.1", 8, scope: .host, flags: [.permanent, .secondary],
      facts: [AddressFact("addressProtocol", .addressProtocol, AddressProtocol(rawValue: 3))]),
    ExpectedAddress(
      3, "10.1.0.1", 32, peer: "10.1.0.2", scope: .link, flags: [.permanent, .noPrefixRoute],
      facts: [forever, AddressFact("label", .label, "v1"), .missing("metric", .metric)]),
    ExpectedAddress(
      3, "10.0.0.1", 24, flags: .permanent,
      facts: [
        AddressFact("broadcast", .broadcast, "10.0.0.255"), AddressFact("label", .label, "v1:home"),
        AddressFact("metric", .metric, 5), .missing("addressProtocol", .addressProtocol),
      ]),
    ExpectedAddress(3, "10.0.0.3", 24, flags: [.permanent, .secondary]),
    ExpectedAddress(
      1, "::1", 128, scope: .host, flags: .permanent,
      facts: [
        forever, AddressFact("addressProtocol", .addressProtocol, AddressProtocol(rawValue: 1)),
        .missing("label", .label),
        .missing("local", .local),
      ]),
    ExpectedAddress(
      3, "fd00::3", 128, peer: "fd00::4", flags: [.permanent, .noDuplicateDetection],
      facts: [AddressFact("metric", .metric, 7)]),
    ExpectedAddress(
      3, "fd00::2", 64, flags: .noDuplicateDetection,
      facts: [AddressFact("lifetime", .lifetime, AddressLifetime(preferred: 1800, valid: 3600))]),
    ExpectedAddress(3, "fd00::1", 64, flags: [.permanent, .noDuplicateDetection, .home]),
    ExpectedAddress(3, "fe80::ff:fe00:2", 64, scope: .link, flags: [.permanent, .tentative]),
    ExpectedAddress(4, "fe80::ff:fe00:1", 64, scope: .link, flags: [.permanent, .tentative]),
  ]

  @Test("every property has the kernel's value")
  func properties() {
    var rest = Self.expected[...]
    for section in Captures.addresses.sections {
      forEachAddress(in: section.bytes) { rest.popFirst()?.check($0) }
    }
    #expect(rest.isEmpty)
  }

  @Test("an address is read from a copy of its message among others")
  func kept() {
    var (kept, ranges): ([UInt8], [Range<Int>]) = ([0xff, 0xff, 0xff, 0xff], [])
    for message in Captures.addresses.messages(ofType: 20) {
      ranges.append(kept.count..<kept.count + message.count)
      kept += message
    }
    var read = 0
    for (range, expected) in zip(ranges, Self.expected) {
      kept.withAttributeBytes { kept in
        withAddress(in: kept.extracting(range)) { address, bytes in
          expected.check(address)
          #expect(bytes.copied == kept.extracting(range).copied)
          read += 1
        }
      }
    }
    #expect(read == Self.expected.count)
  }

  @Test("a copy of another message is no address")
  func keptOther() throws {
    let bytes = try Captures.endings.section("yes").bytes
    var read = 0
    bytes.withAttributeBytes { withAddress(in: $0) { _, _ in read += 1 } }
    withAddress(in: RawSpan()) { _, _ in read += 1 }
    #expect(read == 0)
  }

  @Test("a summary has the link and the family, without the rest of the message")
  func summaries() {
    var summaries: [AddressSummary] = []
    for section in Captures.addresses.sections {
      let bytes = section.bytes
      var messages = Messages(bytes.span.bytes)
      while let message = messages.next() { if let summary = AddressSummary(message) { summaries.append(summary) } }
    }
    #expect(summaries.map(\.linkIndex) == Self.expected.map(\.linkIndex))
    #expect(summaries.map(\.family) == Self.expected.map(\.local.family.rawValue))
  }

  @Test("the flags of an old kernel are in the header")
  func oldFlags() throws {
    let header: [UInt8] = [2, 24, 0x81, 0, 7, 0, 0, 0]
    var flags: [AddressFlags] = []
    forEachAddress(in: frame(20, header)) { flags.append($0.flags) }
    forEachAddress(in: frame(20, header + attribute(8, raw(UInt32(0x200))))) { flags.append($0.flags) }
    #expect(flags == [[.permanent, .secondary], .noPrefixRoute])
  }

  @Test("settings made of an address have all of its attributes, and are encoded as the kernel's message")
  func settings() throws {
    var count = 0
    for message in Captures.addresses.messages(ofType: 20) {
      forEachAddress(in: message) { address in
        let settings = AddressSettings(address)
        #expect(settings.prefix?.address == address.local && settings.prefix?.length == address.prefixLength)
        #expect(settings[.address] == address[.address] && settings[.label] == address[.label])
        #expect(settings[.metric] == address[.metric] && settings[.lifetime] == address[.lifetime])
        #expect(settings.isSameAddress(as: settings))
        let request = AddressRequest.add(settings).request.written
        // The header is the same; the kernel has IFA_FLAGS always, a request only for flags beyond eight.
        #expect(request[16..<24] == message[16..<24])
        let (encoded, original) = (attributes(of: request), attributes(of: message))
        #expect(encoded.filter { $0.type != 8 } == original.filter { $0.type != 8 })
        #expect(encoded.contains { $0.type == 8 } == (address.flags.rawValue > 255))
        count += 1
      }
    }
    #expect(count == Self.expected.count)
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

/// The types and payloads of the attributes of a message about an address.
func attributes(of message: [UInt8]) -> [AttributeCopy] {
  var messages = Messages(message.span.bytes)
  var copies: [AttributeCopy] = []
  guard var attributes = messages.next()?.attributes(after: 8) else { return [] }
  while let attribute = attributes.next() {
    copies.append(AttributeCopy(type: attribute.type, payload: attribute.payload.copied))
  }
  return copies
}

/// A copy of an attribute.
struct AttributeCopy: Equatable {
  let type: UInt16
  let payload: [UInt8]
}
