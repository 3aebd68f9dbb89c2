import Foundation

/// A network namespace made as one of the states of `states.txt`, for one command line or for several that change nothing,
/// and gone afterwards.
///
/// Nothing in it can reach the machine's own interfaces: `unshare` makes network, mount and PID namespaces (and a user
/// namespace where we are not root), and `Cases/sandbox.bash` refuses to go on if it sees the network namespace of
/// these tests or any link but `lo`.
struct Sandbox {
  var state: String
  var program: Program
  /// Whether the program runs without any capability, as it does for most users.
  var unprivileged = false

  /// What `sandbox.bash` can be asked to do.
  enum Task {
    /// One line after the other, their output read through files, up to the first that changes something.
    case answer([String])
    /// One line, its output read from a terminal; `redirected` are redirections that take something off it.
    case answerOnTerminal(String, redirected: String = "")
    /// A line that tells of changes until it is killed, by the change that it tells last; its output from `mark 100` on.
    case watch(String, changes: String, last: Mark, besideIP: Bool = false)
    /// One line after the other, whatever they change; the output tells how each ended, as `STATUS LINE`.
    case endure([String])

    static func answer(_ line: String) -> Task { .answer([line]) }
  }

  /// How the three sorts of changes show by which `watch` knows where it is, but for the last three digits.
  enum Mark: String {
    case link = "mtu 60", address = "10.255.0.", namespaceID = "nsid 1"
  }

  /// The sandbox could not be made, or did not come to its end.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  func answer(to line: String) throws -> Answer { try run(.answer(line)) }

  /// What each of the lines is answered in the state as it was made, whatever the other lines do.
  ///
  /// Lines share a sandbox as long as nothing changes. The line that changes something ends it, and is run again as the
  /// first one of the next sandbox: lines that were refused may have left what cannot be seen but in what is made later,
  /// such as the number of a link that could not be made.
  func answers(to lines: [String]) throws -> [Answer] {
    var answers: [Answer] = []
    while answers.count < lines.count {
      var further = try runAll(.answer(Array(lines[answers.count...])))
      if further.count > 1, let last = further.last, !last.changedNothing { further.removeLast() }
      answers += further
    }
    return answers
  }

  func run(_ task: Task, seconds: Int = Program.patience) throws -> Answer {
    try runAll(task, seconds: seconds)[0]
  }

  private func runAll(_ task: Task, seconds: Int = Program.patience) throws -> [Answer] {
    let folder = try TemporaryFolder()
    var environment = [
      "OUTSIDE": try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net"),
      "RESULT": folder.url.path, "PROGRAM": program.path, "STATE": try States.commands(for: state),
    ]
    if unprivileged { environment["STRIPPED"] = "1" }
    switch task {
    case .answer(let lines):
      environment["TASK"] = "answer"
      try write(lines, into: folder)
    case .answerOnTerminal(let line, let redirected):
      environment["TASK"] = "answer_on_terminal"
      environment["LINE"] = line
      environment["REDIRECTED"] = redirected
    case .watch(let line, let changes, let last, let besideIP):
      environment["TASK"] = "watch"
      environment["LINE"] = line
      environment["CHANGES"] = changes
      environment["LAST"] = last.rawValue + "101"
      environment["BESIDE"] = besideIP ? "ip" : nil
    case .endure(let lines):
      environment["TASK"] = "endure"
      try write(lines, into: folder)
    }

    let outcome: Outcome
    do {
      outcome = try Self.unshare.run(Self.walls, environment: environment, seconds: seconds)
    } catch is DidNotEnd {
      var description = "killed, because it had not ended after \(seconds) s"
      if case .answer(let lines) = task {
        let line = lines.indices.first { !FileManager.default.fileExists(atPath: folder.file("\($0).status").path) }
        description += line.map { ": \(lines[$0])" } ?? ""
      }
      throw Failure(description: description)
    }
    guard outcome.ending == .status(0) else {
      throw Failure(description: "\(outcome.ending): \(String(decoding: outcome.errors, as: UTF8.self))")
    }
    return try Answer.all(in: folder)
  }

  private func write(_ lines: [String], into folder: TemporaryFolder) throws {
    try Data(lines.flatMap { Array($0.utf8) + [0] }).write(to: folder.file("lines"))
  }

  private static let unshare = Program(path: Program.find("unshare"))

  /// `--kill-child` ends the sandbox's first process, and so all of it, together with `unshare`.
  private static let walls =
    (geteuid() == 0 ? [] : ["--user", "--map-root-user"])
    + ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", Program.find("bash")]
    + [Table.folder.appendingPathComponent("sandbox.bash").path]
}
