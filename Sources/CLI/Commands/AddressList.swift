internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The addresses of all links, as the kernel told them.
final class AddressList {
  private var bytes = ByteBuffer()
  /// Whether there are any that are not to be shown.
  private(set) var leavesOut = false
  /// The kernel tells IPv4 addresses of all links first, then the others: each in the order of links.
  private var ipv4 = AddressIndex()
  private var others = AddressIndex()

  /// - Parameters:
  ///   - link: the one link whose addresses are asked for; nil for all.
  ///   - namespace: the id of the namespace whose addresses they are; nil for the session's.
  init(
    _ session: Session, _ filter: AddressFilter, onLink link: Int32?, in namespace: Int32? = nil
  ) throws(Failure) {
    if filter.family == .link { return }
    var request = AddressRequest.dump()
    request.setFamily(filter.family)
    let namespace = namespace ?? session.outside
    // Only then does the kernel look at what is asked for, and leave all others out; an old one would tell our own.
    if link != nil || namespace != nil, !session.socket.checkStrictly(), namespace != nil {
      throw Failure(2, "The kernel tells addresses of no other namespace before Linux 4.20.")
    }
    if let namespace { request.set(.targetNamespaceID, to: namespace) }
    if let link { request.setLink(link) }
    do throws(NetlinkError) {
      try session.socket.addressMessages(&request) { address, message in
        if let link, address.linkIndex != link { return }
        let isShown = filter.allows(address, onLinkNamed: { session.linkName(address.linkIndex) })
        if !isShown { leavesOut = true }
        note(address, isShown ? message : RawSpan())
      }
    } catch { throw Failure(error) }
  }

  private func note(_ address: borrowing Address, _ message: RawSpan) {
    let start = bytes.count
    bytes.append(message)
    if address.family == IPAddress.Family.v4.rawValue {
      ipv4.insert(address.linkIndex, start..<bytes.count)
    } else {
      others.insert(address.linkIndex, start..<bytes.count)
    }
  }

  /// Whether there is an address to show on a link; nil where it bears none at all.
  func allows(_ link: Int32) -> Bool? {
    var allows: Bool? = nil
    forEachRange(onLink: link) { allows = (allows ?? false) || !$0.isEmpty }
    return allows
  }

  /// Calls `body` with each address on a link, or on any, and its message.
  func forEach(onLink link: Int32?, _ body: (borrowing Address, RawSpan) -> Void) {
    forEachRange(onLink: link) { range in
      if !range.isEmpty { bytes.withBytes(range) { withAddress(in: $0, body) } }
    }
  }

  private func forEachRange(onLink link: Int32?, _ body: (Range<Int>) -> Void) {
    ipv4.forEach(of: link, body)
    others.forEach(of: link, body)
  }
}

/// Where messages lie, in the order of the links they are about; nowhere for one that is not to be shown.
private struct AddressIndex {
  private var entries: [(link: Int32, range: Range<Int>)] = []
  /// What was looked up last: links are asked for in their order, so the next lies behind it, or is the same.
  private var latest = 0..<0

  /// Adds a message, behind all others of its link.
  mutating func insert(_ link: Int32, _ range: Range<Int>) {
    if let last = entries.last, last.link > link {
      // An old kernel tells links as they lie in its table.
      entries.insert((link, range), at: position { $0 <= link })
    } else {
      entries.append((link, range))
    }
  }

  /// Calls `body` with each range of a link, or of any.
  @inline(never)
  mutating func forEach(of link: Int32?, _ body: (Range<Int>) -> Void) {
    guard let link else {
      for entry in entries { body(entry.range) }
      return
    }
    if entries.isEmpty { return }
    var start = latest.upperBound
    if !begins(link, at: start) {
      start = latest.lowerBound
      if !begins(link, at: start) { start = position { $0 < link } }
    }
    var end = start
    while end < entries.count, entries[end].link == link {
      body(entries[end].range)
      end += 1
    }
    latest = start..<end
  }

  /// Whether what belongs to a link begins at a position, or would.
  private func begins(_ link: Int32, at position: Int) -> Bool {
    (position == 0 || entries[position - 1].link < link)
      && (position == entries.count || entries[position].link >= link)
  }

  /// The position behind all links of which this is true.
  private func position(behind isBefore: (Int32) -> Bool) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(entries[middle].link) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension AddressRequest {
  /// As `setFamily`, for what was said; families that no address is of count as none said.
  mutating func setFamily(_ family: Options.Family?) {
    switch family {
    case .inet?: setFamily(IPAddress.Family.v4.rawValue)
    case .inet6?: setFamily(IPAddress.Family.v6.rawValue)
    case .link?, .other?, nil: break
    }
  }
}
