internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `address flush`: takes away every address that all filters choose, and no other.
func flushAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
  if words.isAtEnd { throw Failure(1, "Flush requires arguments.") }
  let filter = try ShowFilter.parse(&words, session, helpOn: .address)
  if filter.addresses.family == .link { throw Failure(1, "Cannot flush link addresses.") }
  let index = try filter.deviceIndex(session)
  let links = try session.links(filter)
  // A secondary address that takes the place of its primary is only seen in the next round.
  var round = 0
  while session.options.flushRounds == 0 || round < session.options.flushRounds {
    let addresses = try AddressList(session, filter.addresses, onLink: index)
    var count = 0
    addresses.forEach(onLink: nil) { address, _ in
      guard links.contains(address.linkIndex) else { return }
      count += 1
      if session.options.statistics > 1, !session.out.isJSON {
        AddressRecord(session: session).write(address, linkName: session.linkName(address.linkIndex))
      }
    }
    session.reportFlush(round, count)
    session.out.flush()
    if count == 0 { return }
    var failure: Failure? = nil
    addresses.forEach(onLink: nil) { address, _ in
      if failure == nil, links.contains(address.linkIndex) { failure = session.delete(address) }
    }
    if let failure { throw failure }
    round += 1
  }
  var rounds: [UInt8] = []
  rounds.append(decimal: round)
  throw Failure(255, "*** Flush remains incomplete after % rounds. ***", rounds)
}

extension Session {
  /// What `-s` tells of a round: how many addresses go, or that none is left.
  fileprivate func reportFlush(_ round: Int, _ count: Int) {
    guard options.statistics > 0 else { return }
    if count > 0 {
      out.text("\n*** Round ")
      out.text(round + 1)
      out.text(", deleting ")
      out.text(count)
      out.text(" addresses ***\n")
    } else if round > 0 {
      out.text("*** Flush is complete after ")
      out.text(round)
      out.text(round > 1 ? " rounds ***\n" : " round ***\n")
    } else {
      out.text("Nothing to flush.\n")
    }
  }

  /// Takes an address away, which the kernel may have done itself: a primary one takes its secondaries along.
  ///
  /// - Returns: why that could not be.
  fileprivate func delete(_ address: borrowing Address) -> Failure? {
    var request = AddressRequest.delete()
    request.setLink(address.linkIndex)
    request.setFamily(address.family)
    request.setPrefixLength(address.prefixLength)
    if let local = address[.local] { request.set(.local, to: local) }
    if let other = address[.address] { request.set(.address, to: other) }
    if let label = address[.label] { request.set(.label, to: label) }
    do throws(Failure) { try send(&request) } catch {
      guard let errno = error.refusal?.errno else { return error }
      if errno == .addressNotAvailable || errno == .operationNotSupportedByDevice { return nil }
      return Failure(255, "Failed to send flush request: %", errno.text).hinted { hintForChange(error) }
    }
    return nil
  }

  /// The indexes of the links that a filter chooses.
  func links(_ filter: ShowFilter) throws(Failure) -> [Int32] {
    var request = LinkRequest.dump()
    filter.narrow(&request)
    var indexes: [Int32] = []
    do throws(NetlinkError) {
      try socket.links(&request) { if filter.allows($0) { indexes.append($0.index) } }
    } catch { throw Failure(error) }
    return indexes
  }
}
