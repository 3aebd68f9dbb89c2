internal import CMnl
internal import SystemCalls

/// The multicast groups of a family, on which the kernel announces changes; netlink(7).
public struct EventGroups: OptionSet, Sendable {
  /// A bit for each group, the lowest for group 1 (`nl_groups`).
  public let rawValue: UInt32
  /// Wraps the bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// One of the first 32 groups by its number, such as `RTNLGRP_LINK`.
  public init(number: UInt32) { rawValue = 1 << (number - 1) }
}

/// A socket on which the kernel announces changes of its network namespace; `ip monitor`.
public struct EventSocket: ~Copyable {
  private var socket: NetlinkSocket

  /// Subscribes to groups of events.
  ///
  /// - Throws: the error of socket(2) or bind(2).
  public static func open(_ family: NetlinkFamily, _ groups: EventGroups) throws(NetlinkError) -> EventSocket {
    EventSocket(socket: try .open(family, groups: groups))
  }

  /// Sets the size of the kernel's queue of events, in bytes (`SO_RCVBUF`, socket(7)).
  public func setReceiveBuffer(_ size: Int32) { socket.setReceiveBuffer(size) }

  /// Subscribes to the events of all namespaces that have an id in this one (`NETLINK_LISTEN_ALL_NSID`);
  /// `ip monitor all-nsid`.
  ///
  /// - Throws: `EPERM` without `CAP_NET_BROADCAST`.
  public func listenToAllNamespaces() throws(NetlinkError) {
    guard socket.setOption(NETLINK_LISTEN_ALL_NSID) else { throw .systemCall("NETLINK_LISTEN_ALL_NSID", .last) }
  }

  /// Waits until an event can be read; poll(2).
  ///
  /// - Parameter milliseconds: the longest time to wait; nil for no limit.
  /// - Returns: whether an event can be read; false also where a signal ended the wait.
  /// - Throws: the error of poll(2).
  public func wait(milliseconds: Int?) throws(NetlinkError) -> Bool {
    try socket.waitForEvent(milliseconds: Int32(clamping: milliseconds ?? -1))
  }

  /// Waits for events and reads them.
  ///
  /// - Parameter body: gets each message, valid until `body` returns, and the id of the namespace in which the change
  ///   happened; nil for the socket's own.
  /// - Throws: `ENOBUFS` where events came faster than they were read and some are lost. The events in the queue are then
  ///   older than the lost ones: open another socket, and ask for the state.
  public mutating func read(_ body: (Message, Int32?) -> Void) throws(NetlinkError) {
    var isWhole = true
    try socket.receiveEvent { bytes, namespace in
      var messages = Messages(bytes)
      while let message = messages.next() { body(message, namespace < 0 ? nil : namespace) }
      isWhole = messages.isAtEnd
    }
    if !isWhole { throw .malformed }
  }
}
