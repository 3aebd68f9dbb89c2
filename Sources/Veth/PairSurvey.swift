public import Netlink
public import RTNetlink
internal import SystemCalls

/// The pairs that have an end in a namespace, with both their ends, wherever the other one is.
///
/// The other end is found by asking the kernel with the id of its namespace (`IFLA_TARGET_NETNSID`): nobody goes there.
public final class PairSurvey {
  /// One pair.
  public final class Pair {
    /// The index of the end here.
    public let index: Int32
    /// The index of the other end, where it is.
    public let peerIndex: Int32
    /// The id of the namespace that the other end is in; nil for ours.
    public let peerNamespace: Int32?
    /// Where the message about the end here is kept.
    fileprivate let own: Range<Int>
    /// Where the message about the other end is kept; empty where there is none.
    fileprivate var peer = 0..<0

    fileprivate init(_ link: borrowing Link, keptAt own: Range<Int>) {
      index = link.index
      peerIndex = link[.peerIndex] ?? 0
      peerNamespace = link[.peerNamespaceID]
      self.own = own
    }

    /// Whether the other end could be asked for: its namespace may be going, or not ours to look into.
    public var hasPeer: Bool { !peer.isEmpty }
  }

  private var bytes = ByteBuffer()
  /// The pairs, each once, in the order of the indexes of the ends that are here; of two that are, the first made.
  public private(set) var pairs: [Pair] = []
  /// The ids of the namespaces where other ends are.
  public private(set) var namespaces: [Int32] = []

  /// Asks for the veths in a socket's namespace, and for the other end of each.
  ///
  /// - Parameter link: the index of the one whose pair is asked for; nil for all.
  /// - Throws: what keeps the kernel from answering; that another end is gone, or not ours to ask for, is an answer.
  public init(_ socket: inout NetlinkSocket, of link: Int32? = nil) throws(NetlinkError) {
    var ends: [Pair] = []
    var request = LinkRequest.dump()
    request.setKind(Veth.kind) { _ in }
    try socket.linkMessages(&request) { end, message in
      // Not every kernel leaves others out.
      guard end.isOfKind(Veth.kind) else { return }
      let pair = Pair(end, keptAt: keep(message))
      if link == nil || link == pair.index || link == pair.peerIndex && pair.peerNamespace == nil { ends.append(pair) }
    }
    for (position, pair) in ends.enumerated() {
      pair.peer = try peer(of: pair, at: position, among: ends, &socket)
      // The end that was asked for comes first.
      let isFirst = link.map { $0 == pair.index } ?? (pair.index < pair.peerIndex)
      if pair.peerNamespace != nil || !pair.hasPeer || isFirst { pairs.append(pair) }
    }
  }

  private func keep(_ message: RawSpan) -> Range<Int> {
    let start = bytes.count
    bytes.append(message)
    return start..<bytes.count
  }

  private func peer(
    of pair: Pair, at position: Int, among ends: [Pair], _ socket: inout NetlinkSocket
  ) throws(NetlinkError) -> Range<Int> {
    guard let namespace = pair.peerNamespace else {
      // The kernel lists links by their indexes, and those of a pair are neighbours most often.
      for step in ends.indices {
        let end = ends[(position + step) % ends.count]
        if end.index == pair.peerIndex { return end.own }
      }
      return 0..<0
    }
    if !namespaces.contains(namespace) { namespaces.append(namespace) }
    var found = 0..<0
    var request = LinkRequest.get()
    request.setIndex(pair.peerIndex)
    request.set(.targetNamespaceID, to: namespace)
    do throws(NetlinkError) {
      try socket.linkMessages(&request) { link, message in
        // Its index may be another's by now.
        if link.isOfKind(Veth.kind), link[.peerIndex] == pair.index { found = keep(message) }
      }
    } catch {
      guard error.isAnswer else { throw error }
    }
    return found
  }

  /// Calls `body` with the end here.
  public func withOwn(_ pair: Pair, _ body: (borrowing Link) -> Void) { withLink(pair.own, body) }

  /// Calls `body` with the other end, where it could be asked for.
  public func withPeer(_ pair: Pair, _ body: (borrowing Link) -> Void) {
    if pair.hasPeer { withLink(pair.peer, body) }
  }

  private func withLink(_ message: Range<Int>, _ body: (borrowing Link) -> Void) {
    bytes.withBytes(message) { bytes in
      var messages = Messages(bytes)
      if let message = messages.next() { message.withLink(body) }
    }
  }
}
