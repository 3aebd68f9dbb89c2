internal import CMnl
internal import SystemCalls

/// Sorts of changes that the kernel tells of to all who ask for them: multicast groups; netlink(7).
public struct EventGroups: OptionSet, Sendable {
  /// The bits, of which the first stands for group 1 (`nl_groups`).
  public let rawValue: UInt32
  /// Wraps the bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// One group by its number, such as `RTNLGRP_LINK`: one of the first 32.
  public init(number: UInt32) { rawValue = 1 << (number - 1) }
}

/// A conversation in which only the kernel speaks: it tells of changes as they happen; `ip monitor`.
///
/// It tells of the network namespace that it was opened in.
public struct EventSocket: ~Copyable {
  private let socket: NetlinkSocket

  /// Opens a conversation about these changes.
  ///
  /// - Throws: what socket(2) or bind(2) say.
  public static func open(_ groups: EventGroups) throws(NetlinkError) -> EventSocket {
    EventSocket(socket: try .open(groups))
  }

  /// How much the kernel may keep until it is read, in bytes (`SO_RCVBUF`, socket(7)).
  public func setReceiveBuffer(_ size: Int32) { socket.setReceiveBuffer(size) }

  /// Has the kernel tell of all namespaces that this one knows by an id (`NETLINK_LISTEN_ALL_NSID`); `ip monitor all-nsid`.
  ///
  /// - Throws: `EPERM` without `CAP_NET_BROADCAST`.
  public func listenToAllNamespaces() throws(NetlinkError) {
    guard socket.setOption(NETLINK_LISTEN_ALL_NSID) else { throw .systemCall("NETLINK_LISTEN_ALL_NSID", .last) }
  }

  /// Waits until there is a change to read; ppoll(2).
  ///
  /// - Parameter milliseconds: for how long; nil for as long as it takes.
  /// - Returns: whether there is one.
  public func wait(milliseconds: Int?) throws(NetlinkError) -> Bool {
    try socket.waitForEvent(milliseconds: Int32(clamping: milliseconds ?? -1))
  }

  /// Waits for a change.
  ///
  /// - Parameter body: gets the message that tells of it, which lies there only until it returns, and the id of the
  ///   namespace where it happened; nil for our own.
  /// - Throws: `ENOBUFS` where changes came faster than they were read. Some are lost, and those that still wait are
  ///   older than they: open another, and ask for what there is.
  public func read(_ body: (Message, Int32?) -> Void) throws(NetlinkError) {
    var isWhole = true
    try socket.receiveEvent { bytes, namespace in
      var messages = Messages(bytes)
      while let message = messages.next() { body(message, namespace < 0 ? nil : namespace) }
      isWhole = messages.isAtEnd
    }
    if !isWhole { throw .malformed }
  }
}
