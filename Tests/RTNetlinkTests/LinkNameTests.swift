import Netlink
import RTNetlink
import TestSupport
import Testing

/// A link name is 1 to 127 bytes of any value but 0.
@Suite struct LinkNameTests {
  private static func name(ofLength count: Int) -> LinkName? { LinkName(String(repeating: "n", count: count)) }

  @Test("a name has 1 to 127 bytes", arguments: [0, 1, 15, 16, 127, 128, 1000])
  func length(count: Int) {
    #expect((Self.name(ofLength: count) != nil) == (1...127).contains(count))
    #expect(LinkName.maximumCount == 127)
  }

  @Test("a name has no NUL, and any other byte")
  func bytes() {
    for bytes in [[UInt8](1...127), [UInt8](129...255), [128]] { #expect(LinkName(bytes: bytes)?.bytes == bytes) }
    for bytes in [[], [0], [0x61, 0], [0, 0x61], [0x61, 0, 0x62]] as [[UInt8]] {
      #expect(LinkName(bytes: bytes) == nil)
    }
    for text in ["", "\0", "a\0", "\0a"] { #expect(LinkName(text) == nil) }
  }

  @Test("a name is a literal, and is text")
  func text() {
    let name: LinkName = "wéb0"
    #expect(name.bytes == Array("wéb0".utf8))
    #expect("\(name)" == "wéb0")
    let text = "wéb0"
    #expect(LinkName(text) == name)
    #expect(LinkName(bytes: [0x76, 0xff])?.description == "v\u{fffd}")
  }

  @Test("a name is equal to a name of the same bytes, and to no other")
  func equality() {
    let names: [LinkName] = ["v", "v0", "v1", "V0", "a-name-longer-than-fifteen", "a-name-longer-than-fifteeN"]
    for (position, name) in names.enumerated() { #expect(names.firstIndex(of: name) == position) }
    #expect(Set(names + names).count == names.count)
    #expect((["v1", "v10", "V", "v"] as [LinkName]).sorted() == ["V", "v", "v1", "v10"])
    let target: LinkTarget = "v0"
    #expect(target == .name("v0") && target != .name("v1") && target != .index(1) && LinkTarget.group(1) != .index(1))
  }

  @Test("a payload is the bytes and a NUL, and is read with the NUL or without")
  func payload() {
    let name: LinkName = "a-name-longer-than-fifteen"
    #expect(name.attributeBytes == name.bytes + [0])
    #expect(LinkName(attributeBytes: name.bytes + [0]) == name)
    #expect(LinkName(attributeBytes: name.bytes) == name)
    #expect(LinkName(attributeBytes: name.bytes + [0, 1, 2]) == name)
    for bytes in [[], [0], [0, 1], [UInt8](repeating: 1, count: 128)] as [[UInt8]] {
      #expect(LinkName(attributeBytes: bytes) == nil)
    }
    let longest = [UInt8](repeating: 0x61, count: 127)
    #expect(LinkName(attributeBytes: longest + [0])?.bytes == longest)
  }

  @Test("a name of up to 15 bytes can be the name of an interface")
  func interfaceName() {
    let (short, long): (LinkName, LinkName) = ("fifteen-letters", "sixteen-letters!")
    #expect(short.interfaceName == "fifteen-letters" && long.interfaceName == nil)
    let reported: KernelName = "v0"
    #expect(LinkName(reported) == "v0" && LinkName(reported).interfaceName == reported)
  }

  @Test(
    "what may be in the name of a new interface",
    arguments: [
      ("v0", true), ("fifteen-letters", true), ("sixteen-letters!", false), (".", false), ("..", false), ("...", true),
      (".a", true), ("a/b", false), ("/", false), ("a b", false), (" ", false), ("a\tb", false), ("a\nb", false),
      ("a\u{7f}b", false), ("a\u{1b}b", false), ("é", true), ("a@b", true), ("veth%d", true), ("-", true),
      ("v0:1", false), ("à", false),
    ] as [(LinkName, Bool)])
  func valid(name: LinkName, isValid: Bool) {
    #expect(name.isValidInterfaceName == isValid)
  }

  @Test("the kernel numbers a name with a percent sign")
  func pattern() {
    for name in ["veth%d", "%d", "%"] as [LinkName] { #expect(name.isPattern) }
    for name in ["veth0", "d", "a-name-longer-than-fifteen"] as [LinkName] { #expect(!name.isPattern) }
  }

  @Test(
    "an interface can be given every valid name of two bytes",
    .enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
  func onKernel() async throws {
    let refused = try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.makePair("v0", "v1")
      let index = try socket.existingIndex(of: "v0")
      var refused: [UInt8] = []
      for byte in UInt8(1)...255 {
        // A percent sign alone is a pattern that the kernel refuses.
        guard let name = LinkName(bytes: [0x61, byte]), name.isValidInterfaceName, !name.isPattern else { continue }
        var settings = LinkSettings(name: name)
        let error = failure { () throws(NetlinkError) in try socket.changeLink(.index(index), settings) }
        if error != nil { refused.append(byte) } else { #expect(try socket.index(of: name) == index) }
        settings.name = "v0"
        try socket.changeLink(.index(index), settings)
      }
      return refused
    }
    #expect(refused == [])
  }
}
