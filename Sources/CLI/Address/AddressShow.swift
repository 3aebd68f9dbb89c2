internal import Netlink
internal import RTNetlink
internal import SystemCalls

let addressShow: Verb = Verb("list* show* lst*", usage: "show [ [ dev ] DEVICE ] [ FILTERS ]", isReadOnly: true) {
  words, session throws(Failure) in
  let filter = try ShowFilter(&words, session, of: addressObject)
  let addresses = try AddressList(session, filter.addresses, onLink: filter.deviceIndex(session))
  if addresses.mayBeInconsistent { session.report(Failure(.interrupted)) }
  // A link without addresses is shown only for all families, or for -family link.
  let showsBareLinks = filter.addresses.family == nil || filter.addresses.family == .link
  let showsAll = showsBareLinks && !addresses.excludesAddresses
  session.out.beginArray()
  try session.readLinks(filter) { link in
    guard filter.allows(link), showsAll || addresses.allows(link.index) ?? showsBareLinks else { return }
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
  // With a label, text has only the addresses, which include the label; JSON has the links too.
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
