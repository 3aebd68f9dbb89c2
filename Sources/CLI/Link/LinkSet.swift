internal import Netlink
internal import RTNetlink
internal import SystemCalls

let linkSet: Verb = Verb("set* change*", usage: "set { [ dev ] DEVICE | group GROUP } [ SETTINGS ]") {
  words, session throws(Failure) in
  var link = LinkArguments(.present)
  try link.parse(&words, session)
  do throws(Failure) { try change(&link, &words, session) } catch { throw error.about(device: link.device) }
}

private func change(_ link: inout LinkArguments, _ words: inout Words, _ session: Session) throws(Failure) {
  if link.index != nil, link.namespace == nil {
    throw Failure(255, "index can be used only when creating devices or when moving device to another netns.")
  }
  try link.completeLinkNamespace(session)
  // Without a device, `name NAME` gives the device.
  if let device = link.device ?? link.name.flatMap({ LinkName(bytes: $0) }) {
    try change(device, &link, &words, session)
  } else if let group = link.group {
    try session.send(.change(.group(group), link.settings))
  } else {
    throw Failure(255, "Not enough information: \"dev\" argument is required.")
  }
  try link.checkProcess()
}

private func change(
  _ device: LinkName, _ link: inout LinkArguments, _ words: inout Words, _ session: Session
) throws(Failure) {
  var target = LinkTarget.name(device)
  if !link.isFoundByKernel {
    target = .index(try completePresentLink(device, &link, session))
  }
  if let kind = link.kind { try link.settings.parse(kind: kind, &words, session) }
  do throws(Failure) { try session.send(.change(target, link.settings)) } catch {
    if error.refusal?.errno == .operationNotSupportedByDevice, try session.linkIndex(of: device) == nil {
      throw session.missing(device)
    }
    throw error.adding(appliedSettings(link, target, session)).hinted { session.hintForChange(error) }
  }
}

extension LinkArguments {
  /// Whether the request can have the name of the device in place of the index, which saves a request.
  ///
  /// A request that renames or moves a device has the new name. With a name and a group, an old kernel changes all links of
  /// the group if no device has the name.
  fileprivate var isFoundByKernel: Bool {
    name == nil && group == nil && settings[.address] == nil && index == nil && namespace == nil
  }
}

/// Looks a device up, and adds the settings that need its present state.
///
/// - Returns: the index of the device.
private func completePresentLink(
  _ device: LinkName, _ link: inout LinkArguments, _ session: Session
) throws(Failure) -> Int32 {
  var index: Int32 = 0
  var addressLength: Int? = nil
  let exists = try session.withLink(device) {
    index = $0.index
    addressLength = $0[.address]?.count
  }
  if !exists { throw session.missing(device) }
  if let given = link.settings[.address]?.count, let length = addressLength, given != length {
    throw Failure(
      1, "Invalid address length % - must be % bytes", [UInt8](decimal: given), [UInt8](decimal: length))
  }
  if let name = link.name, name != device.bytes { link.settings.name = LinkName(bytes: name) }
  if let group = link.group { link.settings[.group] = group }
  link.settings[.newIndex] = link.index
  link.namespace?.write(to: &link.settings)
  return index
}

/// The settings of a refused request that are in effect, because the kernel applies settings one by one.
private func appliedSettings(_ link: LinkArguments, _ target: LinkTarget, _ session: Session) -> [UInt8] {
  var settings = link.settings
  settings.removeKind()
  // A refusal of a single setting needs no list.
  if settings.settings.count < 2 { return [] }
  var keywords: [UInt8] = []
  do throws(NetlinkError) {
    try session.socket.withLink(target) { present in
      for setting in settings.met(by: present) where setting.keyword.utf8CodeUnitCount > 0 {
        if !keywords.isEmpty { keywords.append(", ") }
        keywords.append(setting.keyword)
      }
    }
  } catch { return sentence("not known which settings were applied: %", error.text) }
  return keywords.isEmpty ? [] : sentence("already applied: %", keywords)
}
