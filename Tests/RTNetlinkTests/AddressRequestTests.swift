import Netlink
import RTNetlink
import TestSupport
import Testing

/// That every request about addresses is, byte for byte, what was written down; and is read back as what it says.
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
        7, "10.0.0.1", 32, peer: "10.0.0.2", scope: 253, flags: .noPrefixRoute,
        facts: [AddressFact("lifetime", .lifetime, AddressLifetime(preferred: 1800, valid: 3600))])
    ) {
      var request = AddressRequest.add()
      request.setLink(7)
      request.setFamily(2)
      request.setPrefixLength(32)
      request.setScope(253)
      request.set(.local, to: "10.0.0.1")
      request.set(.address, to: "10.0.0.2")
      request.setFlags(.noPrefixRoute)
      request.set(.lifetime, to: AddressLifetime(preferred: 1800, valid: 3600))
      return request
    },
    Row("replace", ExpectedAddress(7, "fe80::5", 64, flags: [.noDuplicateDetection, .home, .managesTemporary])) {
      var request = AddressRequest.replace()
      request.setLink(7)
      request.setFamily(10)
      request.setPrefixLength(64)
      request.set(.local, to: "fe80::5")
      request.setFlags([.noDuplicateDetection, .home, .managesTemporary])
      request.set(.address, to: "fe80::5")
      return request
    },
    Row("change", ExpectedAddress(7, "10.0.0.1", 24, flags: .permanent, facts: [AddressFact("metric", .metric, 6)])) {
      var request = AddressRequest.change()
      request.setLink(7)
      request.setFamily(2)
      request.setPrefixLength(24)
      request.setFlags(.permanent)
      request.set(.local, to: "10.0.0.1")
      request.set(.metric, to: 6)
      request.set(.address, to: "10.0.0.1")
      return request
    },
    Row("delete", ExpectedAddress(7, "10.0.0.1", 24, isDeleted: true)) {
      var request = AddressRequest.delete()
      request.setLink(7)
      request.setFamily(2)
      request.setPrefixLength(24)
      request.set(.local, to: "10.0.0.1")
      request.set(.address, to: "10.0.0.1")
      return request
    },
    Row("dump") {
      var request = AddressRequest.dump()
      request.setFamily(10)
      return request
    },
  ]

  @Test("a request is what was written down", arguments: rows)
  func written(row: Row) throws {
    let request = row.make()
    let golden = try Golden.addressRequests.section(row.name)
    #expect(request.request.written.hex == golden.bytes.hex)
  }

  @Test("what was written down is read as what it says", arguments: rows)
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
      var request = AddressRequest.add()
      let start = request.request.byteCount
      request.setFlags(AddressFlags(rawValue: flags))
      let bytes = request.request.written
      #expect(bytes.count - start == size)
      // `ifa_flags` is the third byte of the header, which lies behind the message's own.
      #expect(bytes[18] == UInt8(truncatingIfNeeded: flags))
    }
  }

  @Test("nothing was written down in vain")
  func complete() {
    #expect(Golden.addressRequests.sections.map(\.name) == Self.rows.map(\.name))
  }
}
