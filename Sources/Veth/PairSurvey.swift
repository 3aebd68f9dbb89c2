public import Netlink
public import RTNetlink
internal import SystemCalls

/// The pairs that have an end in a namespace, with both their ends, wherever the other one is.
///
/// The other end is found by asking the kernel with the id of its namespace (`IFLA_TARGET_NETNSID`): nobody goes there.
public final class PairSurvey {
  private struct End {
    let namespace: Int32?
    let index: Int32
    let peerIndex: Int32
    let peerNamespace: Int32?
    /// Where the message about it is kept.
    let message: Range<Int>
  }

  private var bytes = ByteBuffer()
  private var ends: [End] = []
  /// The ids of the namespaces where other ends are.
  public private(set) var namespaces: [Int32] = []

  /// Asks for all veths in a socket's namespace, and in each where they lead.
  ///
  /// A namespace that cannot be asked has no ends: it is going, or not ours to look into.
  public init(_ socket: inout NetlinkSocket) throws(NetlinkError) {
    try read(nil, &socket)
    for end in ends {
      if let id = end.peerNamespace, !namespaces.contains(id) { namespaces.append(id) }
    }
    for id in namespaces { try? read(id, &socket) }
  }

  private func read(_ namespace: Int32?, _ socket: inout NetlinkSocket) throws(NetlinkError) {
    var request = LinkRequest.dump()
    if let namespace { request.set(.targetNamespaceID, to: namespace) }
    request.setKind(Veth.kind) { _ in }
    try socket.linkMessages(&request) { link, message in
      // Not every kernel leaves others out.
      guard link.isOfKind(Veth.kind) else { return }
      let start = bytes.count
      bytes.append(message)
      let end = End(
        namespace: namespace, index: link.index, peerIndex: link[.peerIndex] ?? 0,
        peerNamespace: link[.peerNamespaceID],
        message: start..<bytes.count)
      ends.append(end)
    }
  }

  /// One pair.
  public struct Pair {
    fileprivate let own: Int
    fileprivate let peer: Int?
    /// The index of the end here.
    public let index: Int32
    /// The index of the other end, where it is.
    public let peerIndex: Int32
    /// The id of the namespace that the other end is in; nil for ours.
    public let peerNamespace: Int32?
    /// Whether the other end could be asked for.
    public var hasPeer: Bool { peer != nil }
  }

  /// The pairs, each once, in the order of the indexes of the ends that are here; of two that are, the first made.
  public var pairs: [Pair] {
    var pairs: [Pair] = []
    for (position, end) in ends.enumerated() where end.namespace == nil {
      let peer = ends.firstIndex { $0.index == end.peerIndex && $0.namespace == end.peerNamespace }
      if end.peerNamespace == nil, let peer, peer < position { continue }
      pairs.append(
        Pair(
          own: position, peer: peer, index: end.index, peerIndex: end.peerIndex, peerNamespace: end.peerNamespace))
    }
    return pairs
  }

  /// Calls `body` with the end here.
  public func withOwn(_ pair: Pair, _ body: (borrowing Link) -> Void) { withLink(pair.own, body) }

  /// Calls `body` with the other end, where it could be asked for.
  public func withPeer(_ pair: Pair, _ body: (borrowing Link) -> Void) {
    if let peer = pair.peer { withLink(peer, body) }
  }

  private func withLink(_ position: Int, _ body: (borrowing Link) -> Void) {
    bytes.withBytes(ends[position].message) { bytes in
      var messages = Messages(bytes)
      if let message = messages.next() { message.withLink(body) }
    }
  }
}
