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
  /// The links of the namespace that is being told of: our own, but for `monitor all-nsid`.
  var names = LinkNames()
  let namespaceNames = NamespaceNames()
  let groups = NameTable.groups()
  let scopes = NameTable.scopes()
  let origins = NameTable.addressOrigins()

  init(programName: [UInt8], options: Options) throws(Failure) {
    self.programName = programName
    self.options = options
    let isTerminal = StandardStream.output.isTerminal
    out = Printer(form: options.form, isTerminal: isTerminal, palette: options.color.palette(isTerminal: isTerminal))
    do throws(NetlinkError) { socket = try .open() } catch { throw Failure(error) }
  }

  /// Says something on standard error.
  func report(_ message: [UInt8]) {
    out.flush()
    reportError(message)
  }

  /// Carries out a change, with the kernel's warning told and its refusal in `ip`'s words.
  func send(_ request: inout LinkRequest) throws(Failure) {
    do throws(NetlinkError) { warn(try socket.send(&request)) } catch { throw Failure(error) }
  }

  /// As `send`, for addresses.
  func send(_ request: inout AddressRequest) throws(Failure) {
    do throws(NetlinkError) { warn(try socket.addresses(&request)) } catch { throw Failure(error) }
  }

  private func warn(_ warning: [UInt8]) {
    if !warning.isEmpty { report([UInt8]("Warning: ") + fullStopped(warning) + [UInt8]("\n")) }
  }

  /// Calls `body` with the link of this name, which may be an alternative one; false where there is none.
  func withLink(_ name: [UInt8], _ body: (borrowing Link) -> Void) -> Bool {
    guard !name.isEmpty else { return false }
    var request = LinkRequest.get()
    request.setTarget(name)
    return (try? socket.links(&request, body)) != nil
  }

  /// The index of the link of this name; nil where there is none.
  func index(of name: [UInt8]) -> Int32? {
    var index: Int32? = nil
    return withLink(name) { index = $0.index } ? index : nil
  }

  /// The index of the virtual routing device of this name; nil where there is none, or it is something else.
  func index(ofVRF name: [UInt8]) -> Int32? {
    var index: Int32? = nil
    return withLink(name) { if $0.isOfKind([UInt8]("vrf")) { index = $0.index } } ? index : nil
  }
}

/// Says something on standard error, where control bytes do not reach a person's terminal.
func reportError(_ message: [UInt8]) {
  guard StandardStream.error.isTerminal else {
    StandardStream.error.write(message)
    return
  }
  var visible: [UInt8] = []
  for line in withoutLast(message).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    visible.append(visible: [UInt8](line))
    visible.append("\n")
  }
  StandardStream.error.write(visible)
}
