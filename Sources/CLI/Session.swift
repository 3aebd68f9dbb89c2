internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// What the commands of one run share: how it was called, the conversation with the kernel, what is printed.
final class Session {
  /// The word it was called by, which its messages use.
  let programName: [UInt8]
  let options: Options
  var socket: NetlinkSocket
  var out: Printer
  let errors: ErrorReport
  /// The id of the namespace that is read from outside, as `-netns` named one that cannot be entered; nil for our own.
  let outside: Int32?
  /// The links of the namespace that is being told of.
  var names: LinkNames
  /// The link that a batch has named last: the next line is often about it too.
  private var known: (name: [UInt8], index: Int32)? = nil
  private(set) lazy var namespaceNames = NamespaceNames()
  let groups = NameTable.groups()
  private(set) lazy var scopes = NameTable.scopes()
  private(set) lazy var origins = NameTable.addressOrigins()

  init(
    programName: [UInt8], options: Options, errors: ErrorReport, outside: Int32? = nil
  ) throws(Failure) {
    self.programName = programName
    self.options = options
    self.errors = errors
    self.outside = outside
    names = LinkNames(in: outside)
    let isTerminal = StandardStream.output.isTerminal
    out = Printer(form: options.form, isTerminal: isTerminal, palette: options.color.palette(isTerminal: isTerminal))
    do throws(NetlinkError) { socket = try .open() } catch { throw Failure(error) }
  }

  /// Makes ready for another command: what was known of links is old once one has had the time to change them.
  func beginCommand() {
    if errors.object != [UInt8]("address") { known = nil }
    errors.forgetCommand()
    errors.isJSON = options.isJSON
    names.forget()
    namespaceNames.forget()
  }

  /// Says why a command did not do what it was told.
  func report(_ failure: Failure) {
    out.flush()
    errors.send(failure)
  }

  /// Says what a command did besides.
  func warn(_ warning: [UInt8]) {
    out.flush()
    errors.send(warning: warning)
  }

  /// Carries out a change, with the kernel's warning told and its refusal in `ip`'s words.
  ///
  /// - Parameter body: gets the links that the kernel tells of, where it was asked for an echo.
  func send(_ request: inout LinkRequest, _ body: (borrowing Link) -> Void = { _ in }) throws(Failure) {
    if options.echoes { request.askForEcho() }
    beginEcho()
    do throws(NetlinkError) {
      pass(
        on: try socket.links(&request) { link in
          body(link)
          self.echo(link)
        })
    } catch { throw Failure(error) }
    endEcho()
  }

  /// As `send`, for addresses.
  func send(_ request: inout AddressRequest) throws(Failure) {
    if options.echoes { request.askForEcho() }
    beginEcho()
    do throws(NetlinkError) { pass(on: try socket.addresses(&request) { self.echo($0) }) } catch {
      throw Failure(error)
    }
    endEcho()
  }

  /// Passes on the warning that may come with a yes.
  func pass(on warning: [UInt8]) {
    if !warning.isEmpty { warn(fullStopped(warning)) }
  }

  /// Calls `body` with the link of this name, which may be an alternative one; false where there is none.
  func withLink(_ name: [UInt8], _ body: (borrowing Link) -> Void) -> Bool {
    socket.withLink(name, in: outside, body)
  }

  /// The index of the link of this name; nil where there is none.
  func index(of name: [UInt8]) -> Int32? {
    if let known, known.name == name { return known.index }
    guard let index = socket.index(of: name, in: outside) else { return nil }
    if options.batch != nil { known = (name, index) }
    return index
  }

  /// The index of the virtual routing device of this name; nil where there is none, or it is something else.
  func index(ofVRF name: [UInt8]) -> Int32? {
    var index: Int32? = nil
    return withLink(name) { if $0.isOfKind([UInt8]("vrf")) { index = $0.index } } ? index : nil
  }
}
