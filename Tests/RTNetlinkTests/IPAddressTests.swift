import Foundation
import Netlink
import RTNetlink
import Testing

/// An IP address is 4 or 16 bytes.
@Suite struct IPAddressTests {
  @Test("4 bytes are IPv4, 16 are IPv6, and other numbers no address", arguments: 0...33)
  func payload(count: Int) {
    let bytes = (0..<count).map { UInt8($0 + 1) }
    let address = IPAddress(attributeBytes: bytes)
    #expect(address?.family == (count == 4 ? .v4 : count == 16 ? .v6 : nil))
    #expect(IPAddress(bytes: bytes) == address)
    if let address {
      #expect(address.attributeBytes == bytes)
      #expect((0..<count).map { address[$0] } == bytes)
    }
  }

  @Test("a family has the kernel's number and the length of its addresses")
  func family() {
    #expect([IPAddress.Family.v4, .v6].map { Int32($0.rawValue) } == [AF_INET, AF_INET6])
    #expect([IPAddress.Family.v4, .v6].map(\.bitWidth) == [32, 128])
    #expect([IPAddress.Family.v4, .v6].map(\.description) == ["inet", "inet6"])
  }

  @Test(
    "multicast addresses",
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
      ("fd00::1", 128, "fd00::1", "fd00::1"), ("fd00::1", 0, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::"),
    ] as [(IPAddress, Int, IPAddress, IPAddress)])
  func hostPart(address: IPAddress, length: Int, ones: IPAddress, zeros: IPAddress) {
    #expect(address.hostPart(after: length, allOnes: true) == ones)
    #expect(address.hostPart(after: length, allOnes: false) == zeros)
  }

  @Test("addresses are equal where family and bytes are")
  func equality() {
    let addresses: [IPAddress] = ["10.0.0.1", "10.0.0.2", "0.0.0.0", "::", "a00:1::", "::1", "::2"]
    for (position, address) in addresses.enumerated() {
      #expect(addresses.firstIndex(of: address) == position)
    }
    #expect(Set(addresses + addresses).count == addresses.count)
  }

  /// What inet_pton(3) makes of a text; nil where it is no address of the family.
  private static func bytes(_ text: String, _ family: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }

  /// What inet_ntop(3) makes of an address.
  private static func text(_ bytes: [UInt8]) -> String? {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 16 ? AF_INET6 : AF_INET
    return inet_ntop(family, bytes, &text, socklen_t(text.count)).map { String(cString: $0) }
  }

  @Test("the text of an address is that of inet_ntop(3), and is read back", arguments: [4, 16])
  func description(count: Int) throws {
    for round in 0..<2000 {
      // Half of the bytes are zero in every second round, so that IPv6 addresses are shortened.
      let bytes = (0..<count).map { _ in round % 2 == 0 && Bool.random() ? 0 : UInt8.random(in: .min ... .max) }
      let address = try #require(IPAddress(bytes: bytes))
      let text = try #require(Self.text(bytes))
      #expect(address.description == text)
      #expect(IPAddress(text) == address)
    }
  }

  @Test(
    "text is read as by inet_pton(3)",
    arguments: [
      "10.0.0.1", "0.0.0.0", "255.255.255.255", "256.0.0.1", "10.0.0.1.2", "10.0.0.-1", "10.0.0.1 ", " 10.0.0.1",
      "a.b.c.d",
      "10..0.1", ".10.0.0.1", "10.0.0.", "10.00.0.1", "010.0.0.1", "10.0.0.1\0", "10.0.0.1/24", "",
      "::", "::1", "fd00::1", "FD00::A", "fe80::1%lo", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
      "1::2::3",
      ":::", ":", "::ffff:10.0.0.1", "::10.0.0.1", "::10.0.0.256", "1:2:3:4:5:6:7::", "12345::", "g::", "::1 ", " ::1",
      "fd00::1/64", "::1\0",
    ])
  func parsed(text: String) {
    let isCString = !text.utf8.contains(0)
    let bytes = isCString ? Self.bytes(text, AF_INET) ?? Self.bytes(text, AF_INET6) : nil
    #expect(IPAddress(text)?.attributeBytes == bytes)
  }

  @Test(
    "an IPv4 address may be short, as with ip",
    arguments: [
      ("10", "10.0.0.0"), ("10.1", "10.1.0.0"), ("10.1.2", "10.1.2.0"), ("0", "0.0.0.0"), ("0x0a.1", "10.1.0.0"),
    ]
      as [(String, IPAddress)])
  func short(text: String, address: IPAddress) {
    #expect(IPAddress(text) == address)
  }

  @Test("text can be read as an address of one family only")
  func oneFamily() {
    #expect(IPAddress(text: Array("fd00::1".utf8), family: .v6) == "fd00::1")
    #expect(IPAddress(text: Array("fd00::1".utf8), family: .v4) == nil)
    #expect(IPAddress(text: Array("10.0.0.1".utf8), family: .v4) == "10.0.0.1")
    #expect(IPAddress(text: Array("10.0.0.1".utf8), family: .v6) == nil)
  }
}

/// A prefix is an address and a length.
@Suite struct IPPrefixTests {
  @Test("prefixes are equal where address and length are")
  func equality() {
    let prefix = IPPrefix(address: "10.0.0.1", length: 24)
    #expect(prefix == "10.0.0.1/24")
    #expect(prefix != "10.0.0.1/25" && prefix != "10.0.0.2/24")
    #expect(Set([prefix, "10.0.0.1/24", "10.0.0.1/25"]).count == 2)
  }

  @Test(
    "text is read",
    arguments: [
      ("10.0.0.1/24", "10.0.0.1", 24), ("10.0.0.1", "10.0.0.1", 32), ("10.0.0.1/0", "10.0.0.1", 0),
      ("10.0.0.1/32", "10.0.0.1", 32), ("10.1/8", "10.1.0.0", 8), ("fd00::1", "fd00::1", 128),
      ("fd00::1/64", "fd00::1", 64), ("::/0", "::", 0), ("fd00::1/128", "fd00::1", 128),
      ("10.0.0.1/255.255.255.0", "10.0.0.1", 24), ("10.0.0.1/255.255.255.255", "10.0.0.1", 32),
      ("10.0.0.1/0.0.0.0", "10.0.0.1", 0), ("10.0.0.1/128.0.0.0", "10.0.0.1", 1),
      ("10.0.0.1/255.254.0.0", "10.0.0.1", 15),
      ("10.0.0.1/0x18", "10.0.0.1", 24),
    ] as [(String, IPAddress, UInt8)])
  func parsed(text: String, address: IPAddress, length: UInt8) {
    #expect(IPPrefix(text) == IPPrefix(address: address, length: length))
  }

  @Test(
    "other text is no prefix",
    arguments: [
      "", "/", "/24", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/ 24", "10.0.0.1/24/8", "fd00::1/129",
      "fd00::1/256", "10.0.0.1/255.0.255.0", "10.0.0.1/0.0.0.1", "10.0.0.1/024", "10.0.0.256/24", "x/24",
      "10.0.0.1/24x",
    ])
  func noPrefix(text: String) {
    #expect(IPPrefix(text) == nil)
  }

  @Test(
    "the text is the address and the length, and is read back",
    arguments: ["10.0.0.1/24", "10.0.0.1/32", "0.0.0.0/0", "fd00::1/64", "::/0", "fe80::a:b/128"])
  func description(text: String) throws {
    let prefix = try #require(IPPrefix(text))
    #expect(prefix.description == text && "\(prefix)" == text)
  }

  @Test(
    "a prefix contains the addresses of its network",
    arguments: [
      ("10.0.0.1/24", "10.0.0.254", true), ("10.0.0.1/24", "10.0.1.1", false), ("10.0.0.1/32", "10.0.0.1", true),
      ("10.0.0.1/32", "10.0.0.2", false), ("10.0.0.1/0", "192.168.0.1", true), ("10.0.0.1/24", "fd00::1", false),
      ("fd00::1/64", "fd00::2", true), ("fd00::1/64", "fd00:0:0:1::2", false), ("::/0", "fd00::2", true),
      ("::/0", "10.0.0.1", false), ("0.0.0.0/0", "::", false),
    ] as [(IPPrefix, IPAddress, Bool)])
  func contains(prefix: IPPrefix, address: IPAddress, isInside: Bool) {
    #expect(prefix.contains(address) == isInside)
  }

  @Test("text can be read as a prefix of one family only")
  func family() {
    #expect(IPPrefix(text: Array("10.0.0.1/24".utf8), family: .v4) == "10.0.0.1/24")
    #expect(IPPrefix(text: Array("10.0.0.1/24".utf8), family: .v6) == nil)
    #expect(IPPrefix(text: Array("fd00::1/64".utf8), family: .v4) == nil)
  }
}
