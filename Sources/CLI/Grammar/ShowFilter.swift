internal import RTNetlink
internal import SystemCalls

/// Which links and addresses to show.
struct ShowFilter {
  /// The one link to show.
  var device: [UInt8]? = nil
  var isUp: Bool? = nil

  static let rows: [Keyword<ShowFilter, Session>] = [
    Keyword(.exactly("up")) { filter, _, _ in filter.isUp = true },
    Keyword(.exactly("down")) { filter, _, _ in filter.isUp = false },
    Keyword(.exactly("dev"), operand: "DEVICE") { filter, _, words throws(Failure) in
      try filter.take(device: try words.operand())
    },
  ]

  /// Reads filters in any order; a word that is none names the device.
  ///
  /// - Parameter topic: what `help` among them is about.
  static func parse(
    _ words: inout Words, _ session: Session, helpOn topic: UsageTopic
  ) throws(Failure) -> ShowFilter {
    var filter = ShowFilter()
    while let word = words.next() {
      if let row = position(of: word, in: rows) {
        try rows[row].action(&filter, session, &words)
      } else if word.abbreviates("help") {
        throw .usage(of: topic, session.programName)
      } else {
        try filter.take(device: word)
      }
    }
    return filter
  }

  private mutating func take(device word: [UInt8]) throws(Failure) {
    if device != nil { throw .duplicateOrGarbage("dev", word) }
    device = word
  }

  func allows(_ link: borrowing Link) -> Bool {
    if let isUp, link.flags.contains(.up) != isUp { return false }
    return true
  }
}
