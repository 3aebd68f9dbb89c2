internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `address show`: links with the addresses they bear.
func showAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
  let filter = try ShowFilter.parse(&words, session, helpOn: .address)
  var index: Int32? = nil
  if let device = filter.device {
    index = session.index(of: device)
    guard index != nil else {
      throw Failure(1, "Device \"", .word(device), "\" does not exist.").hinted { session.hintForMissing(device) }
    }
  }
  let addresses = try AddressList(session, onLink: index)
  var request = index == nil ? LinkRequest.dump() : LinkRequest.get()
  if let index { request.setIndex(index) }
  session.out.beginArray()
  try session.readLinks(&request, device: filter.device) { link in
    guard filter.allows(link), session.shows(link, addresses) else { return }
    show(link, addresses, session)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

private func show(_ link: borrowing Link, _ addresses: AddressList, _ session: Session) {
  let isOneLine = session.options.isOneLine
  session.out.beginObject()
  if !isOneLine {
    var record = LinkRecord(session: session, style: .address)
    record.showsLinkLayer = session.options.family == nil || session.options.family == .link
    record.write(link)
    record.writeAlternativeNames(link)
    session.out.endRecord()
  }
  if session.options.family != .link {
    let name = isOneLine ? link[.name]?.bytes : nil
    session.out.beginArray("addr_info")
    addresses.forEach(onLink: link.index) { AddressRecord(session: session).write($0, linkName: name) }
    session.out.endArray()
  }
  session.out.endObject()
}

extension Session {
  /// A link shows for its addresses; where all families are asked for, one that bears none shows too.
  fileprivate func shows(_ link: borrowing Link, _ addresses: AddressList) -> Bool {
    options.family == nil || options.family == .link || addresses.has(link.index)
  }
}

/// The addresses of all links, as the kernel told them.
private struct AddressList {
  private var bytes: [UInt8] = []
  /// Where in `bytes` each message lies, in the order of the links.
  private var entries: [(link: Int32, range: Range<Int>)] = []

  /// - Parameter link: the one link whose addresses are asked for; nil for all.
  init(_ session: Session, onLink link: Int32?) throws(Failure) {
    if session.options.family == .link { return }
    var request = AddressRequest.dump()
    request.setFamily(session.options.addressFamily)
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
        bytes.append(message)
        entries.append((address.linkIndex, start..<bytes.count))
      }
    } catch { throw Failure(error) }
    // IPv4 comes first for all links, then IPv6: a stable order keeps that within each.
    entries.sort { ($0.link, $0.range.lowerBound) < ($1.link, $1.range.lowerBound) }
    self.bytes = bytes
    self.entries = entries
  }

  func has(_ link: Int32) -> Bool { first(of: link) != nil }

  func forEach(onLink link: Int32, _ body: (borrowing Address) -> Void) {
    guard var position = first(of: link) else { return }
    while position < entries.count, entries[position].link == link {
      withAddress(at: entries[position].range, in: bytes, body)
      position += 1
    }
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

extension Options {
  /// `AF_…`; 0 for all.
  var addressFamily: UInt8 {
    switch family {
    case .inet?: IPAddress.Family.v4.rawValue
    case .inet6?: IPAddress.Family.v6.rawValue
    default: 0
    }
  }
}
