import RTNetlink
import Testing

/// That flags have the kernel's values, as linux/if.h and linux/if_addr.h have them.
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
}
