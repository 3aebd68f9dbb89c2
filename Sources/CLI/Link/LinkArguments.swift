internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The words that describe one link: `[ dev ] DEVICE mtu 1400 …`, parsed.
struct LinkArguments {
  /// What the words describe, which decides what a first word can be and how a master is looked up.
  enum Role {
    /// A link to change, to rename, or whose names to change.
    case present
    /// Links to delete.
    case deletion
    /// A new link.
    case new
    /// The peer of a new link, or an end of a pair: its master is a link of another namespace, maybe.
    case end
  }

  let role: Role
  /// The settings, without the name.
  var settings = LinkSettings()
  /// `name NAME`.
  var name: [UInt8]? = nil
  /// `dev DEVICE`, or a word that is no keyword.
  private(set) var device: LinkName? = nil
  /// Further devices, of which `link delete` takes many.
  private(set) var furtherDevices: [LinkName] = []
  /// `index INDEX`.
  var index: Int32? = nil
  /// `group GROUP`: a setting or, without a device, the links to change.
  var group: UInt32? = nil
  /// `master BRIDGE` of an end: a name in the end's namespace.
  var master: LinkName? = nil
  /// `netns NETNS`.
  var namespace: NamespaceArgument? = nil
  /// `link-netns NETNS`: the namespace of the link that `link` names.
  var linkNamespace: NamespaceArgument? = nil
  /// `xdp pinned PATH`.
  var program: PinnedProgram? = nil
  /// `type KIND`, which ends the settings that all kinds have.
  var kind: [UInt8]? = nil
  /// The positions of the keywords that were given, in `linkKeywords`.
  private(set) var given: [Int] = []

  init(_ role: Role) { self.role = role }

  /// The name of the new link; nil where the kernel is to choose.
  var newName: [UInt8]? { name ?? device?.bytes }

  // MARK: - Parsing

  /// Parses keywords and devices in any order, up to `type KIND` or the end.
  @inline(never)
  mutating func parse(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    do throws(Failure) {
      try parseFirstDevice(&words, names)
      while kind == nil, let word = words.next() { try parse(word, &words, names) }
    } catch { throw error.about(device: device) }
  }

  /// Parses a keyword with its operand, or a device.
  @inline(never)
  mutating func parse(_ word: [UInt8], _ words: inout Words, _ names: any NameResolver) throws(Failure) {
    guard let row = position(of: word, in: linkKeywords) else { return try take(device: word) }
    let keyword = linkKeywords[row]
    if keyword.isOnce, given.contains(row) {
      throw .duplicate(keyword.spellings.name, try words.operand()).blaming(keyword.spellings.name)
    }
    try keyword.parse(into: &self, &words, names)
    given.append(row)
  }

  /// Takes a first word that names a device although it could be an abbreviation of a keyword.
  @inline(never)
  mutating func parseFirstDevice(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    while device == nil || role == .deletion, try beginsWithDevice(words, names), let word = words.next() {
      try take(device: word)
    }
  }

  /// Whether the first word names a device although it could be an abbreviation of a keyword.
  ///
  /// A present link has the name, and no other device follows `dev`. Behind a new name comes a keyword in full, or nothing.
  @inline(never)
  private func beginsWithDevice(_ words: Words, _ names: any NameResolver) throws(Failure) -> Bool {
    guard let first = words.peek, let row = position(of: first, in: linkKeywords),
      !linkKeywords[row].spellings.contains(first)
    else { return false }
    switch role {
    case .present, .deletion:
      guard !words.contains("dev"), let name = LinkName(bytes: first) else { return false }
      return try names.linkIndex(of: name) != nil
    case .new, .end:
      guard let next = words.second else { return role == .end }
      guard let row = position(of: next, in: linkKeywords) else { return false }
      return linkKeywords[row].spellings.contains(next)
    }
  }

  /// Whether a word is a keyword in full.
  static func isKeyword(_ word: [UInt8]) -> Bool { linkKeywords.contains { $0.spellings.contains(word) } }

  /// Takes a word as the name of the device.
  @inline(never)
  mutating func take(device word: [UInt8]) throws(Failure) {
    if device == nil {
      device = try LinkName(device: word)
    } else if role == .deletion {
      furtherDevices.append(try LinkName(device: word))
    } else {
      throw .duplicateOrGarbage("dev", word)
    }
  }

  /// Whether one of these keywords was given; the first that was.
  func firstGiven(of keywords: StaticString) -> [UInt8]? {
    for row in given where linkKeywords[row].spellings.name.isAmong(keywords) { return linkKeywords[row].spellings.name }
    return nil
  }

  // MARK: - Use

  /// Adds what a new link is called, its index, group and namespace to the settings.
  mutating func completeNewLink() throws(Failure) {
    if let name, let device, name != device.bytes {
      throw Failure(255, "both \"name\" and \"dev\" cannot be used when creating devices.")
    }
    if let newName {
      guard LinkName.isValid(newName), let name = LinkName(bytes: newName) else {
        throw .wrong(newName, "\"dev\" not a valid ifname", spaced: false)
      }
      // The kernel refuses a name that is too long.
      settings.name = name
    }
    if let group {
      if newName == nil { throw Failure(255, "group cannot be used when creating devices.") }
      settings[.group] = group
    }
    settings.index = index
    namespace?.write(to: &settings)
  }

  /// Adds the namespace of the link that `link` names, as an id in the namespace of this link.
  mutating func completeLinkNamespace(_ session: Session) throws(Failure) {
    guard let target = try linkNamespace?.open() else { return }
    if let namespace {
      var socket = try namespace.socket()
      settings[.linkNetnsID] = try asFailure(socket.assignedNamespaceID(of: target))
    } else {
      settings[.linkNetnsID] = try asFailure(session.socket.assignedNamespaceID(of: target))
    }
  }

  /// Fails where a process that was named has ended.
  func checkProcess() throws(Failure) { try namespace?.checkProcess() }
}
