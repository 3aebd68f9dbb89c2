import RTNetlink
import Testing

/// That a name is one to fifteen bytes of anything but NUL, and comes out as it went in.
@Suite struct KernelNameTests {
  @Test(
    "any bytes but NUL make a name",
    arguments: [
      Array("v".utf8), Array("v0".utf8), Array("eightlet".utf8), Array("nine-long".utf8),
      Array("fifteen-letters".utf8), [0xff], [1, 0x1b, 0x2f, 0x20, 0x0a], [UInt8](repeating: 0xff, count: 8),
      [UInt8](repeating: 0xff, count: 15), Array("é".utf8),
    ])
  func name(bytes: [UInt8]) throws {
    let name = try #require(KernelName(bytes))
    #expect(name.bytes == bytes)
    #expect(name.count == bytes.count)
    // To the kernel it goes with a NUL behind it, and comes back with one or none.
    #expect(travelled(name) == bytes + [0])
    #expect(KernelName(attributeBytes: bytes.span.bytes) == name)
    #expect(KernelName(attributeBytes: (bytes + [0]).span.bytes) == name)
    #expect(KernelName(attributeBytes: (bytes + [0, 0x41]).span.bytes) == name)
  }

  @Test("nothing else does", arguments: [[], [0], [0x76, 0], [0, 0x76], [UInt8](repeating: 0x76, count: 16)])
  func noName(bytes: [UInt8]) {
    #expect(KernelName(bytes) == nil)
  }

  @Test("a payload without a name, or with one that is too long, is none")
  func noPayload() {
    for bytes in [[], [0], [0, 0x76], [UInt8](repeating: 0x76, count: 16), [UInt8](repeating: 0x76, count: 200)] {
      #expect(KernelName(attributeBytes: bytes.span.bytes) == nil)
    }
  }

  @Test("a name stands in the source as text, and is told as text")
  func text() {
    let name: KernelName = "é0"
    #expect(name.bytes == [0xc3, 0xa9, 0x30])
    #expect(name.description == "é0")
    #expect(KernelName([0x76, 0xff])?.description == "v\u{fffd}")
  }

  @Test("names are the same where all their bytes are")
  func equality() {
    let names: [KernelName] = ["v", "v0", "v1", "eightlet", "eightlet0", "eightlet1", "V0"]
    for (position, name) in names.enumerated() {
      #expect(names.firstIndex(of: name) == position)
    }
  }
}
