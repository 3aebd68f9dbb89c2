import Foundation

/// A network namespace for one test, which has no link but `lo` and ends with the test.
///
/// The test runs on a thread of its own, the only one in the namespace. Before the test starts, the thread checks that it
/// is in another namespace than the process, with no link but `lo`.
package actor PrivateNamespace {
  private let thread: OwnThread
  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Whether the process may call unshare(2) for a network namespace. A thread cannot have a user namespace of its own.
  package static var isPossible: Bool { geteuid() == 0 }
  package static let requirement = "makes network namespaces: needs root, or `unshare --user --map-root-user` around it"

  /// Calls `body` in a new namespace.
  package static func run<Result: Sendable>(_ body: @Sendable () throws -> Result) async throws -> Result {
    let namespace = PrivateNamespace()
    defer { namespace.thread.end() }
    return try await namespace.perform(body)
  }

  private init() {
    // Where unshare(2) fails, `checkIsolation` refuses the namespace of the process.
    thread = OwnThread { _ = unshare(.network) }
  }

  private func perform<Result: Sendable>(_ body: @Sendable () throws -> Result) throws -> Result {
    try Self.checkIsolation()
    return try body()
  }

  /// The calling thread is in a namespace with links that do not belong to the test.
  package struct NotAlone: Error, CustomStringConvertible {
    package let description: String
  }

  /// Checks that the calling thread is in a network namespace that is not the process's, with no link but `lo`.
  package static func checkIsolation() throws {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self/ns/net")
    guard try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net") != own else {
      throw NotAlone(description: "this is the network namespace of the process")
    }
    // Two lines of headings, then for each link a line with the name, a colon and numbers.
    let links = try String(contentsOfFile: "/proc/thread-self/net/dev", encoding: .utf8)
      .split(separator: "\n").dropFirst(2).map { $0.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces) }
    guard links == ["lo"] else { throw NotAlone(description: "there are other links than lo: \(links)") }
  }
}

/// A thread that runs the jobs of one actor.
private final class OwnThread: SerialExecutor {
  private let jobs = JobQueue()

  /// Starts the thread, which calls `beginning` before the first job.
  init(_ beginning: @escaping @Sendable () -> Void) {
    let jobs = jobs
    let executor = asUnownedSerialExecutor()
    Thread {
      beginning()
      while let job = jobs.next() { job.runSynchronously(on: executor) }
    }.start()
  }

  func enqueue(_ job: consuming ExecutorJob) { jobs.add(UnownedJob(job)) }

  /// Ends the thread, and so the namespace, after the jobs in the queue.
  func end() { jobs.add(nil) }
}

/// The jobs that a thread has to run.
private final class JobQueue: @unchecked Sendable {  // `jobs` is protected by the condition's lock
  private let condition = NSCondition()
  private var jobs: [UnownedJob?] = []

  /// Adds a job; nil ends the queue.
  func add(_ job: UnownedJob?) {
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  /// Waits for the next job; nil at the end.
  func next() -> UnownedJob? {
    condition.withLock {
      while jobs.isEmpty { condition.wait() }
      return jobs.removeFirst()
    }
  }
}
