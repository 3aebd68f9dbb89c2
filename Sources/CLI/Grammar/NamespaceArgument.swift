internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// A namespace as it was said, `{ NAME | PATH | PID | pid:PID | nsid:N | fd:N | self }`, held fast until the request is through.
///
/// A word is a name first, and then whatever else it can be.
final class NamespaceArgument {
  let word: [UInt8]
  private var pid: Int32 = 0
  /// Held by a pidfd, as its number may be given to another.
  private var process: ProcessHandle? = nil
  /// Nil where a process is not ours to look into: the kernel may let us move something there all the same.
  private var namespace: Namespace? = nil

  /// - Parameter keyword: what it was said behind, for the message.
  init(_ word: [UInt8], keyword: [UInt8]) throws(Failure) {
    self.word = word
    namespace = Self.file(word)
    if namespace != nil { return }
    let number = (isSaidAsPID ? [UInt8](word[4...]) : word).number(as: Int32.self)
    guard let number, number > 0, let process = try? ProcessHandle.open(number) else {
      throw .wrong(word, valueOf: keyword)
    }
    pid = number
    namespace = try? Namespace.of(process, pid: pid)
    self.process = consume process
  }

  /// Our own, which no word has named.
  init() {
    word = [UInt8]("self")
    namespace = try? .current()
  }

  /// The namespace that a word means which names no process; nil for any other word.
  private static func file(_ word: [UInt8]) -> Namespace? {
    if word.contains(ascii("/")) { return try? .at(path: word) }
    if let named = try? Namespace.named(word) { return named }
    if word == "self" { return try? .current() }
    if word.hasPrefix("fd:"), let descriptor = [UInt8](word[3...]).number(as: Int32.self) {
      return try? .behind(descriptor: descriptor)
    }
    return id(word).flatMap { NamespaceSurvey.namespace($0) }
  }

  /// The id in `nsid:N`; nil for any other word.
  static func id(_ word: [UInt8]) -> Int32? {
    word.hasPrefix("nsid:") ? [UInt8](word[5...]).number(as: Int32.self) : nil
  }

  /// Whether it was said that this is the number of a process.
  var isSaidAsPID: Bool { word.hasPrefix("pid:") }

  /// Fails where it is the namespace that we are in: whoever names a process means another.
  func refuseOwn() throws(Failure) {
    guard let own = try? Namespace.current() else { return }
    switch namespace {
    case .some(let namespace) where namespace.number == own.number:
      throw Failure(1, "% is in our own network namespace, where nothing would be moved to.", word)
    default: return
    }
  }

  /// Itself, for those who keep it; it is here no longer.
  func take() throws(Failure) -> Namespace {
    var taken: Namespace? = nil
    swap(&taken, &namespace)
    switch consume taken {
    case .some(let namespace): return namespace
    case nil: throw Failure(1, "The network namespace of % may not be entered.", word)
    }
  }

  /// Moves there, for good.
  func enter() throws(Failure) {
    do throws(Errno) {
      switch namespace {
      case .some(let namespace): try namespace.enter()
      case nil: throw .permissionDenied
      }
    } catch { throw Failure(255, "setting the network namespace \"%\" failed: %", word, error.text) }
  }

  /// Says in a request that this is the namespace to be in.
  func write(to request: inout LinkRequest) {
    switch namespace {
    case .some(let namespace) where pid == 0: request.set(.namespaceDescriptor, to: namespace.rawDescriptor)
    default: request.set(.namespaceOfProcess, to: pid)
    }
  }

  /// The id that another namespace knows this one by; one is given where there is none.
  ///
  /// - Parameter other: the other namespace, where it is not the session's.
  func id(seenFrom other: NamespaceArgument?, _ session: Session) throws(Failure) -> Int32 {
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
  func knownID(_ session: Session) throws(Failure) -> Int32? {
    do throws(NetlinkError) {
      switch namespace {
      case .some(let namespace): return try session.socket.namespaceID(of: namespace)
      case nil: throw .systemCall("open", .permissionDenied)
      }
    } catch { throw Failure(error) }
  }

  private func id(seenBy socket: inout NetlinkSocket) throws(NetlinkError) -> Int32 {
    switch namespace {
    case .some(let namespace): try socket.assignedNamespaceID(of: namespace)
    case nil: throw .systemCall("open", .permissionDenied)
    }
  }

  /// Opens a conversation about it.
  func socket() throws(NetlinkError) -> NetlinkSocket {
    switch namespace {
    case .some(let namespace): try .open(in: namespace)
    case nil: throw .systemCall("open", .permissionDenied)
    }
  }

  /// Fails when the process has ended since it was named: the kernel may have met another of the same number.
  func checkProcess() throws(Failure) {
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
