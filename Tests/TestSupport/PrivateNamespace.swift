import Foundation

/// A network namespace of a test's own, empty but for `lo` and gone afterwards.
///
/// A thread is made for it, and only that thread is there: all others stay where they are. It looks around before a
/// test may do anything, and refuses where it is not alone.
package actor PrivateNamespace {
  private let thread: OwnThread
  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// unshare(2) lets a thread of many have a network namespace, but not a user namespace, of its own.
  package static var isPossible: Bool { geteuid() == 0 }
  package static let requirement = "makes network namespaces: needs root, or `unshare --user --map-root-user` around it"

  /// Calls `body` in a namespace made for it.
  package static func run<Result: Sendable>(_ body: @Sendable () throws -> Result) async throws -> Result {
    let namespace = PrivateNamespace()
    defer { namespace.thread.end() }
    return try await namespace.perform(body)
  }

  private init() {
    // If this fails, `checkWalls` finds us where we should not be.
    thread = OwnThread { _ = unshare(.network) }
  }

  private func perform<Result: Sendable>(_ body: @Sendable () throws -> Result) throws -> Result {
    try Self.checkWalls()
    return try body()
  }

  /// The calling thread may reach interfaces that are not a test's own.
  package struct NotAlone: Error, CustomStringConvertible {
    package let description: String
  }

  /// Makes sure that the calling thread is in an empty network namespace that is not the process's.
  package static func checkWalls() throws {
    let ours = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self/ns/net")
    guard try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net") != ours else {
      throw NotAlone(description: "this is the network namespace of the machine, or of whoever started the tests")
    }
    // Two lines of headings, then a line for each link: its name, a colon and numbers.
    let links = try String(contentsOfFile: "/proc/thread-self/net/dev", encoding: .utf8)
      .split(separator: "\n").dropFirst(2).map { $0.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces) }
    guard links == ["lo"] else { throw NotAlone(description: "there are links besides lo: \(links)") }
  }
}

/// A thread that runs the jobs of one actor and nothing else.
private final class OwnThread: SerialExecutor {
  private let jobs = JobQueue()

  /// Starts the thread, which calls `beginning` before any job.
  init(_ beginning: @escaping @Sendable () -> Void) {
    let jobs = jobs
    let executor = asUnownedSerialExecutor()
    Thread {
      beginning()
      while let job = jobs.next() { job.runSynchronously(on: executor) }
    }.start()
  }

  func enqueue(_ job: consuming ExecutorJob) { jobs.add(UnownedJob(job)) }

  /// Ends the thread, and so its namespace, when the jobs it has are done.
  func end() { jobs.add(nil) }
}

/// Jobs that wait for their thread.
private final class JobQueue: @unchecked Sendable {  // `jobs` is touched only under the condition's lock
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
