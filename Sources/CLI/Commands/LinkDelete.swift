internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `link delete`: of a veth, both ends go.
func deleteLink(_ words: inout Words, _ session: Session) throws(Failure) {
  var request = LinkRequest.delete()
  let link = LinkArguments(session, .doomed)
  try link.parse(&words, into: &request)
  if let device = link.device, !link.furtherDevices.isEmpty {
    return try session.delete([device] + link.furtherDevices, ofKind: link.kind)
  }
  if let device = link.device ?? link.name {
    request.setIndex(try session.index(of: device, ofKind: link.kind))
  } else if let group = link.group {
    if let kind = link.kind { try session.check(group, ofKind: kind) }
    request.set(.group, to: group)
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  if let kind = link.kind { try setKind(kind, &words, in: &request, session) }
  do throws(Failure) { try session.send(&request) } catch { throw error.hinted { session.hintForChange(error) } }
}

extension Session {
  /// Deletes all of these, and says of each that stays why.
  func delete(_ names: [[UInt8]], ofKind kind: [UInt8]?) throws(Failure) {
    beginEcho()
    var echo: ((borrowing Link) -> Void)? = nil
    if options.echoes { echo = { self.echo($0) } }
    let refusals = LinkDeletion.delete(names, ofKind: kind, &socket, echo: echo)
    endEcho()
    for (position, refusal) in refusals.enumerated() {
      let failure = failure(refusal, ofKind: kind).naming(refusal.name)
      errors.device = refusal.name
      if position == refusals.count - 1 { throw failure }
      report(failure)
    }
  }

  /// Why one of many was not deleted.
  func failure(_ refusal: LinkDeletion.Refusal, ofKind kind: [UInt8]? = nil) -> Failure {
    switch refusal.reason {
    case .missing: return missing(refusal.name)
    case .otherKind: return .wrongKind(refusal.name, kind ?? [])
    case .kernel(let error): return Failure(error)
    }
  }

  // The kernel takes no notice of the kind.

  fileprivate func index(of device: [UInt8], ofKind kind: [UInt8]?) throws(Failure) -> Int32 {
    var index: Int32 = 0
    var isOfKind = true
    guard
      withLink(
        device,
        {
          index = $0.index
          if let kind { isOfKind = $0.isOfKind(kind) }
        })
    else { throw missing(device) }
    guard let kind, !isOfKind else { return index }
    throw .wrongKind(device, kind)
  }

  /// Fails where a member of the group is of another kind.
  fileprivate func check(_ group: UInt32, ofKind kind: [UInt8]) throws(Failure) {
    var other: KernelName? = nil
    var request = LinkRequest.dump()
    do throws(NetlinkError) {
      try socket.links(&request) { if $0[.group] == group, !$0.isOfKind(kind) { other = $0[.name] } }
    } catch { throw Failure(error) }
    if let other { throw .wrongKind(other.bytes, kind) }
  }
}
