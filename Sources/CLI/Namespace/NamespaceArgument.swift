internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// The operand NETNS: `{ NAME | /PATH | PID | pid:PID | nsid:N | fd:N | self }`, held open until the request is sent.
///
/// A name has priority over all other forms.
final class NamespaceArgument {
  /// The reason why a word has no namespace.
  enum Problem: Error {
    /// No namespace has the name, or no process has the PID.
    case notFound
    /// The namespace cannot be opened for another reason.
    case notAccessible(NetlinkError)
  }

  let word: [UInt8]
  /// The PID of `PID` and `pid:PID`; 0 for any other form.
  private var pid: Int32 = 0
  /// The pidfd of the process, because the PID can be reused.
  private var process: ProcessHandle? = nil
  /// The namespace; nil for a process whose namespace the user may not open. The kernel may still move a link by PID.
  private var namespace: Namespace? = nil

  @inline(never)
  init(_ word: [UInt8]) throws(Problem) {
    self.word = word
    let processWord = isPIDForm ? [UInt8](word[4...]) : word
    do throws(NetlinkError) {
      namespace = try Self.open(word)
      if namespace != nil { return }
      guard let number = processWord.number(as: Int32.self), number > 0 else { throw Absence.error }
      let process = try systemCall("pidfd_open", ProcessHandle.open(number))
      pid = number
      do throws(NetlinkError) { namespace = try .open(process, pid: number) } catch {
        guard error.errno == .permissionDenied || error.errno == .notPermitted else { throw error }
      }
      self.process = consume process
    } catch {
      throw Absence.isCause(error) ? .notFound : .notAccessible(error)
    }
  }

  /// The namespace of the option `-netns`.
  convenience init(option word: [UInt8]) throws(Failure) {
    do throws(Problem) { try self.init(word) } catch {
      switch error {
      case .notFound: throw .cannotOpen(namespace: word, Absence.error)
      case .notAccessible(let cause): throw .cannotOpen(namespace: word, cause)
      }
    }
  }

  /// The errors of a namespace or process that does not exist.
  private enum Absence {
    static var error: NetlinkError { .systemCall("open", .noSuchFileOrDirectory) }

    static func isCause(_ error: NetlinkError) -> Bool {
      error.errno == .noSuchFileOrDirectory || error.errno == .noSuchProcess || error.errno == .badFileDescriptor
    }
  }

  /// The namespace of any form but a PID; nil where there is none.
  @inline(never)
  private static func open(_ word: [UInt8]) throws(NetlinkError) -> Namespace? {
    if word.contains(ascii("/")) { return try .open(path: word) }
    do throws(NetlinkError) {
      if let name = NamespaceName(bytes: word) { return try .open(named: name) }
    } catch { guard error.errno == .noSuchFileOrDirectory else { throw error } }
    if word == "self" { return try .current() }
    if word.hasPrefix("fd:"), let descriptor = [UInt8](word[3...]).number(as: Int32.self) {
      return try .open(descriptor: descriptor)
    }
    if let id = id(word) { return try NamespaceSurvey.open(id: id) }
    return nil
  }

  /// The id in `nsid:N`; nil for any other word.
  static func id(_ word: [UInt8]) -> Int32? {
    word.hasPrefix("nsid:") ? [UInt8](word[5...]).number(as: Int32.self) : nil
  }

  /// Whether the word has the form `pid:PID`.
  var isPIDForm: Bool { word.hasPrefix("pid:") }

  // MARK: - Use

  /// Throws if the namespace is the caller's own, which is a mistake where a process is given.
  func refuseOwn() throws(Failure) {
    guard let namespace, try asFailure(Namespace.current()).inode == namespace.inode else { return }
    throw Failure(1, "% is in the network namespace of this command: nothing to move.", word)
  }

  /// The open namespace.
  ///
  /// - Throws: if the user may not open the namespace of a process.
  @inline(never)
  func open() throws(Failure) -> Namespace {
    if let namespace { return namespace }
    throw Failure(1, "The network namespace of % is not accessible: %", word, Errno.permissionDenied.text)
  }

  /// Moves the thread into the namespace; setns(2).
  func enter() throws(Failure) {
    do throws(NetlinkError) {
      guard let namespace else { throw .systemCall("setns", .permissionDenied) }
      try namespace.enter()
    } catch {
      throw Failure(255, "setting the network namespace \"%\" failed: %", word, error.errno?.text ?? [])
    }
  }

  /// Sets the namespace of a link: as `IFLA_NET_NS_PID` for a bare PID, and as `IFLA_NET_NS_FD` for any other form.
  func write(to settings: inout LinkSettings) {
    if let namespace, pid == 0 || isPIDForm {
      settings[.namespaceDescriptor] = namespace.rawDescriptor
    } else {
      settings[.namespaceOfProcess] = pid
    }
  }

  /// Opens a socket in the namespace.
  func socket() throws(Failure) -> NetlinkSocket {
    let namespace = try open()
    return try asFailure(.open(.route, in: namespace))
  }

  /// Throws if the process has ended since the word was parsed: the kernel may have moved the link to another process.
  func checkProcess() throws(Failure) {
    switch process {
    case .some(let process) where process.isRunning: return
    case nil: return
    default: break
    }
    throw Failure(
      2, "Error: process % has ended, and another process may have its PID: check the namespace of the device.", word)
  }
}

extension Namespace {
  /// The namespace of an argument or, without an argument, of the command.
  @inline(never)
  static func given(by argument: NamespaceArgument?) throws(Failure) -> Namespace {
    guard let argument else { return try asFailure(.current()) }
    return try argument.open()
  }
}
