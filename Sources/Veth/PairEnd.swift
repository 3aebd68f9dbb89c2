public import Netlink
public import RTNetlink
internal import SystemCalls

/// What one end of a pair is to be.
public final class PairEnd {
  /// Its name; the kernel numbers a pattern such as `veth%d`, and then the name is known once it is made.
  public internal(set) var name: [UInt8]
  /// The namespace to be in, and a conversation about it.
  let namespace: Namespace
  var socket: NetlinkSocket
  /// What the kernel can set while it makes the link, as `set` has written it.
  private var request = LinkRequest.set()
  private var settings: [Setting] = []
  /// What it cannot.
  public var later = LaterSettings()
  /// The number to have (`ifi_index`); nil for any. `index N`.
  public var number: Int32? = nil
  /// The group to be in (`IFLA_GROUP`); nil for any, which is 0 for a new one. `group GROUP`.
  public var group: UInt32? = nil

  /// Its number, once it is made or found.
  public internal(set) var index: Int32 = 0
  /// The step that was taken last.
  var step: [UInt8] = []
  /// What had to be changed.
  private(set) var changes = LinkChanges()
  /// The group that tells that it is being made, which is the number of `socket` too.
  let mark = Mark.new
  /// Whether the kernel chooses its name, by a pattern.
  public let isNamedByKernel: Bool

  /// Which setting it is, and what it has written.
  private final class Setting {
    let word: [UInt8]
    let part: LinkRequest.Part

    init(_ word: [UInt8], _ part: LinkRequest.Part) {
      self.word = word
      self.part = part
    }
  }

  /// An end of this name in a namespace, such as `Namespace.current()`.
  ///
  /// - Throws: what setns(2), socket(2) or bind(2) say.
  public init(_ name: [UInt8], in namespace: consuming Namespace) throws(NetlinkError) {
    self.name = name
    isNamedByKernel = name.contains(ascii("%"))
    socket = try .open(in: namespace, port: mark)
    self.namespace = namespace
  }

  /// Adds a setting, such as `end.set([UInt8]("mtu")) { $0.set(.mtu, to: 1400) }`.
  ///
  /// - Parameter word: what it is called where it is told that it failed or was changed.
  public func set(_ word: [UInt8], _ body: (inout LinkRequest) -> Void) {
    let start = request.position
    body(&request)
    let part = request.part(since: start)
    if !part.isEmpty { settings.append(Setting(word, part)) }
  }

  /// What failed, where a request about it has.
  func error(_ error: NetlinkError) -> PairError {
    let isLater = step.isEmpty
    return PairError(
      isLater ? [UInt8](later.step) : step, .kernel(error), end: name, address: isLater ? later.stepAddress : nil)
  }

  /// Writes all that can be said in the message that makes it.
  ///
  /// An address that we choose counts as chosen by the administrator, so that udev leaves it alone.
  @inline(never)
  func describe(in message: inout LinkRequest) {
    step = [UInt8]("add")
    message.set(.nameAsSaid, to: name + [0])
    message.set(.group, to: mark)
    if let number { message.setIndex(number) }
    var hasAddress = false
    for setting in settings {
      message.append(setting.part, of: request)
      if request.has(Property<Link, HardwareAddress>.address, in: setting.part) { hasAddress = true }
    }
    if !hasAddress { message.set(.address, to: .random) }
  }

  /// What has its name; nil for nothing.
  func look() throws(NetlinkError) -> EndState? {
    step = [UInt8]("add")
    var state: EndState? = nil
    var get = LinkRequest.get()
    get.setTarget(name)
    do throws(NetlinkError) { try socket.links(&get) { state = EndState($0) } } catch {
      if error.errno != .operationNotSupportedByDevice { throw error }
    }
    return state
  }

  /// Makes a link that is there what it is to be: `changes` tells what had to be done, or would have to.
  ///
  /// - Returns: the word for a setting of which the kernel took no notice.
  func mend(isDryRun: Bool) throws(NetlinkError) -> [UInt8]? {
    changes = LinkChanges(isDryRun: isDryRun)
    if let number, number != index { return [UInt8]("index") }
    let unmet = try readUnmet()
    for setting in unmet {
      var change = LinkRequest.set()
      change.append(setting.part, of: request)
      try send(&change, setting.word)
    }
    if let group, try look()?.group != group {
      var change = LinkRequest.set()
      change.set(.group, to: group)
      try send(&change, [UInt8]("group"))
    }
    step = []
    try later.apply(toLink: index, &socket, changes)
    return isDryRun || unmet.isEmpty ? nil : try readUnmet().first?.word
  }

  /// Takes back what was changed; nil where there was nothing, false where that fails.
  func takeBack() -> Bool? { changes.takeBack(&socket) }

  /// Carries out what the kernel passes over while it makes a link.
  func complete() throws(NetlinkError) {
    step = []
    try later.apply(toLink: index, &socket)
  }

  /// Puts it into its group, which says that it is whole.
  func moveToGroup() throws(NetlinkError) {
    step = [UInt8]("group")
    var request = LinkRequest.set()
    request.setIndex(index)
    request.set(.group, to: group ?? 0)
    try sendSurely(&request)
  }

  /// Sends a request that may be carried out twice, and once more where no answer comes.
  func sendSurely(_ request: inout LinkRequest) throws(NetlinkError) {
    do throws(NetlinkError) { try socket.send(&request) } catch {
      if case .refused = error { throw error }
      try socket.send(&request)
    }
  }

  @inline(never)
  private func send(_ change: inout LinkRequest, _ word: [UInt8]) throws(NetlinkError) {
    step = word
    change.setIndex(index)
    try changes.prepare(change, word, index, &socket)
    if !changes.isDryRun { try socket.send(&change) }
  }

  /// The settings that it has not.
  private func readUnmet() throws(NetlinkError) -> [Setting] {
    var unmet: [Setting] = []
    var get = LinkRequest.get()
    get.setIndex(index)
    try socket.links(&get) { link in
      for setting in settings where !request.isInForce(setting.part, on: link) { unmet.append(setting) }
    }
    return unmet
  }
}

/// What there is by the name of an end.
struct EndState {
  let index: Int32
  let isVeth: Bool
  let peerIndex: Int32?
  let peerNamespaceID: Int32?
  let group: UInt32

  var holder: PairError.Holder {
    PairError.Holder(isVeth: isVeth, peerIndex: peerIndex, peerNamespaceID: peerNamespaceID)
  }

  init(_ link: borrowing Link) {
    index = link.index
    isVeth = link.isOfKind(Veth.kind)
    peerIndex = link[.peerIndex]
    peerNamespaceID = link[.peerNamespaceID]
    group = link[.group] ?? 0
  }
}
