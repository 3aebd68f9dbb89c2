import RTNetlink
import Testing

/// That lifetimes are `struct ifa_cacheinfo`.
@Suite struct AddressLifetimeTests {
  @Test("an address stays for ever unless somebody says otherwise")
  func forever() {
    #expect(AddressLifetime() == AddressLifetime(preferred: 0xffff_ffff, valid: 0xffff_ffff))
    #expect(travelled(AddressLifetime()) == [UInt8](repeating: 0xff, count: 8) + [UInt8](repeating: 0, count: 8))
  }

  @Test("the kernel's dates behind the lifetimes are passed over")
  func dates() {
    let bytes: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    #expect(AddressLifetime(attributeBytes: bytes.span.bytes) == AddressLifetime(preferred: 1, valid: 2))
  }

  @Test("a payload that is too short is none", arguments: 0..<16)
  func short(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    #expect(AddressLifetime(attributeBytes: bytes.span.bytes) == nil)
  }
}
