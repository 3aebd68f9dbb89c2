internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The words that describe one link: `[ dev ] DEVICE mtu 1400 …`, parsed.
struct LinkArguments {
  /// The role of the link, which decides the meaning of the first word and the namespace of the master.
  enum Role {
    /// A link to change.
    case present
    /// Links to delete.
    case deletion
    /// A new link.
    case new
    /// The peer of a new link, or an end of a pair; the master may be in another namespace.
    case end
  }

  let role: Role
  /// The settings, without the name.
  var settings = LinkSettings()
  /// The operand of `name NAME`.
  var name: [UInt8]? = nil
  /// The operand of `dev DEVICE`, or a word that is no keyword.
  private(set) var device: LinkName? = nil
  /// The other devices of `link delete`.
  private(set) var furtherDevices: [LinkName] = []
  /// The operand of `index INDEX`.
  var index: Int32? = nil
  /// The operand of `group GROUP`: a setting or, without a device, the links to change.
  var group: UInt32? = nil
  /// The operand of `master BRIDGE` of an end, a name in the end's namespace.
  var master: LinkName? = nil
  /// The operand of `netns NETNS`.
  var namespace: NamespaceArgument? = nil
  /// The operand of `link-netns NETNS`: the namespace of the link in `link DEVICE`.
  var linkNamespace: NamespaceArgument? = nil
  /// The program of `xdp pinned PATH`.
  var program: PinnedProgram? = nil
  /// The operand of `type KIND`, after which the settings of the kind follow.
  var kind: [UInt8]? = nil
  /// The positions of the given keywords in `linkKeywords`.
  private(set) var given: [Int] = []

  init(_ role: Role) { self.role = role }

  /// The name of the new link; nil where the kernel chooses one.
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
    guard let row = position(of: word, in: linkKeywords) else { return try parse(device: word) }
    let keyword = linkKeywords[row]
    if keyword.isOnce, given.contains(row) {
      throw .duplicate(keyword.spellings.name, try words.operand()).blaming(keyword.spellings.name)
    }
    try keyword.parse(into: &self, &words, names)
    given.append(row)
  }

  /// Parses first words that are devices, although they abbreviate keywords.
  @inline(never)
  mutating func parseFirstDevice(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    while device == nil || role == .deletion, try beginsWithDevice(words, names), let word = words.next() {
      try parse(device: word)
    }
  }

  /// Whether the first word is a device, although the word abbreviates a keyword.
  ///
  /// The first word is a present device if a link has the name and `dev` is not given. The first word is the name of a new
  /// link if a keyword in full follows; of an end, also if nothing follows.
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

  /// Parses the name of the device or, of `link delete`, of another device.
  @inline(never)
  mutating func parse(device word: [UInt8]) throws(Failure) {
    if device == nil {
      device = try LinkName(device: word)
    } else if role == .deletion {
      furtherDevices.append(try LinkName(device: word))
    } else {
      throw .duplicateOrGarbage("dev", word)
    }
  }

  /// The first given keyword that is in a list; nil for none.
  func firstGiven(of keywords: StaticString) -> [UInt8]? {
    for row in given {
      let name = linkKeywords[row].spellings.name
      if name.isAmong(keywords) { return name }
    }
    return nil
  }

  // MARK: - Use

  /// Adds the name, index, group and namespace of a new link to the settings.
  mutating func completeNewLink() throws(Failure) {
    if let name, let device, name != device.bytes {
      throw Failure(255, "both \"name\" and \"dev\" cannot be used when creating devices.")
    }
    if let newName {
      guard LinkName.isValid(newName), let name = LinkName(bytes: newName) else {
        throw .wrong(newName, "\"dev\" not a valid ifname", spaced: false)
      }
      // The kernel refuses a name of more than 15 bytes.
      settings.name = name
    }
    if let group {
      if newName == nil { throw Failure(255, "group cannot be used when creating devices.") }
      settings[.group] = group
    }
    settings.index = index
    namespace?.write(to: &settings)
  }

  /// Adds the namespace of `link-netns` to the settings, as an id in this link's namespace.
  mutating func completeLinkNamespace(_ session: Session) throws(Failure) {
    guard let target = try linkNamespace?.open() else { return }
    if let namespace {
      var socket = try namespace.socket()
      settings[.linkNetnsID] = try asFailure(socket.assignedNamespaceID(of: target))
    } else {
      settings[.linkNetnsID] = try asFailure(session.socket.assignedNamespaceID(of: target))
    }
  }

  /// Throws if the process of `netns PID` has ended.
  func checkProcess() throws(Failure) { try namespace?.checkProcess() }
}
