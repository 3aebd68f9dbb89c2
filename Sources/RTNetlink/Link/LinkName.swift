internal import CMnl
public import Netlink

/// What others show a link by, read without looking at the rest of its message.
public struct LinkName: Sendable {
  /// Its number in its namespace (`ifi_index`).
  public let index: Int32
  /// What it is and does (`ifi_flags`).
  public let flags: LinkFlags
  /// Its name (`IFLA_IFNAME`), which the kernel tells first.
  public let name: KernelName

  /// Reads a message about a link; nil for any other message.
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

extension Answers {
  /// The name of the next link; nil at the end of this read.
  public mutating func nextLinkName() -> LinkName? {
    while let message = next() {
      if let name = LinkName(message) { return name }
    }
    return nil
  }
}
