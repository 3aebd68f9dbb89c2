internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A cache of the names of links by index, which listings show for peers and masters.
///
/// A link that is not in the cache is requested on a separate socket, because a dump may be in progress on the session's
/// socket.
final class LinkNames {
  /// An entry of the cache: 24 bytes, with the name first to avoid padding.
  struct Entry {
    let name: KernelName
    let index: Int32
    let isUp: Bool
    /// Whether the link in `IFLA_LINK` is in another namespace.
    let isLinkForeign: Bool
  }

  /// The entries, by index.
  private var entries: [Entry] = []
  /// The position of the latest look-up, from which the next position is guessed: indexes have few gaps.
  private var latest = 0
  private var socket: NetlinkSocket? = nil
  /// The id of the links' namespace; nil for the program's own.
  let netnsID: Int32?
  /// The caches of other namespaces.
  private var others: [(netnsID: Int32?, names: LinkNames)] = []

  init(in netnsID: Int32? = nil) { self.netnsID = netnsID }

  /// The cache of another namespace.
  func inNamespace(_ netnsID: Int32?) -> LinkNames {
    if netnsID == self.netnsID { return self }
    for other in others where other.netnsID == netnsID { return other.names }
    let names = LinkNames(in: netnsID)
    others.append((netnsID, names))
    return names
  }

  /// Whether the links are in another namespace than the program, which has other ids of namespaces.
  var isForeign: Bool { netnsID != nil }

  /// Adds a link, or removes a deleted link.
  func note(_ link: borrowing Link) {
    let known = known(link.index)
    if link.isDeleted {
      if known != nil, !link.isBridgePort { entries.remove(at: position(of: link.index)) }
      return
    }
    guard let name = link[.name] else { return }
    // A message of a bridge about a port lacks IFLA_LINK_NETNSID.
    let isLinkForeign = link[.linkNetnsID] != nil || (link.isBridgePort && known?.isLinkForeign ?? false)
    put(Entry(name: name, index: link.index, isUp: link.flags.contains(.up), isLinkForeign: isLinkForeign))
  }

  /// Adds all links of a read, before they are shown, without the namespaces of their peers.
  func note(all answers: Answers) {
    var answers = answers
    while let link = answers.nextLinkSummary() {
      put(Entry(name: link.name, index: link.index, isUp: link.flags.contains(.up), isLinkForeign: false))
    }
  }

  private func put(_ entry: Entry) {
    let position = position(of: entry.index)
    if position == entries.count {
      entries.append(entry)
    } else if entries[position].index == entry.index {
      entries[position] = entry
    } else {
      entries.insert(entry, at: position)
    }
  }

  /// Removes all links.
  func forget() { entries.removeAll(keepingCapacity: true) }

  /// The link with an index; nil where there is none, or where the request fails: a listing then shows the index.
  func entry(_ index: Int32) -> Entry? {
    if let known = known(index) { return known }
    do throws(NetlinkError) {
      if socket == nil { socket = try .open(.route) }
      _ = try socket?.withLink(.index(index), in: netnsID) { note($0) }
    } catch { return nil }
    return known(index)
  }

  /// The name of the link with an index, or a placeholder.
  func name(of index: Int32) -> KernelName { entry(index)?.name ?? Self.placeholder(index) }

  /// The placeholder for an unknown name, such as `if5`.
  static func placeholder(_ index: Int32) -> KernelName {
    KernelName(bytes: sentence("if%", [UInt8](decimal: index))) ?? "if"
  }

  private func known(_ index: Int32) -> Entry? {
    var position = latest
    if position < entries.count { position += Int(index) - Int(entries[position].index) }
    if !isPosition(position, of: index) {
      position = self.position(of: index)
      guard isPosition(position, of: index) else { return nil }
    }
    latest = position
    return entries[position]
  }

  private func isPosition(_ position: Int, of index: Int32) -> Bool {
    position >= 0 && position < entries.count && entries[position].index == index
  }

  /// The position of an index, or the position to insert it. Dumps are by index, so the end is tried first.
  private func position(of index: Int32) -> Int {
    if entries.last.map({ $0.index < index }) ?? true { return entries.count }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
