internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `link show`: one link or all.
func showLinks(_ words: inout Words, _ session: Session) throws(Failure) {
  let filter = try ShowFilter.parse(&words, session, helpOn: .link)
  var request = filter.device == nil ? LinkRequest.dump() : LinkRequest.get()
  session.errors.device = filter.device
  if let device = filter.device { request.setTarget(device) } else { filter.narrow(&request) }
  session.out.beginArray()
  try session.readLinks(&request, device: filter.device) { link in
    guard filter.allows(link) else { return }
    write(link, session)
    session.out.flushIfFull()
  }
  session.out.endArray()
}

/// Writes all that is shown of a link.
func write(_ link: borrowing Link, _ session: Session) {
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
  /// Reads links, and tells where that fails.
  ///
  /// - Parameter device: the one link that was asked for, for the message where it does not exist.
  func readLinks(
    _ request: inout LinkRequest, device: [UInt8]?, _ body: (borrowing Link) -> Void
  ) throws(Failure) {
    if let outside { request.set(.targetNamespaceID, to: outside) }
    do throws(NetlinkError) {
      // One link needs no look ahead, and no room for it.
      if device == nil { try noteLinks(&request, body) } else { try socket.links(&request, body) }
    } catch {
      if case .interrupted = error {
        report(Failure(error))
        return
      }
      guard let device else { throw Failure(error) }
      throw Failure(1, "Device \"%\" does not exist.", device).hinted { hintForMissing(device) }
    }
  }

  /// Reads links, whose names and those of the next ones are remembered: peers mostly lie close together.
  func noteLinks(_ request: inout LinkRequest, _ body: (borrowing Link) -> Void) throws(NetlinkError) {
    try socket.links(&request, lookingAhead: { self.names.note(all: $0) }, body)
  }
}
