internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `address show`: links with the addresses they bear.
func showAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
  let filter = try ShowFilter.parse(&words, session, helpOn: .address)
  let index = try filter.deviceIndex(session)
  let addresses = try AddressList(session, filter.addresses, onLink: index)
  var request = index == nil ? LinkRequest.dump() : LinkRequest.get()
  if let index { request.setIndex(index) } else { filter.narrow(&request) }
  // A link shows for its addresses; where all families are asked for, one that bears none shows too.
  let showsBare = filter.addresses.family == nil || filter.addresses.family == .link
  let showsAll = showsBare && !addresses.leavesOut
  session.out.beginArray()
  try session.readLinks(&request, device: filter.device) { link in
    guard filter.allows(link), showsAll || addresses.allows(link.index) ?? showsBare else { return }
    show(link, addresses, filter.addresses, session)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

private func show(
  _ link: borrowing Link, _ addresses: AddressList, _ filter: AddressFilter, _ session: Session
) {
  let isBrief = session.options.isBrief
  let isOneLine = session.options.isOneLine && !isBrief
  // With a label the text is of addresses alone, which bear it; JSON still tells whose they are.
  let showsLink = !isOneLine && (filter.label == nil || session.out.isJSON)
  var record = LinkRecord(session: session, style: .address)
  session.out.beginObject()
  if isBrief {
    if showsLink { record.writeBrief(link, showsLinkLayer: filter.family == .link) }
  } else if showsLink {
    record.showsLinkLayer = filter.family == nil || filter.family == .link
    record.write(link)
    record.writeAlternativeNames(link)
    session.out.endRecord()
  }
  if filter.family != .link {
    let name = isOneLine ? link[.name] : nil
    session.out.beginArray("addr_info")
    addresses.forEach(onLink: link.index) { address, _ in
      let record = AddressRecord(session: session)
      session.out.beginObject()
      if isBrief { record.writePrefix(address) } else { record.write(address, linkName: name) }
      session.out.endObject()
    }
    session.out.endArray()
  }
  if isBrief {
    session.out.endRecord()
  } else if showsLink, session.options.statistics > 0, let statistics = StatisticsRecord(link, session) {
    statistics.write()
    session.out.endRecord()
  }
  session.out.endObject()
}
