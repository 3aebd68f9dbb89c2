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
    var victims: [DoomedAddress] = []
    addresses.forEach(onLink: nil) { address, _ in
      guard links.contains(address.linkIndex) else { return }
      victims.append(DoomedAddress(address))
      if session.options.statistics > 1, !session.out.isJSON {
        AddressRecord(session: session).write(address, linkName: session.linkName(address.linkIndex))
      }
    }
    session.reportFlush(round, victims.count)
    session.out.flush()
    if victims.isEmpty { return }
    for victim in victims { try victim.delete(session) }
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

/// What it takes to name an address to the kernel once the answer that told of it is gone.
private struct DoomedAddress {
  private let link: Int32
  private let family: UInt8
  private let prefixLength: UInt8
  private let local: IPAddress?
  private let address: IPAddress?
  private let label: KernelName?

  init(_ address: borrowing Address) {
    link = address.linkIndex
    family = address.family
    prefixLength = address.prefixLength
    local = address[.local]
    self.address = address[.address]
    label = address[.label]
  }

  /// Takes it away, which the kernel may have done itself: a primary address takes its secondaries along.
  func delete(_ session: Session) throws(Failure) {
    var request = AddressRequest.delete()
    request.setLink(link)
    request.setFamily(family)
    request.setPrefixLength(prefixLength)
    if let local { request.set(.local, to: local) }
    if let address { request.set(.address, to: address) }
    if let label { request.set(.label, to: label) }
    do throws(Failure) { try session.send(&request) } catch {
      guard let errno = error.refusal?.errno else { throw error }
      if errno == .addressNotAvailable || errno == .noSuchDevice { return }
      throw Failure(255, "Failed to send flush request: %", errno.text).hinted { session.hintForChange(error) }
    }
  }
}
