internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A namespace as it was said: `{ NAME | PATH | PID }`, held fast until the request is through.
///
/// A bare number is a name first, then a PID.
struct NamespaceArgument: ~Copyable {
  private let word: [UInt8]
  private let pid: Int32
  private let namespace: Namespace?
  /// Held by a pidfd, as its number may be given to another.
  private let process: Process?

  /// - Parameter keyword: what it was said behind, for the message.
  init(_ word: [UInt8], keyword: StaticString) throws(Failure) {
    self.word = word
    let file = word.contains(UInt8(ascii: "/")) ? try? Namespace.at(path: word) : try? Namespace.named(word)
    let isFile = file != nil
    namespace = file
    pid = isFile ? 0 : word.number(as: Int32.self) ?? 0
    let process = pid > 0 ? try? Process.open(pid) : nil
    let isProcess = process != nil
    self.process = process
    guard isFile || isProcess else { throw .wrong(word, valueOf: keyword) }
  }

  /// Says in a request that this is the namespace to be in.
  borrowing func write(to request: inout LinkRequest) {
    switch namespace {
    case .some(let namespace): request.set(.namespaceDescriptor, to: namespace.rawDescriptor)
    case nil: request.set(.namespaceOfProcess, to: pid)
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
