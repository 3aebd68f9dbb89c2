import RTNetlink
import Testing

/// That an address of the internet is 4 or 16 bytes, and what can be said of it.
@Suite struct IPAddressTests {
  @Test("4 bytes are IPv4, 16 are IPv6, and nothing else is an address", arguments: 0...33)
  func payload(count: Int) {
    let bytes = (0..<count).map { UInt8($0 + 1) }
    let address = IPAddress(attributeBytes: bytes.span.bytes)
    #expect(address?.family == (count == 4 ? .v4 : count == 16 ? .v6 : nil))
    if let address { #expect(travelled(address) == bytes) }
  }

  @Test("a family is the kernel's, and knows how long its addresses are")
  func family() {
    // AF_INET and AF_INET6.
    #expect([IPAddress.Family.v4, .v6].map(\.rawValue) == [2, 10])
    #expect([IPAddress.Family.v4, .v6].map(\.bitWidth) == [32, 128])
  }

  @Test(
    "some addresses name many receivers",
    arguments: [
      ("223.255.255.255", false), ("224.0.0.0", true), ("239.255.255.255", true), ("240.0.0.0", false),
      ("255.255.255.255", false), ("0.0.0.0", false), ("ff00::", true), ("ff02::1", true), ("feff::1", false),
      ("::", false), ("e000::", false),
    ] as [(IPAddress, Bool)])
  func multicast(address: IPAddress, isMulticast: Bool) {
    #expect(address.isMulticast == isMulticast)
  }

  @Test(
    "the part behind the prefix is set or cleared",
    arguments: [
      ("10.1.2.3", 24, "10.1.2.255", "10.1.2.0"), ("10.1.2.3", 0, "255.255.255.255", "0.0.0.0"),
      ("10.1.2.3", 32, "10.1.2.3", "10.1.2.3"), ("10.1.2.3", 31, "10.1.2.3", "10.1.2.2"),
      ("10.1.170.3", 19, "10.1.191.255", "10.1.160.0"), ("10.1.2.3", 1, "127.255.255.255", "0.0.0.0"),
      ("fd00::1", 64, "fd00::ffff:ffff:ffff:ffff", "fd00::"), ("fd00::1", 127, "fd00::1", "fd00::"),
      ("fd00::1", 128, "fd00::1", "fd00::1"),
    ] as [(IPAddress, Int, IPAddress, IPAddress)])
  func hostPart(address: IPAddress, length: Int, ones: IPAddress, zeros: IPAddress) {
    #expect(address.hostPart(after: length, allOnes: true) == ones)
    #expect(address.hostPart(after: length, allOnes: false) == zeros)
  }

  @Test("addresses are the same where family and bytes are")
  func equality() {
    let addresses: [IPAddress] = ["10.0.0.1", "10.0.0.2", "0.0.0.0", "::", "a00:1::", "::1", "::2"]
    for (position, address) in addresses.enumerated() {
      #expect(addresses.firstIndex(of: address) == position)
    }
  }

  @Test("prefixes are the same where address and length are")
  func prefixes() {
    let prefix = IPPrefix(address: "10.0.0.1", length: 24)
    #expect(prefix == IPPrefix(address: "10.0.0.1", length: 24))
    #expect(prefix != IPPrefix(address: "10.0.0.1", length: 25))
    #expect(prefix != IPPrefix(address: "10.0.0.2", length: 24))
  }
}
