internal import RTNetlink
internal import SystemCalls

/// The words of `monitor`, parsed.
struct MonitorArguments {
  /// The kinds of events.
  struct Subjects: OptionSet {
    let rawValue: UInt8
    static var links: Subjects { Subjects(rawValue: 1) }
    static var addresses: Subjects { Subjects(rawValue: 2) }
    static var namespaceIDs: Subjects { Subjects(rawValue: 4) }
  }

  /// The given kinds of events; empty for all.
  private var subjects: Subjects = []
  /// Whether each record begins with the kind of the event.
  private(set) var isLabelled = false
  /// Whether the events of all namespaces with an id are shown.
  private(set) var includesAllNamespaces = false
  /// The only link whose events are shown.
  private(set) var device: LinkName? = nil

  func includes(_ subject: Subjects) -> Bool { subjects.isEmpty || subjects.contains(subject) }

  /// Parses words in any order, abbreviated as with `ip`.
  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    while let word = words.next() {
      if word.abbreviates("label") || word == "all" {
        // `all` labels the events, as with `ip`. Without other words, all events are shown anyway.
        isLabelled = true
      } else if word.abbreviates("link") {
        subjects.insert(.links)
      } else if word.abbreviates("address") {
        subjects.insert(.addresses)
      } else if Self.isUnsupported(word) {
        throw Failure(255, "% cannot monitor \"%\", only link, address and nsid.", names.programName, word)
      } else if word.abbreviates("nsid") {
        subjects.insert(.namespaceIDs)
      } else if word.abbreviates("all-nsid") {
        includesAllNamespaces = true
      } else if word == "dev" {
        device = try words.deviceName()
      } else if word.abbreviates("help") {
        throw monitorObject.usageFailure(names)
      } else {
        throw Failure(255, "Argument \"%\" is unknown, try \"% monitor help\".", word, names.programName)
      }
    }
  }

  /// Whether a word is an abbreviation of events that `ip` can monitor and this program cannot.
  private static func isUnsupported(_ word: [UInt8]) -> Bool {
    word.isAmong("file* maddress* acaddress* route* mroute* prefix* neigh* netconf* rule* nexthop* stats*")
  }
}
