import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// Every request about addresses has the bytes of `Golden/address-requests.txt`, and is read as what was set.
@Suite struct AddressRequestTests {
  /// A request, and what it is read as where it describes an address (`RTM_NEWADDR`, `RTM_DELADDR`).
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let reading: ExpectedAddress?
    let make: @Sendable () -> AddressRequest

    var testDescription: String { name }

    init(_ name: String, _ reading: ExpectedAddress? = nil, _ make: @escaping @Sendable () -> AddressRequest) {
      self.name = name
      self.reading = reading
      self.make = make
    }
  }

  static let rows = [
    Row(
      "add",
      ExpectedAddress(
        7, "10.0.0.1", 32, peer: "10.0.0.2", scope: .link, flags: .noPrefixRoute,
        facts: [AddressFact("lifetime", .lifetime, AddressLifetime(preferred: 1800, valid: 3600))])
    ) {
      var settings = AddressSettings()
      settings.linkIndex = 7
      settings.family = 2
      settings.prefixLength = 32
      settings.scope = .link
      settings[.local] = "10.0.0.1"
      settings[.address] = "10.0.0.2"
      settings.flags = .noPrefixRoute
      settings[.lifetime] = AddressLifetime(preferred: 1800, valid: 3600)
      return .add(settings)
    },
    Row(
      "add a prefix with a label",
      ExpectedAddress(
        7, "10.0.0.1", 24,
        facts: [AddressFact("label", .label, "v2:x"), AddressFact("broadcast", .broadcast, "10.0.0.255")])
    ) {
      var settings = AddressSettings("10.0.0.1/24", linkIndex: 7)
      settings.set(label: Array("v2:x".utf8))
      settings[.broadcast] = "10.0.0.255"
      return .add(settings)
    },
    Row("replace", ExpectedAddress(7, "fe80::5", 64, flags: [.noDuplicateDetection, .home, .managesTemporary])) {
      var settings = AddressSettings("fe80::5/64", linkIndex: 7)
      settings.flags = [.noDuplicateDetection, .home, .managesTemporary]
      return .replace(settings)
    },
    Row("change", ExpectedAddress(7, "10.0.0.1", 24, flags: .permanent, facts: [AddressFact("metric", .metric, 6)])) {
      var settings = AddressSettings()
      settings.linkIndex = 7
      settings.family = 2
      settings.prefixLength = 24
      settings.flags = .permanent
      settings[.local] = "10.0.0.1"
      settings[.metric] = 6
      settings[.address] = "10.0.0.1"
      return .change(settings)
    },
    Row("delete", ExpectedAddress(7, "10.0.0.1", 24, isDeleted: true)) {
      .delete(AddressSettings("10.0.0.1/24", linkIndex: 7))
    },
    Row("add, with an echo", ExpectedAddress(7, "10.0.0.1", 24)) {
      var request = AddressRequest.add(AddressSettings("10.0.0.1/24", linkIndex: 7))
      request.askForEcho()
      return request
    },
    Row("dump") { .dump(family: .v6) },
    Row("dump a link of another namespace") { .dump(linkIndex: 7, in: 2) },
  ]

  @Test("a request has the golden bytes", arguments: rows)
  func written(row: Row) throws {
    let request = row.make()
    let golden = try Golden.addressRequests.section(row.name)
    #expect(request.request.written.hex == golden.bytes.hex)
  }

  @Test("the golden bytes are read as what was set", arguments: rows)
  func read(row: Row) throws {
    var count = 0
    forEachAddress(in: try Golden.addressRequests.section(row.name).bytes) { address in
      count += 1
      row.reading?.check(address)
    }
    #expect(count == (row.reading == nil ? 0 : 1))
  }

  @Test("flags have an attribute of their own only where the header has no room for one of them")
  func flags() {
    for (flags, size) in [(0, 0), (0xff, 0), (0x100, 8), (0x1ff, 8)] as [(UInt32, Int)] {
      var settings = AddressSettings()
      settings.flags = AddressFlags(rawValue: flags)
      let bytes = AddressRequest.add(settings).request.written
      #expect(bytes.count - 24 == size)
      // `ifa_flags` is the third byte of the header behind the header of the message.
      #expect(bytes[18] == UInt8(truncatingIfNeeded: flags))
    }
  }

  @Test("each request has a section of its own")
  func complete() {
    #expect(Golden.addressRequests.sections.map(\.name) == Self.rows.map(\.name))
  }
}
