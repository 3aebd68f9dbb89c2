internal import Netlink
internal import RTNetlink
internal import SystemCalls

let addressFlush: Verb = Verb("flush*", usage: "flush { [ dev ] DEVICE | FILTERS }") { words, session throws(Failure) in
  if words.isAtEnd { throw Failure(1, "Flush requires arguments.") }
  let filter = try ShowFilter(&words, session, of: addressObject)
  if filter.addresses.family == .link { throw Failure(1, "Cannot flush link addresses.") }
  try flush(filter, session)
}

/// Deletes the addresses that pass all filters.
private func flush(_ filter: ShowFilter, _ session: Session) throws(Failure) {
  let index = try filter.deviceIndex(session)
  let links = try session.indexes(of: filter)
  // The next round deletes the secondary addresses that became primary when their primary address was deleted.
  var round = 0
  while session.options.flushRounds == 0 || round < session.options.flushRounds {
    let addresses = try AddressList(session, filter.addresses, onLink: index)
    try addresses.requireConsistency()
    var targets: [AddressSettings] = []
    addresses.forEach(onLink: nil) { address, _ in
      guard links.contains(address.linkIndex) else { return }
      targets.append(AddressSettings(identifying: address))
      if session.options.statistics > 1, !session.out.isJSON {
        AddressRecord(session: session).write(address, linkName: session.names.name(of: address.linkIndex))
      }
    }
    session.showFlushRound(round, targets.count)
    session.out.flush()
    if targets.isEmpty { return }
    for target in targets { try session.deleteFlushed(target) }
    round += 1
  }
  throw Failure(255, "*** Flush remains incomplete after % rounds. ***", [UInt8](decimal: round))
}

extension AddressSettings {
  /// The settings that identify an address to the kernel: link, family, prefix length, address, peer and label.
  fileprivate init(identifying address: borrowing Address) {
    self.init()
    linkIndex = address.linkIndex
    family = address.family
    prefixLength = address.prefixLength
    self[.local] = address[.local]
    self[.address] = address[.address]
    self[.label] = address[.label]
  }
}

extension Session {
  /// Writes a line about a round with `-s`: the number of addresses to delete, or the end of the flush.
  fileprivate func showFlushRound(_ round: Int, _ count: Int) {
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

  /// Deletes an address. A missing address is no error: the kernel deletes secondary addresses with their primary address.
  fileprivate func deleteFlushed(_ address: AddressSettings) throws(Failure) {
    do throws(Failure) { try send(.delete(address)) } catch {
      guard let errno = error.refusal?.errno else { throw error }
      if errno == .addressNotAvailable || errno == .operationNotSupportedByDevice { return }
      throw Failure(255, "Failed to send flush request: %", errno.text).hinted { hintForChange(error) }
    }
  }

  /// The indexes of the links that pass a filter.
  func indexes(of filter: ShowFilter) throws(Failure) -> [Int32] {
    let request = LinkRequest.dump(master: filter.master, kind: filter.kernelKind)
    return try asFailure(self.socket.collectLinks(request) { filter.allows($0) ? $0.index : nil })
  }
}
