import Netlink
import RTNetlink
import Testing

/// A kernel name is 1 to 15 bytes of any value but 0.
@Suite struct KernelNameTests {
  @Test(
    "any bytes but NUL are a name",
    arguments: [
      Array("v".utf8), Array("v0".utf8), Array("eightlet".utf8), Array("nine-long".utf8),
      Array("fifteen-letters".utf8), [0xff], [1, 0x1b, 0x2f, 0x20, 0x0a], [UInt8](repeating: 0xff, count: 8),
      [UInt8](repeating: 0xff, count: 15), Array("é".utf8),
    ])
  func name(bytes: [UInt8]) throws {
    let name = try #require(KernelName(bytes: bytes))
    #expect(name.bytes == bytes)
    #expect(name.count == bytes.count)
    // A request has a NUL behind the name, an answer has one or none.
    #expect(name.attributeBytes == bytes + [0])
    #expect(KernelName(attributeBytes: bytes) == name)
    #expect(KernelName(attributeBytes: bytes + [0]) == name)
    #expect(KernelName(attributeBytes: bytes + [0, 0x41]) == name)
    var handed: [UInt8] = []
    name.withBytes { handed = $0.copied }
    #expect(handed == bytes)
  }

  @Test("other bytes are none", arguments: [[], [0], [0x76, 0], [0, 0x76], [UInt8](repeating: 0x76, count: 16)])
  func noName(bytes: [UInt8]) {
    #expect(KernelName(bytes: bytes) == nil)
  }

  @Test("a payload without a name, or with one that is too long, is nil")
  func noPayload() {
    for bytes in [[], [0], [0, 0x76], [UInt8](repeating: 0x76, count: 16), [UInt8](repeating: 0x76, count: 200)] {
      #expect(KernelName(attributeBytes: bytes) == nil)
    }
  }

  @Test("a name is made from text, and is text")
  func text() {
    let name: KernelName = "é0"
    #expect(name.bytes == [0xc3, 0xa9, 0x30])
    #expect(name.description == "é0")
    let text = "é0"
    #expect(KernelName(text) == name)
    for text in ["", "a\0", "sixteen-letters!"] { #expect(KernelName(text) == nil) }
    #expect(KernelName(bytes: [0x76, 0xff])?.description == "v\u{fffd}")
  }

  @Test("names are equal where all bytes are")
  func equality() {
    let names: [KernelName] = ["v", "v0", "v1", "eightlet", "eightlet0", "eightlet1", "V0"]
    for (position, name) in names.enumerated() { #expect(names.firstIndex(of: name) == position) }
    #expect(Set(names).count == names.count)
    #expect(names.sorted() == ["V0", "eightlet", "eightlet0", "eightlet1", "v", "v0", "v1"])
  }
}
