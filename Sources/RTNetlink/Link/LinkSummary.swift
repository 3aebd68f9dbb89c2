internal import CMnl
public import Netlink

/// The index, name and flags of a link, read without looking at the rest of its message.
public struct LinkSummary: Hashable, Sendable {
  /// The index in the link's namespace (`ifi_index`).
  public let index: Int32
  /// The flags (`ifi_flags`).
  public let flags: LinkFlags
  /// The name (`IFLA_IFNAME`), which is the first attribute.
  public let name: KernelName

  /// The link of a message; nil for a message that is not about a link.
  public init?(_ message: Message) {
    var header = ifinfomsg()
    guard message.type == RTM_NEWLINK, message.payload.copy(to: &header) else { return nil }
    var attributes = message.attributes(after: MemoryLayout<ifinfomsg>.size)
    while let attribute = attributes.next() {
      guard attribute.type == IFLA_IFNAME else { continue }
      guard let name = KernelName(attributeBytes: attribute.payload) else { return nil }
      index = header.ifi_index
      flags = LinkFlags(rawValue: header.ifi_flags)
      self.name = name
      return
    }
    return nil
  }
}

extension LinkSummary: CustomStringConvertible {
  /// The index, name and flags, such as `2: web0: <BROADCAST,MULTICAST,UP>`.
  public var description: String { "\(index): \(name): <\(flags)>" }
}

extension Answers {
  /// The summary of the next link; nil at the end of this read.
  public mutating func nextLinkSummary() -> LinkSummary? {
    while let message = next() {
      if let summary = LinkSummary(message) { return summary }
    }
    return nil
  }
}
