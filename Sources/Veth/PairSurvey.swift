public import Netlink
public import RTNetlink
internal import SystemCalls

/// The pairs that have an end in a namespace, with both ends, wherever the other end is.
///
/// The kernel is asked for the other end by the id of its namespace (`IFLA_TARGET_NETNSID`); nothing enters a namespace.
public final class PairSurvey {
  /// One pair.
  public struct Pair: Sendable {
    /// The index of the end in the socket's namespace.
    public let index: Int32
    /// The index of the peer, in the peer's namespace.
    public let peerIndex: Int32
    /// The id of the peer's namespace; nil for the socket's namespace.
    public let peerNetnsID: Int32?
    /// The bytes of the message about the end here.
    fileprivate let own: Range<Int>
    /// The bytes of the message about the peer; empty where there is none.
    fileprivate var peer = 0..<0

    /// Whether the peer is known: its namespace may be on its way out, or not accessible.
    public var hasPeer: Bool { !peer.isEmpty }
  }

  /// The messages about all ends.
  private var bytes: [UInt8] = []
  /// The pairs, each once, in the order of the indexes of the ends in the socket's namespace. Of a pair with both ends
  /// there, the end with the lower index comes first.
  public private(set) var pairs: [Pair] = []
  /// Whether links changed during each of ten dumps, so that the survey may be inconsistent.
  public private(set) var mayBeInconsistent = false
  /// The ids of the namespaces of peers.
  public private(set) var netnsIDs: [Int32] = []

  /// Asks for the veths in a socket's namespace, and for the peer of each.
  ///
  /// - Parameter link: the index of one end whose pair is asked for; nil for all pairs.
  /// - Throws: the error that keeps the kernel from answering. A peer that is gone or not accessible is no error.
  public init(on socket: inout NetlinkSocket, ofLink link: Int32? = nil) throws(NetlinkError) {
    var ends = try listEnds(link, &socket)
    for position in ends.indices {
      ends[position].peer = try peer(of: ends[position], at: position, among: ends, &socket)
      let pair = ends[position]
      // The end that was asked for comes first.
      let isFirst = link.map { $0 == pair.index } ?? (pair.index < pair.peerIndex)
      if pair.peerNetnsID != nil || !pair.hasPeer || isFirst { pairs.append(pair) }
    }
  }

  private func listEnds(_ link: Int32?, _ socket: inout NetlinkSocket) throws(NetlinkError) -> [Pair] {
    var ends: [Pair] = []
    var previous: [UInt8]? = nil
    do throws(NetlinkError) {
      try socket.linkMessages(
        .dump(kind: "veth"),
        isAccepted: {
          if previous == bytes { return true }
          previous = bytes
          ends.removeAll()
          bytes.removeAll()
          return false
        }
      ) { end, message in
        // An old kernel ignores the kind.
        guard end.isOfKind(Veth.kind) else { return }
        let pair = Pair(
          index: end.index, peerIndex: end[.linkIndex] ?? 0, peerNetnsID: end[.linkNetnsID], own: keep(message))
        if link == nil || link == pair.index || link == pair.peerIndex && pair.peerNetnsID == nil { ends.append(pair) }
      }
    } catch {
      guard case .interrupted = error else { throw error }
      mayBeInconsistent = true
    }
    return ends
  }

  private func keep(_ message: RawSpan) -> Range<Int> {
    let start = bytes.count
    bytes.append(message)
    return start..<bytes.count
  }

  private func peer(
    of pair: Pair, at position: Int, among ends: [Pair], _ socket: inout NetlinkSocket
  ) throws(NetlinkError) -> Range<Int> {
    guard let netnsID = pair.peerNetnsID else {
      // The kernel lists links by index, and the ends of a pair are mostly neighbors.
      for distance in ends.indices {
        let end = ends[(position + distance) % ends.count]
        if end.index == pair.peerIndex { return end.own }
      }
      return 0..<0
    }
    if !netnsIDs.contains(netnsID) { netnsIDs.append(netnsID) }
    var found = 0..<0
    do throws(NetlinkError) {
      try socket.linkMessages(.get(.index(pair.peerIndex), in: netnsID), isAccepted: { true }) { link, message in
        // The index may be another link's by now.
        if link.isOfKind(Veth.kind), link[.linkIndex] == pair.index { found = keep(message) }
      }
    } catch {
      guard error.isAnswer else { throw error }
    }
    return found
  }

  /// Calls `body` with the end of a pair in the socket's namespace.
  ///
  /// - Parameter pair: a pair of this survey; a pair of another one is a programming error.
  /// - Returns: what `body` returns.
  @discardableResult
  public func withOwn<Value>(_ pair: Pair, _ body: (borrowing Link) -> Value) -> Value { withLink(pair.own, body)! }

  /// Calls `body` with the peer of a pair.
  ///
  /// - Parameter pair: a pair of this survey; a pair of another one is a programming error.
  /// - Returns: what `body` returns; nil where the peer is not known, and `body` is not called.
  @discardableResult
  public func withPeer<Value>(_ pair: Pair, _ body: (borrowing Link) -> Value) -> Value? {
    pair.hasPeer ? withLink(pair.peer, body) : nil
  }

  private func withLink<Value>(_ message: Range<Int>, _ body: (borrowing Link) -> Value) -> Value? {
    var value: Value? = nil
    bytes.withAttributeBytes { bytes in
      var messages = Messages(bytes.extracting(message))
      if let message = messages.next() { message.withLink { value = body($0) } }
    }
    return value
  }
}

extension PairSurvey.Pair: CustomStringConvertible {
  /// The index of the end and that of the peer, such as `if5 - if2 in nsid:0`.
  public var description: String { "if\(index) - if\(peerIndex)" + (peerNetnsID.map { " in nsid:\($0)" } ?? "") }
}
