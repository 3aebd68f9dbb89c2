internal import RTNetlink
internal import SystemCalls

/// What was said of one end of a link besides what went straight into the request.
final class LinkArguments {
  let session: Session
  /// `name NAME`.
  var name: [UInt8]? = nil
  /// `dev NAME`, or a word that is no keyword.
  var device: [UInt8]? = nil
  /// `index N`.
  var index: Int32? = nil
  /// `group G`: the group to be in or, where no device is named, whom to change.
  var group: UInt32? = nil
  /// How long the last `address` is.
  var addressLength: Int? = nil
  /// `netns N`.
  var namespace: NamespaceArgument? = nil
  /// `type KIND`, which ends what is common to all kinds.
  var kind: [UInt8]? = nil
  /// The rows that were said, of those that may be said once.
  private var said: UInt64 = 0

  init(_ session: Session) { self.session = session }

  /// Reads keywords in any order up to `type KIND` or the end.
  ///
  /// A word that is no keyword names the device.
  func parse(_ words: inout Words, into request: inout LinkRequest) throws(Failure) {
    while let word = words.next() {
      guard let position = CLI.position(of: word, in: linkKeywords) else {
        try take(device: word)
        continue
      }
      let keyword = linkKeywords[position]
      if keyword.isOnce {
        if said & 1 << position != 0 { throw .duplicate(keyword.name, try words.operand()) }
        said |= 1 << position
      }
      try keyword.action(&request, self, &words)
      if kind != nil { return }
    }
  }

  /// Notes the device that was named.
  func take(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    guard !word.isEmpty, word.count <= 127 else {
      throw .wrong(word, "\"dev\" not a valid ifname", spaced: false)
    }
    device = word
  }

  /// Fails when a process named here has ended since.
  func checkProcess() throws(Failure) { try namespace?.checkProcess() }
}

/// Whether a word may be the name of a new link: what the kernel refuses, and control bytes besides.
func isLinkName(_ word: [UInt8]) -> Bool {
  !word.isEmpty && !(word == ".") && !(word == "..")
    && word.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
}
