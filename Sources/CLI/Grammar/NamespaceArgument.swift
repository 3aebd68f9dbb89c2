internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A namespace as it was said: `{ NAME | PATH | PID | pid:PID | fd:N | self }`, held fast until the request is through.
///
/// A word is a name first, and then whatever else it can be.
struct NamespaceArgument: ~Copyable {
  let word: [UInt8]
  private let pid: Int32
  /// Held by a pidfd, as its number may be given to another.
  private let process: Process?
  /// Nil where a process is not ours to look into: the kernel may let us move something there all the same.
  private let namespace: Namespace?

  /// - Parameter keyword: what it was said behind, for the message.
  init(_ word: [UInt8], keyword: [UInt8]) throws(Failure) {
    self.word = word
    if let file = Self.file(word) {
      pid = 0
      process = nil
      namespace = consume file
      return
    }
    let number = (word.hasPrefix("pid:") ? [UInt8](word[4...]) : word).number(as: Int32.self)
    guard let pid = number, pid > 0, let process = try? Process.open(pid) else {
      throw .wrong(word, valueOf: keyword)
    }
    self.pid = pid
    namespace = try? Namespace.of(process, pid: pid)
    self.process = consume process
  }

  /// Our own, which no word has named.
  static var own: NamespaceArgument { NamespaceArgument() }

  private init() {
    word = [UInt8]("self")
    pid = 0
    process = nil
    namespace = try? .current()
  }

  /// The namespace that a word means which names no process; nil for any other word.
  private static func file(_ word: [UInt8]) -> Namespace? {
    if word.contains(ascii("/")) { return try? .at(path: word) }
    if let named = try? Namespace.named(word) { return named }
    if word == "self" { return try? .current() }
    guard word.hasPrefix("fd:"), let descriptor = [UInt8](word[3...]).number(as: Int32.self) else { return nil }
    return try? .behind(descriptor: descriptor)
  }

  /// Whether it was said that this is the number of a process.
  var isSaidAsPID: Bool { word.hasPrefix("pid:") }

  /// Fails where it is the namespace that we are in: whoever names a process means another.
  borrowing func refuseOwn() throws(Failure) {
    guard let own = try? Namespace.current() else { return }
    switch namespace {
    case .some(let namespace) where namespace.number == own.number:
      throw Failure(1, "% is in our own network namespace, where nothing would be moved to.", word)
    default: return
    }
  }

  /// Itself, for those who keep it.
  consuming func take() throws(Failure) -> Namespace {
    switch consume namespace {
    case .some(let namespace): return namespace
    case nil: throw Failure(1, "The network namespace of % may not be entered.", word)
    }
  }

  /// Moves there, for good.
  borrowing func enter() throws(Failure) {
    do throws(Errno) {
      switch namespace {
      case .some(let namespace): try namespace.enter()
      case nil: throw .accessDenied
      }
    } catch { throw Failure(255, "setting the network namespace \"%\" failed: %", word, error.text) }
  }

  /// Says in a request that this is the namespace to be in.
  borrowing func write(to request: inout LinkRequest) {
    switch namespace {
    case .some(let namespace) where pid == 0: request.set(.namespaceDescriptor, to: namespace.rawDescriptor)
    default: request.set(.namespaceOfProcess, to: pid)
    }
  }

  /// The id that another namespace knows this one by; one is given where there is none.
  ///
  /// - Parameter other: the other namespace, where it is not the session's.
  borrowing func id(seenFrom other: borrowing NamespaceArgument?, _ session: Session) throws(Failure) -> Int32 {
    do throws(NetlinkError) {
      switch other {
      case .some(let other):
        var socket = try other.socket()
        return try id(seenBy: &socket)
      case nil: return try id(seenBy: &session.socket)
      }
    } catch { throw Failure(error) }
  }

  /// The id that our own namespace knows this one by; nil where it knows none.
  borrowing func knownID(_ session: Session) throws(Failure) -> Int32? {
    do throws(NetlinkError) {
      switch namespace {
      case .some(let namespace): return try session.socket.namespaceID(of: namespace)
      case nil: throw .systemCall("open", .accessDenied)
      }
    } catch { throw Failure(error) }
  }

  private borrowing func id(seenBy socket: inout NetlinkSocket) throws(NetlinkError) -> Int32 {
    switch namespace {
    case .some(let namespace): try socket.assignedNamespaceID(of: namespace)
    case nil: throw .systemCall("open", .accessDenied)
    }
  }

  /// Opens a conversation about it.
  borrowing func socket() throws(NetlinkError) -> NetlinkSocket {
    switch namespace {
    case .some(let namespace): try .open(in: namespace)
    case nil: throw .systemCall("open", .accessDenied)
    }
  }

  /// Fails when the process has ended since it was named: the kernel may have met another of the same number.
  borrowing func checkProcess() throws(Failure) {
    switch process {
    case .some(let process) where process.isRunning: return
    case nil: return
    default: break
    }
    throw Failure(
      2, "Error: process % ended meanwhile, and its number may belong to another by now: look where the device is.",
      word)
  }
}
