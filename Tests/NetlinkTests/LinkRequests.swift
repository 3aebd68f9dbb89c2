import CMnl
import TestSupport

@testable import Netlink

// Requests about links, made without RTNetlink.

extension NetlinkFamily {
  static var route: NetlinkFamily { NetlinkFamily(rawValue: NETLINK_ROUTE) }
}

/// A request about links, with its header.
func linkRequest(
  _ type: Int, _ flags: Request.Flags = [], index: Int32 = 0, expectsReply: Bool = false
) -> Request {
  var request = Request(type, flags, expectsReply: expectsReply)
  var header = ifinfomsg()
  header.ifi_index = index
  request.append(header: header)
  return request
}

/// A request for all links, without statistics.
///
/// Without `IFLA_EXT_MASK`, the kernel has no room for a link with a long message, and leaves out this link and all that
/// follow.
func linkDump() -> Request {
  var request = linkRequest(RTM_GETLINK, .dump)
  request.append(IFLA_EXT_MASK, UInt32(RTEXT_FILTER_SKIP_STATS))
  return request
}

extension NetlinkSocket {
  /// Creates `count` pairs.
  mutating func makePairs(_ count: Int) throws(NetlinkError) {
    for _ in 0..<count {
      var request = linkRequest(RTM_NEWLINK, [.create, .exclusive])
      request.nest(IFLA_LINKINFO) { $0.append(IFLA_INFO_KIND, [UInt8]("veth".utf8)) }
      try exchange(request)
    }
  }

  /// The number of links, and the number of reads of the dump.
  mutating func countLinks() throws(NetlinkError) -> (links: Int, reads: Int) {
    var (links, reads) = (0, 0)
    try exchange(linkDump()) { answers in
      reads += 1
      var answers = answers
      while answers.next() != nil { links += 1 }
    }
    return (links, reads)
  }

  /// The indexes of all links, by a consistent dump.
  mutating func linkIndexes() throws(NetlinkError) -> [Int32] {
    try collect(linkDump()) { $0.linkIndex }
  }
}

extension Message {
  /// The index of the link that the message is about (`ifi_index`).
  var linkIndex: Int32? { payload.load(at: 4, as: Int32.self) }
}
