internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The addresses of one link or of all links, from a dump that is complete before the first address is used.
final class AddressList {
  private var bytes = ByteBuffer()
  /// Whether the filter has excluded an address.
  private(set) var excludesAddresses = false
  /// Whether addresses changed during each of ten dumps, so that the last one may be inconsistent.
  private(set) var mayBeInconsistent = false
  /// The IPv4 addresses, which the kernel lists first, by link. The other addresses follow, by link.
  private var ipv4 = AddressIndex()
  private var others = AddressIndex()

  /// - Parameters:
  ///   - link: the index of the only link whose addresses are requested; nil for all links.
  ///   - netnsID: the id of the namespace of the addresses; nil for the session's.
  init(
    _ session: Session, _ filter: AddressFilter, onLink link: Int32?, in netnsID: Int32? = nil
  ) throws(Failure) {
    if filter.family == .link { return }
    let netnsID = netnsID ?? session.netnsID
    // Without strict checking, an old kernel ignores the link and the namespace in the request.
    if link != nil || netnsID != nil, !session.socket.checkStrictly(), netnsID != nil {
      throw Failure(2, "The kernel lists the addresses of no other namespace before Linux 4.20.")
    }
    let request = AddressRequest.dump(family: filter.kernelFamily, linkIndex: link, in: netnsID)
    var previous: [UInt8]? = nil
    do throws(NetlinkError) {
      try session.socket.addressMessages(
        request,
        isAccepted: {
          if previous == bytes.bytes { return true }
          previous = bytes.bytes
          removeAll()
          return false
        }
      ) { message in
        guard let address = AddressSummary(message), link == nil || link == address.linkIndex else { return }
        var isShown = true
        // Without a filter, the attributes are read only when the address is shown: 8 % of a listing's instructions.
        if !filter.allowsAll {
          message.withAddress { full in
            isShown = filter.allows(full, onLinkNamed: { session.names.name(of: address.linkIndex) })
          }
        }
        if !isShown { excludesAddresses = true }
        note(address, isShown ? message.bytes : RawSpan())
      }
    } catch {
      guard case .interrupted = error else { throw Failure(error) }
      mayBeInconsistent = true
    }
  }

  /// Throws if the list may be inconsistent, for commands that delete or save the addresses.
  func requireConsistency() throws(Failure) {
    if mayBeInconsistent { throw Failure(.interrupted) }
  }

  private func removeAll() {
    bytes.removeAll()
    excludesAddresses = false
    ipv4 = AddressIndex()
    others = AddressIndex()
  }

  private func note(_ address: AddressSummary, _ message: RawSpan) {
    let start = bytes.count
    bytes.append(message)
    if address.family == IPAddress.Family.v4.rawValue {
      ipv4.insert(address.linkIndex, start..<bytes.count)
    } else {
      others.insert(address.linkIndex, start..<bytes.count)
    }
  }

  /// Whether an address of a link passes the filter; nil where the link has no address.
  func allows(_ link: Int32) -> Bool? {
    var allows: Bool? = nil
    forEachRange(onLink: link) { allows = (allows ?? false) || !$0.isEmpty }
    return allows
  }

  /// Calls `body` with each address of a link, or of all links, and with the message of the address.
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

/// The positions of messages in the bytes, by link; an empty range for an address that the filter excludes.
private struct AddressIndex {
  private var entries: [(link: Int32, range: Range<Int>)] = []
  /// The entries of the latest look-up: look-ups are by link, so the next entries are the same or follow.
  private var latest = 0..<0

  /// Adds a message after all other messages of the link.
  mutating func insert(_ link: Int32, _ range: Range<Int>) {
    if let last = entries.last, last.link > link {
      // An old kernel lists links in the order of its hash table.
      entries.insert((link, range), at: position { $0 <= link })
    } else {
      entries.append((link, range))
    }
  }

  /// Calls `body` with each range of a link, or of all links.
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

  /// Whether a position is the first entry of a link, or the position to insert one.
  private func begins(_ link: Int32, at position: Int) -> Bool {
    (position == 0 || entries[position - 1].link < link)
      && (position == entries.count || entries[position].link >= link)
  }

  /// The position after all links for which the closure returns true.
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
