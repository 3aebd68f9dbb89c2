import CMnl
import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// The registry of the kinds of links, and the values of their attributes.
@Suite struct LinkKindTests {
  @Test("every kind is found by its word, and by its name in the kernel")
  func names() {
    for kind in LinkKind.all {
      let word = [UInt8]("\(kind.word)".utf8)
      #expect(LinkKind.named(word).map { "\($0.word)" } == "\(kind.word)")
      let name = [UInt8]("\(kind.name)".utf8)
      let found = LinkKind.named(name.span.bytes, isPort: kind.isPort)
      #expect(found.map { "\($0.word)" } == "\(kind.word)")
    }
    #expect(LinkKind.all.map { "\($0.word)" } == ["bridge", "bridge_slave", "dummy", "macvlan", "veth", "vlan"])
    #expect(LinkKind.named(Array("ifb".utf8)) == nil && LinkKind.named([]) == nil)
    let slave = Array("bridge_slave".utf8)
    let found = LinkKind.named(slave.span.bytes, isPort: false)
    #expect(found == nil)
  }

  @Test("a kind is text, and made from a literal")
  func text() {
    let kind: LinkKind = "ifb"
    #expect(kind.description == "ifb" && "\(kind.name)" == "ifb" && kind.fields.isEmpty && !kind.isPort)
    #expect(LinkKind.all.map(\.description) == LinkKind.all.map { "\($0.word)" })
    #expect(LinkSettings(name: "i0", kind: "ifb").kind == "ifb")
  }

  @Test("the attributes of a kind and of a port are in different places")
  func paths() {
    #expect(Bridge.kind.namePath == AttributePath(IFLA_LINKINFO, IFLA_INFO_KIND))
    #expect(BridgePort.kind.namePath == AttributePath(IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND))
    #expect(Bridge.kind.path(4) == AttributePath(IFLA_LINKINFO, IFLA_INFO_DATA, 4))
    #expect(BridgePort.kind.path(4) == AttributePath(IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA, 4))
    #expect(Veth.peerPath == AttributePath(IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER))
  }

  @Test("the words of a kind are different, a number has a size, and a choice has words", arguments: LinkKind.all)
  func fields(kind: LinkKind) {
    let words = kind.fields.map { "\($0.word)" }
    #expect(Set(words).count == words.count)
    #expect(kind.fields.allSatisfy { $0.access == .readOnly || $0.word.utf8CodeUnitCount > 0 })
    let keys = kind.fields.map { "\($0.key)" }
    #expect(!keys.contains(""))
    #expect((kind.unknownWord != nil) == kind.fields.contains { $0.access != .readOnly })
    for field in kind.fields {
      switch field.form {
      case .choice(let choices):
        #expect(Set(choices.map(\.number)).count == choices.count && !choices.isEmpty)
      case .number, .sourceCount, .mask, .groupMask, .hexadecimal, .timer, .onOrOff, .onOrOffInText, .namedNumber,
        .link:
        #expect([1, 2, 4, 8].contains(field.width), "\(field.word)")
      case .bridgeID, .hardwareAddress, .flags, .option, .noLink, .action: break
      }
    }
  }
}

/// Values of a bridge's attributes that are no numbers.
@Suite struct BridgeValueTests {
  @Test("an id of a bridge has a priority and a MAC address, in 8 bytes")
  func identifier() throws {
    let bytes: [UInt8] = [0x80, 0x01, 2, 0, 0, 0, 0, 0x0b]
    let id = try #require(BridgeID(attributeBytes: bytes))
    #expect(id.priority == 0x8001 && (0..<6).map { id[$0] } == [2, 0, 0, 0, 0, 0x0b])
    #expect(id.description == "8001.2:0:0:0:0:b")
    #expect(id.attributeBytes == bytes && id == BridgeID(attributeBytes: bytes))
    #expect(id != BridgeID(attributeBytes: [0x80, 0x01, 2, 0, 0, 0, 0, 0x0c]))
    for count in [0, 7, 9] { #expect(BridgeID(attributeBytes: [UInt8](repeating: 1, count: count)) == nil) }
  }

  private static let options: [BridgeOptions.Option] = [
    .noLinkLocalLearning, .multicastVLANSnooping, .multipleSpanningTrees, .offloadFailureNotification,
    .localAddressesInVLAN0,
  ]

  @Test("an option is on, off or unknown, and is a bit of linux/if_bridge.h")
  func option() {
    #expect(Self.options.map(\.rawValue) == [UInt8](0...4))
    for option in Self.options {
      #expect(BridgeOptions()[option] == nil)
      for isOn in [true, false] {
        let one = BridgeOptions(option, isOn)
        for other in Self.options { #expect(one[other] == (other == option ? isOn : nil)) }
        let mask: UInt32 = 1 << option.rawValue
        #expect(one.attributeBytes == raw(isOn ? mask : 0) + raw(mask))
        #expect(BridgeOptions(attributeBytes: one.attributeBytes) == one)
      }
    }
    for count in 0..<8 { #expect(BridgeOptions(attributeBytes: [UInt8](repeating: 1, count: count)) == nil) }
  }

  @Test("a union has the options of both, and of one in both the other's value")
  func union() {
    let one = BridgeOptions(.noLinkLocalLearning, true).union(BridgeOptions(.multipleSpanningTrees, true))
    let both = one.union(BridgeOptions(.multipleSpanningTrees, false)).union(
      BridgeOptions(.localAddressesInVLAN0, true))
    #expect(Self.options.map { both[$0] } == [true, nil, false, nil, true])
    #expect(both.union(BridgeOptions()) == both && BridgeOptions().union(both) == both)
  }
}
