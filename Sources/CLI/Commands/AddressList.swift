internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The addresses of all links, as the kernel told them.
struct AddressList {
  private var bytes: [UInt8] = []
  /// Where in `bytes` each message lies, in the order of the links; nowhere for one that is not to be shown.
  private var entries: [(link: Int32, range: Range<Int>)] = []

  /// - Parameter link: the one link whose addresses are asked for; nil for all.
  init(_ session: Session, _ filter: AddressFilter, onLink link: Int32?) throws(Failure) {
    if filter.family == .link { return }
    var request = AddressRequest.dump()
    request.setFamily(filter.family?.number ?? 0)
    if let link {
      // Only then does the kernel look at the index, and leave all others out.
      session.socket.checkStrictly()
      request.setLink(link)
    }
    var bytes: [UInt8] = []
    var entries: [(link: Int32, range: Range<Int>)] = []
    do throws(NetlinkError) {
      try session.socket.addressMessages(&request) { address, message in
        if let link, address.linkIndex != link { return }
        let start = bytes.count
        if filter.allows(address, onLinkNamed: { session.linkName(address.linkIndex) }) { bytes.append(message) }
        entries.append((address.linkIndex, start..<bytes.count))
      }
    } catch { throw Failure(error) }
    // IPv4 comes first for all links, then IPv6: a stable order keeps that within each.
    entries.sort { ($0.link, $0.range.lowerBound) < ($1.link, $1.range.lowerBound) }
    self.bytes = bytes
    self.entries = entries
  }

  /// Whether there is an address to show on a link; nil where it bears none at all.
  func allows(_ link: Int32) -> Bool? {
    guard let first = first(of: link) else { return nil }
    return entries[first...].prefix { $0.link == link }.contains { !$0.range.isEmpty }
  }

  func forEach(onLink link: Int32, _ body: (borrowing Address) -> Void) {
    guard let first = first(of: link) else { return }
    for entry in entries[first...].prefix(while: { $0.link == link }) where !entry.range.isEmpty {
      withAddress(at: entry.range, in: bytes, body)
    }
  }

  func forEach(_ body: (borrowing Address) -> Void) {
    for entry in entries where !entry.range.isEmpty { withAddress(at: entry.range, in: bytes, body) }
  }

  private func first(of link: Int32) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].link < link { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].link == link ? low : nil
  }
}

extension Options.Family {
  /// `AF_…`; 0 where no address can be of it.
  fileprivate var number: UInt8 {
    switch self {
    case .inet: IPAddress.Family.v4.rawValue
    case .inet6: IPAddress.Family.v6.rawValue
    case .link, .other: 0
    }
  }
}
