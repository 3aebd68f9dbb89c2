import Netlink
import RTNetlink
import Testing

/// Lifetimes are `struct ifa_cacheinfo`.
@Suite struct AddressLifetimeTests {
  @Test("an address has unlimited lifetimes unless others are given")
  func forever() {
    #expect(AddressLifetime() == AddressLifetime(preferred: 0xffff_ffff, valid: 0xffff_ffff))
    #expect(AddressLifetime().attributeBytes == [UInt8](repeating: 0xff, count: 8) + [UInt8](repeating: 0, count: 8))
  }

  @Test("lifetimes are text as ip prints them")
  func text() {
    #expect(AddressLifetime().description == "valid_lft forever preferred_lft forever")
    #expect(AddressLifetime(preferred: 0, valid: 3600).description == "valid_lft 3600sec preferred_lft 0sec")
  }

  @Test("the kernel's time stamps behind the lifetimes are skipped")
  func dates() {
    let bytes: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    #expect(AddressLifetime(attributeBytes: bytes.span.bytes) == AddressLifetime(preferred: 1, valid: 2))
  }

  @Test("a payload that is too short is nil", arguments: 0..<16)
  func short(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    #expect(AddressLifetime(attributeBytes: bytes.span.bytes) == nil)
  }
}
