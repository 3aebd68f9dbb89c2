import Netlink
import RTNetlink
import TestSupport
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

  /// Checks that the numbers are 0, 1, 2 and so on, with these words.
  private func check<Number: NamedNumber>(_ numbers: [Number], _ words: [String]) {
    #expect(numbers.map { UInt64($0.rawValue) } == (0..<words.count).map { UInt64($0) })
    #expect(numbers.map(\.description) == words)
    #expect(numbers.map { $0.word.map { "\($0)" } } == words)
    #expect(Number.words.map { "\($0)" } == words)
    // A number of a newer kernel is kept, and has no word.
    let newer = Number(rawValue: 200)
    #expect(newer.word == nil && newer.description == "200" && newer.rawValue == 200)
    for number in numbers + [newer] {
      #expect(number.attributeBytes == raw(number.rawValue))
      #expect(Number(attributeBytes: number.attributeBytes) == number)
    }
    #expect(Number(attributeBytes: []) == nil)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test("operational states, link modes, generation modes, events and port states")
  func namedNumbers() {
    check(
      [.unknown, .notPresent, .down, .lowerLayerDown, .testing, .dormant, .up] as [OperationalState],
      ["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"])
    check([.default, .dormant] as [LinkMode], ["DEFAULT", "DORMANT"])
    check(
      [.eui64, .none, .stableSecret, .random] as [AddressGenerationMode], ["eui64", "none", "stable_secret", "random"])
    check(
      [.none, .reboot, .featureChange, .bondingFailover, .notifyPeers, .resendIGMP, .bondingOption] as [LinkEvent],
      ["NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION"])
    check(
      [.disabled, .listening, .learning, .forwarding, .blocking] as [BridgePortState],
      ["disabled", "listening", "learning", "forwarding", "blocking"])
  }

  @Test("scopes, by their numbers in linux/rtnetlink.h")
  func scopes() {
    let scopes: [AddressScope] = [.global, .site, .link, .host, .nowhere, AddressScope(rawValue: 7)]
    #expect(scopes.map(\.rawValue) == [0, 200, 253, 254, 255, 7])
    #expect(scopes.map(\.description) == ["global", "site", "link", "host", "nowhere", "7"])
  }
}
