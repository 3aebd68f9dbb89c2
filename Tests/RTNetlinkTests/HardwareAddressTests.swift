import RTNetlink
import Testing

/// That an address of the link layer is up to 32 bytes, and comes out as it went in.
@Suite struct HardwareAddressTests {
  @Test("up to 32 bytes make an address", arguments: [0, 1, 4, 6, 20, 31, 32])
  func address(count: Int) throws {
    let bytes = (0..<count).map { UInt8($0 + 1) }
    let address = try #require(HardwareAddress(bytes))
    #expect(address.count == count)
    #expect((0..<count).map { address[$0] } == bytes)
    #expect(travelled(address) == bytes)
    #expect(HardwareAddress(attributeBytes: bytes.span.bytes) == address)
  }

  @Test("more do not", arguments: [33, 64])
  func tooLong(count: Int) {
    let bytes = [UInt8](repeating: 2, count: count)
    #expect(HardwareAddress(bytes) == nil)
    #expect(HardwareAddress(attributeBytes: bytes.span.bytes) == nil)
  }

  @Test("addresses are the same where length and bytes are")
  func equality() {
    let addresses: [HardwareAddress] = [
      "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:01:00", "00", "00:00", "02:00:00:00:00",
    ]
    for (position, address) in addresses.enumerated() {
      #expect(addresses.firstIndex(of: address) == position)
    }
  }
}
