internal import Netlink
internal import RTNetlink

/// The names of links by their index, to show peers and masters by.
///
/// Links that were seen are remembered; of others the kernel is asked, on a socket of its own, as a dump may be
/// under way on the session's.
final class LinkNames {
  /// In the order of their indexes.
  private var entries: [LinkName] = []
  private var socket: NetlinkSocket? = nil

  /// Remembers a link.
  func note(_ entry: LinkName) {
    let position = position(of: entry.index)
    if position < entries.count, entries[position].index == entry.index {
      entries[position] = entry
    } else {
      entries.insert(entry, at: position)
    }
  }

  /// Remembers all links of a read.
  func note(all answers: Answers) {
    var answers = answers
    while let entry = answers.nextLinkName() { note(entry) }
  }

  /// Forgets everything, as time has passed.
  func forget() { entries.removeAll(keepingCapacity: true) }

  /// The link of this index, nil where there is none.
  func entry(_ index: Int32) -> LinkName? {
    if let known = known(index) { return known }
    var request = LinkRequest.get()
    request.setIndex(index)
    do throws(NetlinkError) {
      if socket == nil { socket = try .open() }
      _ = try socket?.linkAnswers(&request) { note(all: $0) }
    } catch { return nil }
    return known(index)
  }

  private func known(_ index: Int32) -> LinkName? {
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
