internal import Netlink
internal import RTNetlink

/// The names of links by their index, to show peers and masters by.
///
/// Links that were seen are remembered; of others the kernel is asked, on a socket of its own, as a dump may be
/// under way on the session's.
final class LinkNames {
  struct Entry {
    let index: Int32
    let flags: LinkFlags
    let name: KernelName
  }

  /// In the order of their indexes.
  private var entries: [Entry] = []
  private var socket: NetlinkSocket? = nil

  /// Remembers a link.
  func note(_ link: borrowing Link) {
    guard let name = link[.name] else { return }
    let entry = Entry(index: link.index, flags: link.flags, name: name)
    let position = position(of: entry.index)
    if position < entries.count, entries[position].index == entry.index {
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
    do throws(NetlinkError) {
      if socket == nil { socket = try .open() }
      _ = try socket?.links(&request) { note($0) }
    } catch { return nil }
    return known(index)
  }

  private func known(_ index: Int32) -> Entry? {
    let position = position(of: index)
    return position < entries.count && entries[position].index == index ? entries[position] : nil
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
