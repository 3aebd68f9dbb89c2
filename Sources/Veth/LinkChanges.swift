internal import Netlink
internal import RTNetlink

/// What is changed of a link that is there: told in words, and taken back where something fails afterwards.
final class LinkChanges {
  /// Whether it is only told what would be changed.
  let isDryRun: Bool
  /// The words for what was set.
  private(set) var words: [[UInt8]] = []
  private var undos: [Undo] = []

  init(isDryRun: Bool = false) { self.isDryRun = isDryRun }

  func note(_ word: [UInt8]) { words.append(word) }

  /// Remembers what a request is about to change of a link.
  @inline(never)
  func prepare(
    _ request: borrowing LinkRequest, _ word: [UInt8], _ index: Int32, _ socket: inout NetlinkSocket
  ) throws(NetlinkError) {
    note(word)
    if isDryRun { return }
    var get = LinkRequest.get()
    get.setIndex(index)
    try socket.links(&get) { undos.append(LinkUndo(request.inverse(on: $0))) }
  }

  /// Remembers that a link is about to get further names.
  func prepareDeletion(ofNames names: [[UInt8]], _ index: Int32) {
    var request = LinkRequest.deleteNames()
    request.setIndex(index)
    request.setAlternativeNames(names)
    undos.append(LinkUndo(request))
  }

  /// Remembers a request that takes back what is about to be changed of an address.
  func prepare(undo request: consuming AddressRequest) { undos.append(AddressUndo(request)) }

  /// Takes all changes back, the last one first; nil where there was none, false where that fails.
  func takeBack(_ socket: inout NetlinkSocket) -> Bool? {
    if undos.isEmpty { return nil }
    var isDone = true
    for undo in undos.reversed() {
      // The first try may fail as what was to be done has.
      if (try? undo.send(&socket)) == nil, (try? undo.send(&socket)) == nil { isDone = false }
    }
    return isDone
  }
}

/// A request that takes something back.
private class Undo {
  func send(_ socket: inout NetlinkSocket) throws(NetlinkError) {}
}

private final class LinkUndo: Undo {
  private var request: LinkRequest

  init(_ request: consuming LinkRequest) { self.request = request }

  override func send(_ socket: inout NetlinkSocket) throws(NetlinkError) { try socket.send(&request) }
}

private final class AddressUndo: Undo {
  private var request: AddressRequest

  init(_ request: consuming AddressRequest) { self.request = request }

  override func send(_ socket: inout NetlinkSocket) throws(NetlinkError) { try socket.addresses(&request) }
}
