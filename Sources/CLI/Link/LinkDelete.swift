internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

let linkDelete: Verb = Verb("delete*", usage: "delete { [ dev ] DEVICE | group GROUP }") {
  words, session throws(Failure) in
  var link = LinkArguments(.deletion)
  try link.parse(&words, session)
  do throws(Failure) { try delete(link, &words, session) } catch { throw error.about(device: link.device) }
}

private func delete(_ link: LinkArguments, _ words: inout Words, _ session: Session) throws(Failure) {
  if let device = link.device, !link.furtherDevices.isEmpty {
    return try session.delete([device] + link.furtherDevices, ofKind: link.kind)
  }
  let target: LinkTarget
  if let device = link.device ?? link.name.flatMap({ LinkName(bytes: $0) }) {
    target = .index(try session.index(of: device, ofKind: link.kind))
  } else if let group = link.group {
    if let kind = link.kind { try session.check(group, ofKind: kind) }
    target = .group(group)
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  // The kernel ignores the kind.
  var kind = LinkSettings()
  if let name = link.kind { try kind.parse(kind: name, &words, session) }
  do throws(Failure) { try session.send(.delete(target, kind)) } catch {
    throw error.hinted { session.hintForChange(error) }
  }
}

extension Session {
  /// Deletes links, and reports each link that was not deleted, with the reason.
  ///
  /// - Parameter kind: the kind of the links that may be deleted; nil for all.
  func delete(_ names: [LinkName], ofKind kind: [UInt8]?) throws(Failure) {
    beginEcho()
    var echo: ((borrowing Link) -> Void)? = nil
    if options.echoes { echo = { self.echo($0) } }
    let refusals = LinkDeletion.delete(names, ofKind: kind.flatMap { KernelName(bytes: $0) }, on: &socket, echo: echo)
    endEcho()
    for (position, refusal) in refusals.enumerated() {
      let failure = failure(refusal, ofKind: kind).naming(refusal.name).about(object: [UInt8]("link"))
      if position == refusals.count - 1 { throw failure }
      report(failure)
    }
  }

  /// The reason why a link was not deleted.
  func failure(_ refusal: LinkDeletion.Refusal, ofKind kind: [UInt8]? = nil) -> Failure {
    switch refusal.reason {
    case .missing: return missing(refusal.name)
    case .otherKind: return .wrongKind(refusal.name, kind ?? [])
    case .kernel(let error): return Failure(error)
    }
  }

  /// The index of a link of a kind.
  ///
  /// - Throws: for a link of another kind.
  fileprivate func index(of device: LinkName, ofKind kind: [UInt8]?) throws(Failure) -> Int32 {
    var index: Int32 = 0
    var isOfKind = true
    let exists = try withLink(device) {
      index = $0.index
      if let kind { isOfKind = $0.isOfKind(kind) }
    }
    if !exists { throw missing(device) }
    guard let kind, !isOfKind else { return index }
    throw .wrongKind(device, kind)
  }

  /// Throws for a group that contains a link of another kind.
  fileprivate func check(_ group: UInt32, ofKind kind: [UInt8]) throws(Failure) {
    let others: [KernelName] = try asFailure(
      self.socket.collectLinks(.dump()) { $0[.group] == group && !$0.isOfKind(kind) ? $0[.name] : nil })
    if let other = others.first { throw .wrongKind(LinkName(other), kind) }
  }
}
