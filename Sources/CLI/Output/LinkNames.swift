internal import Netlink
internal import RTNetlink

/// The names of links by their index, to show peers and masters by.
///
/// Links that were seen are remembered; of others the kernel is asked, on a socket of its own, as a dump may be
/// under way on the session's.
final class LinkNames {
  /// The name stands first, as behind a smaller field there would be a gap: all that is kept of each link is this.
  struct Entry {
    let name: KernelName
    let index: Int32
    let isUp: Bool
    /// Whether the link it is tied to is in another namespace.
    let isPeerElsewhere: Bool
  }

  /// In the order of their indexes.
  private var entries: [Entry] = []
  /// Where the one is that was looked up last. Indexes have few gaps, so it tells where most others are.
  private var latest = 0
  private var socket: NetlinkSocket? = nil
  /// The namespace that they are in, as an id; nil for our own.
  let namespace: Int32?
  /// Those of other namespaces, and the ids of these: of objects that are looked through, each is kept and let go, which
  /// for 200 namespaces takes `pair show` 2 % longer.
  private var others: [LinkNames] = []
  private var otherNamespaces: [Int32?] = []

  init(in namespace: Int32? = nil) { self.namespace = namespace }

  /// Those of the links in another namespace, which are remembered too.
  func elsewhere(_ namespace: Int32?) -> LinkNames {
    if namespace == self.namespace { return self }
    if let position = otherNamespaces.firstIndex(of: namespace) { return others[position] }
    let names = LinkNames(in: namespace)
    others.append(names)
    otherNamespaces.append(namespace)
    return names
  }

  /// Whether ids of namespaces are not ours there.
  var isElsewhere: Bool { namespace != nil }

  /// Remembers a link, and forgets one that is gone.
  func note(_ link: borrowing Link) {
    let known = known(link.index)
    if link.isDeleted {
      if known != nil, !link.isAboutPort { entries.remove(at: position(of: link.index)) }
      return
    }
    guard let name = link[.name] else { return }
    // A bridge does not say where the other end of its port is.
    let isPeerElsewhere = link[.peerNamespaceID] != nil || (link.isAboutPort && known?.isPeerElsewhere ?? false)
    put(Entry(name: name, index: link.index, isUp: link.flags.contains(.up), isPeerElsewhere: isPeerElsewhere))
  }

  /// Remembers all links of a read in passing, and not where what they are tied to is.
  func note(all answers: Answers) {
    var answers = answers
    while let link = answers.nextLinkName() {
      put(Entry(name: link.name, index: link.index, isUp: link.flags.contains(.up), isPeerElsewhere: false))
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

  /// Forgets everything, as time has passed.
  func forget() { entries.removeAll(keepingCapacity: true) }

  /// The link of this index, nil where there is none.
  func entry(_ index: Int32) -> Entry? {
    if let known = known(index) { return known }
    var request = LinkRequest.get()
    request.setIndex(index)
    if let namespace { request.set(.targetNamespaceID, to: namespace) }
    do throws(NetlinkError) {
      if socket == nil { socket = try .open() }
      _ = try socket?.links(&request) { note($0) }
    } catch { return nil }
    return known(index)
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

  /// Where an index is, or belongs. Dumps come in order, so the end is the likeliest place.
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
