internal import Netlink
internal import RTNetlink
internal import SystemCalls

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
    let deletion = BulkDeletion(self, endsAtRefusal: false)
    for (place, name) in names.enumerated() {
      do throws(Failure) {
        if let kind { _ = try index(of: name, ofKind: kind) }
        switch deletion.add(name, place: place) {
        case .admitted, .companion: break
        case .missing: throw Failure.noSuchDevice(name).hinted { hintForMissing(name) }
        case .loner:
          var request = LinkRequest.delete()
          request.setTarget(name)
          try send(&request)
        }
      } catch { deletion.refuse(name, place: place, error) }
    }
    deletion.run()
    for refusal in deletion.refusals {
      let failure = refusal.failure.naming(refusal.name)
      errors.device = refusal.name
      if refusal.place == deletion.refusals.last?.place { throw failure }
      report(failure)
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
    else { throw Failure.noSuchDevice(device).hinted { hintForMissing(device) } }
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
