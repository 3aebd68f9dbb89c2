internal import CMnl
public import Netlink

/// The link and the family of an address, read without looking at the attributes of its message.
public struct AddressSummary: Sendable {
  /// The index of the link (`ifa_index`).
  public let linkIndex: Int32
  /// `AF_INET` or `AF_INET6` (`ifa_family`).
  public let family: UInt8

  /// The address of a message; nil for a message that is not about an address.
  public init?(_ message: Message) {
    var header = ifaddrmsg()
    guard message.type == RTM_NEWADDR, message.payload.copy(to: &header) else { return nil }
    linkIndex = Int32(truncatingIfNeeded: header.ifa_index)
    family = header.ifa_family
  }
}
