internal import CMnl

/// How an address came about and what state it is in: the `IFA_F_…` of linux/if_addr.h (`IFA_FLAGS`).
public struct AddressFlags: OptionSet, Sendable {
  /// The C value.
  public let rawValue: UInt32
  /// Wraps a C value.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ flag: Int32) { rawValue = UInt32(flag) }

  /// IPv4: another address of the same network comes first; IPv6: a temporary address (`IFA_F_SECONDARY`).
  public static var secondary: AddressFlags { AddressFlags(IFA_F_SECONDARY) }
  /// Used without duplicate address detection (`IFA_F_NODAD`).
  public static var noDuplicateDetection: AddressFlags { AddressFlags(IFA_F_NODAD) }
  /// Used while duplicate address detection goes on (`IFA_F_OPTIMISTIC`).
  public static var optimistic: AddressFlags { AddressFlags(IFA_F_OPTIMISTIC) }
  /// Found to be somebody else's (`IFA_F_DADFAILED`).
  public static var duplicate: AddressFlags { AddressFlags(IFA_F_DADFAILED) }
  /// The home address of Mobile IPv6 (`IFA_F_HOMEADDRESS`).
  public static var home: AddressFlags { AddressFlags(IFA_F_HOMEADDRESS) }
  /// Past its preferred lifetime (`IFA_F_DEPRECATED`).
  public static var deprecated: AddressFlags { AddressFlags(IFA_F_DEPRECATED) }
  /// Duplicate address detection goes on (`IFA_F_TENTATIVE`).
  public static var tentative: AddressFlags { AddressFlags(IFA_F_TENTATIVE) }
  /// There until it is removed (`IFA_F_PERMANENT`).
  public static var permanent: AddressFlags { AddressFlags(IFA_F_PERMANENT) }
  /// The kernel makes and renews temporary addresses from it (`IFA_F_MANAGETEMPADDR`).
  public static var managesTemporary: AddressFlags { AddressFlags(IFA_F_MANAGETEMPADDR) }
  /// Brings no route to its network with it (`IFA_F_NOPREFIXROUTE`).
  public static var noPrefixRoute: AddressFlags { AddressFlags(IFA_F_NOPREFIXROUTE) }
  /// Joins the multicast group on the network card too (`IFA_F_MCAUTOJOIN`).
  public static var autoJoin: AddressFlags { AddressFlags(IFA_F_MCAUTOJOIN) }
  /// Made by RFC 7217's rule (`IFA_F_STABLE_PRIVACY`).
  public static var stablePrivacy: AddressFlags { AddressFlags(IFA_F_STABLE_PRIVACY) }
}
