internal import Netlink
internal import RTNetlink

/// `link delete`: of a veth, both ends go.
func deleteLink(_ words: inout Words, _ session: Session) throws(Failure) {
  var request = LinkRequest.delete()
  let link = LinkArguments(session, .existing)
  try link.parse(&words, into: &request)
  if let device = link.device ?? link.name {
    guard let index = session.index(of: device) else {
      throw Failure.noSuchDevice(device).hinted { session.hintForMissing(device) }
    }
    request.setIndex(index)
  } else if let group = link.group {
    request.set(.group, to: group)
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  do throws(Failure) { try session.send(&request) } catch { throw error.hinted { session.hintForChange(error) } }
}
