import RTNetlink
import Testing

/// Flags have the values of linux/if.h and linux/if_addr.h.
@Suite struct FlagsTests {
  @Test(
    "flags of links",
    arguments: [
      (.up, 0x1), (.broadcast, 0x2), (.debug, 0x4), (.loopback, 0x8), (.pointToPoint, 0x10), (.noTrailers, 0x20),
      (.running, 0x40), (.noARP, 0x80), (.promiscuous, 0x100), (.allMulticast, 0x200), (.master, 0x400),
      (.slave, 0x800), (.multicast, 0x1000), (.portSelect, 0x2000), (.autoMedia, 0x4000), (.dynamic, 0x8000),
      (.lowerUp, 0x10000), (.dormant, 0x20000), (.echo, 0x40000),
    ] as [(LinkFlags, UInt32)])
  func links(flag: LinkFlags, value: UInt32) {
    #expect(flag.rawValue == value)
  }

  @Test(
    "flags of addresses",
    arguments: [
      (.secondary, 0x1), (.noDuplicateDetection, 0x2), (.optimistic, 0x4), (.duplicate, 0x8), (.home, 0x10),
      (.deprecated, 0x20), (.tentative, 0x40), (.permanent, 0x80), (.managesTemporary, 0x100),
      (.noPrefixRoute, 0x200), (.autoJoin, 0x400), (.stablePrivacy, 0x800),
    ] as [(AddressFlags, UInt32)])
  func addresses(flag: AddressFlags, value: UInt32) {
    #expect(flag.rawValue == value)
  }

  @Test(
    "the words of a link's flags, in the order of ip",
    arguments: [
      ([], ""), (.up, "UP"), ([.multicast, .up, .broadcast], "BROADCAST,MULTICAST,UP"), (.running, ""),
      ([.up, .running, .lowerUp, .loopback], "LOOPBACK,UP,LOWER_UP"), (LinkFlags(rawValue: 1 << 31), ""),
      (
        LinkFlags(rawValue: .max),
        "LOOPBACK,BROADCAST,POINTOPOINT,MULTICAST,NOARP,ALLMULTI,PROMISC,MASTER,SLAVE,DEBUG,DYNAMIC,AUTOMEDIA,PORTSEL,"
          + "NOTRAILERS,UP,LOWER_UP,DORMANT,ECHO"
      ),
    ] as [(LinkFlags, String)])
  func linkWords(flags: LinkFlags, text: String) {
    #expect(flags.description == text)
  }

  @Test(
    "the words of an address's flags, in the order of ip, and permanent",
    arguments: [
      (.permanent, "permanent"), ([], ""), ([.permanent, .secondary], "secondary,permanent"),
      (.noDuplicateDetection, "nodad"),
      ([.permanent, .tentative, .noPrefixRoute], "tentative,permanent,noprefixroute"),
      (
        AddressFlags(rawValue: .max),
        "secondary,nodad,optimistic,dadfailed,home,deprecated,tentative,permanent,mngtmpaddr,noprefixroute,autojoin,"
          + "stable-privacy"
      ),
    ] as [(AddressFlags, String)])
  func addressWords(flags: AddressFlags, text: String) {
    #expect(flags.description == text)
  }

  @Test("every flag has one word, and every word one flag")
  func words() {
    #expect(Set(LinkFlags.words.map(\.flag)).count == LinkFlags.words.count)
    #expect(Set(LinkFlags.words.map { "\($0.word)" }).count == LinkFlags.words.count)
    #expect(Set(AddressFlags.words.map(\.flag)).count == AddressFlags.words.count)
    #expect(Set(AddressFlags.words.map { "\($0.word)" }).count == AddressFlags.words.count)
    #expect(AddressFlags.words.compactMap(\.ipv6Word).map { "\($0)" } == ["temporary"])
  }
}
