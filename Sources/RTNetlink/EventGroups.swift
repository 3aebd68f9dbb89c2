internal import CMnl
public import Netlink

// What an `EventSocket` can be asked to tell of; linux/rtnetlink.h.

extension EventGroups {
  private init(_ group: rtnetlink_groups) { self.init(number: group.rawValue) }

  /// Links come, change and go: messages to read with `Link` (`RTNLGRP_LINK`); `ip monitor link`.
  public static var links: EventGroups { EventGroups(RTNLGRP_LINK) }
  /// So do IPv4 addresses, to read with `Address` (`RTNLGRP_IPV4_IFADDR`); `ip -4 monitor address`.
  public static var ipv4Addresses: EventGroups { EventGroups(RTNLGRP_IPV4_IFADDR) }
  /// So do IPv6 addresses (`RTNLGRP_IPV6_IFADDR`); `ip -6 monitor address`.
  public static var ipv6Addresses: EventGroups { EventGroups(RTNLGRP_IPV6_IFADDR) }
  /// Other namespaces get and lose their ids, to read with `NamespaceID` (`RTNLGRP_NSID`); `ip monitor nsid`.
  public static var namespaceIDs: EventGroups { EventGroups(RTNLGRP_NSID) }
}
