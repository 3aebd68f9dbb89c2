import Foundation
import Netlink
import RTNetlink
import Testing

/// An address of the link layer is up to 32 bytes.
@Suite struct HardwareAddressTests {
  @Test("up to 32 bytes are an address", arguments: [0, 1, 4, 6, 20, 31, 32])
  func address(count: Int) throws {
    let bytes = (0..<count).map { UInt8($0 + 1) }
    let address = try #require(HardwareAddress(bytes: bytes))
    #expect(address.count == count)
    #expect((0..<count).map { address[$0] } == bytes)
    #expect(address.attributeBytes == bytes)
    #expect(HardwareAddress(attributeBytes: bytes) == address)
  }

  @Test("more are not", arguments: [33, 64])
  func tooLong(count: Int) {
    let bytes = [UInt8](repeating: 2, count: count)
    #expect(HardwareAddress(bytes: bytes) == nil)
    #expect(HardwareAddress(attributeBytes: bytes) == nil)
    #expect(HardwareAddress(bytes.map { String($0, radix: 16) }.joined(separator: ":")) == nil)
  }

  @Test("addresses are equal where length and bytes are")
  func equality() {
    let addresses: [HardwareAddress] = [
      "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:01:00", "00", "00:00", "02:00:00:00:00",
    ]
    for (position, address) in addresses.enumerated() {
      #expect(addresses.firstIndex(of: address) == position)
    }
    #expect(Set(addresses + addresses).count == addresses.count)
  }

  @Test("the text of any bytes is that of Foundation, and is read back", arguments: 1...32)
  func description(count: Int) throws {
    for _ in 0..<20 {
      let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max) }
      let text = bytes.map { String(format: "%02x", $0) }.joined(separator: ":")
      let address = try #require(HardwareAddress(bytes: bytes))
      #expect(address.description == text && "\(address)" == text)
      #expect(HardwareAddress(text) == address)
      #expect(HardwareAddress(text.uppercased()) == address)
    }
  }

  @Test(
    "bytes may have one digit, and an IPv4 address is four bytes",
    arguments: [
      ("2:0:0:0:0:1", [2, 0, 0, 0, 0, 1]), ("A:bC", [0x0a, 0xbc]), ("f", [0x0f]), ("ff", [0xff]),
      ("10.0.0.1", [10, 0, 0, 1]), ("10.1", [10, 1, 0, 0]),
    ] as [(String, [UInt8])])
  func short(text: String, bytes: [UInt8]) {
    #expect(HardwareAddress(text) == HardwareAddress(bytes: bytes))
  }

  @Test(
    "other text is no address",
    arguments: [
      "", ":", "02:", ":02", "02::03", "002", "02:003", "g0", "02:0g", "02-03", "02 03", " 02", "02:00:00:00:00:01\n",
      "10.0.0.256", "10.0.0.0.1", "02:10.0.0.1", "é",
    ])
  func noAddress(text: String) {
    #expect(HardwareAddress(text) == nil)
  }

  @Test("an Ethernet address has six bytes, is not zero, and no multicast address")
  func ethernet() {
    let valid: [HardwareAddress] = ["02:00:00:00:00:01", "00:00:00:00:00:01", "fe:ff:ff:ff:ff:ff", "00:01:00:00:00:00"]
    let invalid: [HardwareAddress] = [
      "00:00:00:00:00:00", "01:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "03:00:00:00:00:01", "02:00:00:00:01",
      "02:00:00:00:00:00:01", "02",
    ]
    #expect(valid.allSatisfy(\.isValidForEthernet) && invalid.allSatisfy { !$0.isValidForEthernet })
    #expect(HardwareAddress(bytes: [])?.isValidForEthernet == false)
  }

  @Test("a random address is locally administered, valid, and another one each time")
  func random() {
    let addresses = (0..<100).map { _ in HardwareAddress.random }
    #expect(addresses.allSatisfy { $0.isValidForEthernet && $0[0] & 2 == 2 })
    #expect(Set(addresses).count == addresses.count)
  }
}
