internal import Netlink
internal import RTNetlink
internal import SystemCalls

let linkShow: Verb = Verb("show* lst* list*", usage: "show [ [ dev ] DEVICE ] [ FILTERS ]", isReadOnly: true) {
  words, session throws(Failure) in
  let filter = try ShowFilter(&words, session, of: linkObject)
  session.out.beginArray()
  try session.readLinks(filter) { link in
    guard filter.allows(link) else { return }
    show(link, session)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

private func show(_ link: borrowing Link, _ session: Session) {
  let record = LinkRecord(session: session, style: .link)
  session.out.beginObject()
  if session.options.isBrief {
    record.writeBrief(link, showsLinkLayer: true)
  } else {
    record.write(link)
    if session.options.statistics > 0, let statistics = StatisticsRecord(link, session) {
      session.out.newLine()
      statistics.write()
    }
    record.writeAlternativeNames(link)
  }
  session.out.endRecord()
  session.out.endObject()
}

extension Session {
  /// Calls `body` with each link while the answer arrives; an interrupted dump is a warning.
  func readLinks(_ filter: ShowFilter, _ body: (borrowing Link) -> Void) throws(Failure) {
    if let device = filter.device {
      // The look-ahead is for dumps only.
      let exists = try withLink(device, body)
      if exists { return }
      throw Failure(1, "Device \"%\" does not exist.", device.bytes).about(device: device)
        .hinted { hintForMissing(device) }
    }
    let request = LinkRequest.dump(master: filter.master, kind: filter.kernelKind, in: netnsID)
    do throws(NetlinkError) {
      try socket.links(request, lookingAhead: { self.names.note(all: $0) }, body)
    } catch {
      guard case .interrupted = error else { throw Failure(error) }
      report(Failure(error))
    }
  }
}
