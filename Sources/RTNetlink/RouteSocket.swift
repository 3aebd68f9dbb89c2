internal import CMnl
public import Netlink
internal import SystemCalls

// rtnetlink(7): the netlink family of links, addresses and routes.

extension NetlinkFamily {
  /// Links, addresses, routes and namespaces (`NETLINK_ROUTE`); rtnetlink(7).
  public static var route: NetlinkFamily { NetlinkFamily(rawValue: NETLINK_ROUTE) }
}

// The groups of `NetlinkFamily.route`; `enum rtnetlink_groups` of linux/rtnetlink.h.
extension EventGroups {
  private init(_ group: rtnetlink_groups) { self.init(number: group.rawValue) }

  /// Links are created, changed and deleted: messages for `Link` (`RTNLGRP_LINK`); `ip monitor link`.
  public static var links: EventGroups { EventGroups(RTNLGRP_LINK) }
  /// IPv4 addresses are added, changed and deleted: messages for `Address` (`RTNLGRP_IPV4_IFADDR`); `ip -4 monitor address`.
  public static var ipv4Addresses: EventGroups { EventGroups(RTNLGRP_IPV4_IFADDR) }
  /// IPv6 addresses are added, changed and deleted (`RTNLGRP_IPV6_IFADDR`); `ip -6 monitor address`.
  public static var ipv6Addresses: EventGroups { EventGroups(RTNLGRP_IPV6_IFADDR) }
  /// Namespaces get and lose ids: messages for `NamespaceID` (`RTNLGRP_NSID`); `ip monitor nsid`.
  public static var namespaceIDs: EventGroups { EventGroups(RTNLGRP_NSID) }
}

extension NetlinkSocket {
  /// The index of the interface with this name or short alternative name (`SIOCGIFINDEX`, netdevice(7)).
  ///
  /// The call takes a tenth of the time of a request, because the kernel does not describe the interface.
  ///
  /// - Returns: nil where no interface has the name, and for a name that the call cannot take: one that is longer than
  ///   15 bytes, or that contains a colon, behind which the kernel would not read on.
  func interfaceIndex(_ name: LinkName) -> Int32? {
    let bytes = name.bytes
    guard bytes.count < Int(IFNAMSIZ), !bytes.contains(ascii(":")) else { return nil }
    return NetworkInterface.index(of: bytes, socket: rawDescriptor)
  }
}
