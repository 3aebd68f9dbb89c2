import RTNetlink
import Testing

/// The numbers of the kernel's headers have the words of `ip`.
@Suite struct ConstantsTests {
  @Test(
    "types of link layers, by their numbers in linux/if_arp.h",
    arguments: [
      (1, "ether"), (772, "loopback"), (0xfffe, "none"), (0xffff, "void"), (0, "generic"), (32, "infiniband"),
      (256, "slip"), (280, "can"), (512, "ppp"), (519, "rawip"), (768, "ipip"), (769, "tunnel6"), (776, "sit"),
      (778, "gre"), (801, "ieee802.11"), (802, "ieee802.11/prism"), (803, "ieee802.11/radiotap"), (804, "ieee802.15.4"),
      (821, "phonet_pipe"), (823, "gre6"), (824, "netlink"), (825, "6lowpan"), (826, "vsockmon"),
    ] as [(UInt16, String)])
  func hardwareTypes(number: UInt16, word: String) {
    let type = HardwareType(rawValue: number)
    #expect(type.word.map { "\($0)" } == word)
    #expect(type.description == word)
  }

  @Test("a type of link layer without a word is a number in brackets")
  func otherHardwareTypes() {
    #expect(HardwareType(rawValue: 4711).word == nil)
    #expect(HardwareType(rawValue: 4711).description == "[4711]")
    #expect([HardwareType.ethernet, .loopback, .none].map(\.rawValue) == [1, 772, 0xfffe])
    #expect(Set([HardwareType.ethernet, HardwareType(rawValue: 1), .none]).count == 2)
  }

  @Test("operational states, by their numbers in linux/if.h")
  func operationalStates() {
    let states: [OperationalState] = [.unknown, .notPresent, .down, .lowerLayerDown, .testing, .dormant, .up]
    #expect(states.map(\.rawValue) == [UInt8](0...6))
    #expect(
      states.map(\.description) == ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"])
    #expect(OperationalState.words.count == states.count)
  }

  @Test("the other numbers of links")
  func others() {
    #expect([LinkMode.default, .dormant].map { "\(LinkMode.words[Int($0.rawValue)])" } == ["DEFAULT", "DORMANT"])
    let modes: [AddressGenerationMode] = [.eui64, .none, .stableSecret, .random]
    #expect(modes.map(\.rawValue) == [UInt8](0...3))
    #expect(AddressGenerationMode.words.map { "\($0)" } == ["eui64", "none", "stable_secret", "random"])
    let events: [LinkEvent] = [
      .none, .reboot, .featureChange, .bondingFailover, .notifyPeers, .resendIGMP, .bondingOption,
    ]
    #expect(events.map(\.rawValue) == [UInt32](0...6) && LinkEvent.words.count == events.count)
    let states: [BridgePortState] = [.disabled, .listening, .learning, .forwarding, .blocking]
    #expect(states.map(\.rawValue) == [UInt8](0...4))
  }
}
