internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// What the commands of one run share: the options, the socket, the output, and names that were looked up.
final class Session {
  /// The word by which the program was called.
  let programName: [UInt8]
  let options: Options
  var socket: NetlinkSocket
  var out: Printer
  let errors: ErrorReport
  /// The id of a namespace that is read from outside, because `-netns` names one that cannot be entered; else nil.
  let netnsID: Int32?
  /// The names of the links in the namespace of the commands.
  let names: LinkNames
  /// The link that a line of a batch has named last, which the next line is often about too.
  private var latest: (name: LinkName, index: Int32)? = nil
  private(set) lazy var namespaceNames = NamespaceNames()
  let groups = NameTable.groups()
  private(set) lazy var scopes = NameTable.scopes()
  private(set) lazy var addressProtocols = NameTable.addressProtocols()

  init(programName: [UInt8], options: Options, netnsID: Int32? = nil) throws(Failure) {
    self.programName = programName
    self.options = options
    errors = ErrorReport(isJSON: options.isJSON)
    self.netnsID = netnsID
    names = LinkNames(in: netnsID)
    let isTerminal = StandardStream.output.isTerminal
    out = Printer(form: options.form, isTerminal: isTerminal, palette: options.color.palette(isTerminal: isTerminal))
    socket = try asFailure(.open(.route))
  }

  /// Forgets the names that were looked up, because a command may have changed them.
  ///
  /// - Parameter keepsLinks: whether the command has left the names and indexes of all links as they are.
  func endCommand(keepsLinks: Bool) {
    if !keepsLinks { latest = nil }
    names.forget()
    namespaceNames.forget()
  }

  // MARK: - Standard error

  /// Reports why a command has failed.
  func report(_ failure: Failure, at line: ErrorReport.Line? = nil) {
    out.flush()
    errors.send(failure, at: line)
  }

  func warn(_ warning: [UInt8]) {
    out.flush()
    errors.send(warning: warning)
  }

  /// Reports the warning that the kernel may have added to an acknowledgement.
  private func warn(ofKernel warning: String?) {
    if let warning { warn(fullStopped([UInt8](warning.utf8))) }
  }

  // MARK: - The kernel

  /// Sends a request that changes links.
  ///
  /// - Parameter body: gets the links of the kernel's echo, where the request asks for one.
  @inline(never)
  func send(_ request: consuming LinkRequest, _ body: (borrowing Link) -> Void = { _ in }) throws(Failure) {
    if options.echoes { request.askForEcho() }
    beginEcho()
    let warning = try asFailure(
      self.socket.links(request) { link in
        body(link)
        self.echo(link)
      })
    endEcho()
    warn(ofKernel: warning)
  }

  /// Sends a request that changes addresses.
  @inline(never)
  func send(_ request: consuming AddressRequest) throws(Failure) {
    if options.echoes { request.askForEcho() }
    beginEcho()
    let warning = try asFailure(self.socket.addresses(request) { self.echo($0) })
    endEcho()
    warn(ofKernel: warning)
  }

  /// Calls `body` with a link; false where there is no such link.
  @inline(never)
  func withLink(_ name: LinkName, _ body: (borrowing Link) -> Void) throws(Failure) -> Bool {
    try asFailure(self.socket.withLink(.name(name), in: self.netnsID, body)) != nil
  }

  /// The index of a link that must exist.
  func index(of name: LinkName) throws(Failure) -> Int32 {
    if let index = try linkIndex(of: name) { return index }
    throw missing(name)
  }
}

extension Session: NameResolver {
  var family: Options.Family? { options.family }
  var isForced: Bool { options.isForced }

  @inline(never)
  func linkIndex(of name: LinkName) throws(Failure) -> Int32? {
    if let latest, latest.name == name { return latest.index }
    let index = try asFailure(self.socket.index(of: name, in: self.netnsID))
    if options.batch != nil, let index { latest = (name, index) }
    return index
  }

  func vrfIndex(of name: LinkName) throws(Failure) -> Int32? {
    var index: Int32? = nil
    _ = try withLink(name) { if $0.isOfKind([UInt8]("vrf")) { index = $0.index } }
    return index
  }

  func namespace(_ word: [UInt8]) throws(NamespaceArgument.Problem) -> NamespaceArgument { try NamespaceArgument(word) }

  func pinnedProgram(_ path: [UInt8]) throws(Failure) -> PinnedProgram {
    do throws(Errno) { return PinnedProgram(try FileDescriptor.open(pinnedProgram: path)) } catch {
      throw Failure(255, "Couldn't retrieve pinned program '%': %", path, error.text)
    }
  }
}
