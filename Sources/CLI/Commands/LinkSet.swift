internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `link set`.
func setLink(_ words: inout Words, _ session: Session) throws(Failure) {
  var request = LinkRequest.set()
  let link = LinkArguments(session, .existing)
  try link.parse(&words, into: &request)
  if link.index != nil, link.namespace == nil {
    throw Failure(255, "index can be used only when creating devices or when moving device to another netns.")
  }
  // A name without a device is the device.
  let device = link.device ?? link.name
  var index: Int32? = nil
  if let device {
    if link.isSaidByName { request.setTarget(device) } else { index = try target(device, link, &request) }
    if let kind = link.kind { try setKind(kind, &words, in: &request, session) }
  } else if let group = link.group {
    request.set(.group, to: group)
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  do throws(Failure) { try session.send(&request) } catch {
    if let device, index == nil {
      index = session.index(of: device)
      if index == nil { throw session.missing(device) }
    }
    var failure = link.explained(error)
    if let index { failure = failure.adding(session.remainders(of: request, link, index)) }
    throw failure.hinted { session.hintForChange(error) }
  }
  try link.checkProcess()
}

extension LinkArguments {
  /// Whether the kernel may look the device up itself, which saves a question.
  ///
  /// A name in the request would be the new one of a device that moves; and with a group beside it, an old kernel that
  /// knows no such device would change all of the group.
  fileprivate var isSaidByName: Bool {
    if name != nil || group != nil || addressLength != nil || index != nil { return false }
    switch namespace {
    case .some: return false
    case nil: return true
    }
  }
}

/// Says which device the request is for, and what of it can only be said once that is known.
///
/// - Returns: its index.
private func target(_ device: [UInt8], _ link: LinkArguments, _ request: inout LinkRequest) throws(Failure) -> Int32 {
  var found: (index: Int32, addressLength: Int?)? = nil
  _ = link.session.withLink(device) { found = ($0.index, $0[.address]?.count) }
  guard let found else {
    throw link.session.missing(device)
  }
  request.setIndex(found.index)
  if let given = link.addressLength, let length = found.addressLength, given != length {
    var lengths: [[UInt8]] = [[], []]
    lengths[0].append(decimal: given)
    lengths[1].append(decimal: length)
    throw Failure(1, "Invalid address length % - must be % bytes", lengths[0], lengths[1])
  }
  if let name = link.name, name != device {
    let start = request.position
    request.set(.nameAsSaid, to: name + [0])
    link.wrote("name", request.part(since: start))
  }
  if let group = link.group {
    let start = request.position
    request.set(.group, to: group)
    link.wrote("group", request.part(since: start))
  }
  if let index = link.index { request.set(.newIndex, to: index) }
  return found.index
}

extension Session {
  /// What of a refused request is in force all the same, as a sentence; empty where that is nothing.
  fileprivate func remainders(
    of request: borrowing LinkRequest, _ arguments: LinkArguments, _ index: Int32
  ) -> [UInt8] {
    var keywords: [UInt8] = []
    var get = LinkRequest.get()
    get.setIndex(index)
    _ = try? socket.links(&get) { keywords = arguments.inForce(on: $0, of: request) }
    return keywords.isEmpty ? [] : sentence("In force all the same: %.", keywords)
  }
}
