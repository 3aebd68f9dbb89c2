import CMnl
import SystemCalls
import Testing

@testable import Netlink

/// Nothing is read outside of the bytes.
@Suite struct RawBytesTests {
  static let bytes: [UInt8] = [1, 2, 3, 4, 5]

  @Test(
    "a number is read where the bytes contain all of it",
    arguments: [(0, 0x0403_0201), (1, 0x0504_0302), (2, nil), (5, nil), (6, nil), (-1, nil), (.min, nil), (.max, nil)])
  func load(offset: Int, number: UInt32?) {
    let found = Self.bytes.span.bytes.load(at: offset, as: UInt32.self)
    #expect(found == number)
  }

  @Test("a C struct is copied whole or not at all")
  func structs() {
    var header = rtgenmsg()
    var longer = ifaddrmsg()
    let isCopied = (Self.bytes.span.bytes.copy(to: &header), Self.bytes.span.bytes.copy(to: &longer))
    #expect(isCopied == (true, false))
    #expect((header.rtgen_family, longer.ifa_family) == (1, 0))
  }

  @Test(
    "a prefix is copied as far as there is room",
    arguments: [([], [9, 9, 9]), ([1, 2], [1, 2, 9]), ([1, 2, 3, 4], [1, 2, 3])] as [([UInt8], [UInt8])])
  func prefix(source: [UInt8], result: [UInt8]) {
    var storage: InlineArray<3, UInt8> = [9, 9, 9]
    source.span.bytes.copyPrefix(to: &storage)
    #expect([storage[0], storage[1], storage[2]] == result)
  }

  @Test(
    "a string ends at the first NUL or with the bytes",
    arguments: [([], []), ([0], []), ([97], [97]), ([97, 98, 0], [97, 98]), ([97, 0, 98, 0], [97])]
      as [([UInt8], [UInt8])])
  func string(bytes: [UInt8], text: [UInt8]) {
    let string = bytes.span.bytes.string.copied
    #expect(string == text)
  }

  @Test("bytes are compared with a literal")
  func literal() {
    let (veth, none) = (Array("veth".utf8), [UInt8]())
    let (bytes, nothing) = (veth.span.bytes, none.span.bytes)
    let answers = [bytes == "veth", bytes == "vet", bytes == "vetha", bytes == "Veth", nothing == "", nothing == "v"]
    #expect(answers == [true, false, false, false, true, false])
  }
}
