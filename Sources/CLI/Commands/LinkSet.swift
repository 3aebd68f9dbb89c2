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
  if let device = link.device ?? link.name {
    try target(device, link, &request)
    if let kind = link.kind { try setKind(kind, &words, in: &request, session) }
  } else if let group = link.group {
    request.set(.group, to: group)
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  do throws(Failure) { try session.send(&request) } catch {
    throw link.explained(error).hinted { session.hintForChange(error) }
  }
  try link.checkProcess()
}

/// Says which device the request is for, and what of it can only be said once that is known.
private func target(_ device: [UInt8], _ link: LinkArguments, _ request: inout LinkRequest) throws(Failure) {
  var index: Int32 = 0
  var length: Int? = nil
  guard
    link.session.withLink(
      device,
      {
        index = $0.index; length = $0[.address]?.count
      })
  else {
    throw Failure.noSuchDevice(device).hinted { link.session.hintForMissing(device) }
  }
  request.setIndex(index)
  if let given = link.addressLength, let length, given != length {
    var message = [UInt8]("Invalid address length ")
    message.append(decimal: given)
    message.append(" - must be ")
    message.append(decimal: length)
    message.append(" bytes")
    throw Failure(1, message)
  }
  if let name = link.name, name != device { request.set(.nameAsSaid, to: name + [0]) }
  if let group = link.group { request.set(.group, to: group) }
  if let index = link.index { request.set(.newIndex, to: index) }
}
