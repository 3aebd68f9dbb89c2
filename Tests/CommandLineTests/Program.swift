import Foundation

/// A program on disk, to be run and watched from outside.
struct Program: Sendable, Hashable {
  let path: String

  /// The programs under test: those that `VETHCTL_PROGRAMS` names (absolute paths with colons between them), or else
  /// the `vethctl` that was built beside these tests.
  static let underTest: [Program] = {
    if let paths = ProcessInfo.processInfo.environment["VETHCTL_PROGRAMS"], !paths.isEmpty {
      return paths.split(separator: ":").map { Program(path: String($0)) }
    }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return [Program(path: (tests as NSString).deletingLastPathComponent + "/vethctl")]
  }()

  /// The `ip` to compare with: `VETHCTL_IP`, an absolute path that ends with `/ip`, or else the installed one.
  static let ip = Program(path: ProcessInfo.processInfo.environment["VETHCTL_IP"] ?? find("ip"))

  /// `ip` may be put under test itself, which shows whether the harness treats both sides alike.
  var isIP: Bool { (path as NSString).lastPathComponent == "ip" }

  /// Where a system tool lives, also for users whose PATH has no sbin.
  static func find(_ name: String) -> String {
    for folder in searchPath.split(separator: ":")
    where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    return name
  }

  /// The `ip` that is compared with comes first, as it also makes the states, and tells what is left.
  private static let searchPath =
    (ProcessInfo.processInfo.environment["VETHCTL_IP"].map { ($0 as NSString).deletingLastPathComponent + ":" } ?? "")
    + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"

  /// Our own environment, less what changes the words of the programs under test.
  private static let environment: [String: String] = {
    var environment = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "COLORFGBG", "IP_LIB_DIR", "HZ", "PROC_ROOT", "PROC_NET_PSCHED", "LANGUAGE", "BASH_ENV"] {
      environment[name] = nil
    }
    environment["PATH"] = searchPath
    environment["LC_ALL"] = "C"
    environment["SHELL"] = find("bash")
    return environment
  }()
}

extension Program: CustomStringConvertible {
  var description: String { path }
}

// MARK: - Running

/// How a program ended.
enum Ending: Equatable {
  case status(Int)
  case signal(Int)
}

/// What came of running a program.
struct Outcome {
  let ending: Ending
  let output: Data
  let errors: Data
}

/// A program that had to be killed.
struct DidNotEnd: Error, CustomStringConvertible {
  let arguments: [String]
  let seconds: Int
  var description: String { "killed after \(seconds) s: \(arguments.joined(separator: " "))" }
}

/// A program that is not there, or may not be run.
struct CouldNotStart: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}

extension Program {
  /// After how many seconds a program is taken to hang: far more than any needs on a machine that is busy with other things.
  static let patience = 900

  /// Runs the program to its end, and kills it (by its own number) when that does not come in time.
  ///
  /// It blocks on purpose: the tests run as many at a time as the pool has threads, which is one for each core.
  /// Spawned by hand because Foundation's `Process` keeps file descriptors, and breaks down after a thousand runs.
  func run(
    _ arguments: [String], environment extra: [String: String] = [:], input: Data = Data(), seconds: Int = patience
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    try input.write(to: folder.file("input"))
    let environment = Self.environment.merging(extra) { $1 }.map { "\($0)=\($1)" }
    let process = try spawn([path] + arguments, environment, in: folder)

    var status: Int32 = 0
    let deadline = ContinuousClock.now + .seconds(seconds)
    while waitpid(process, &status, WNOHANG) == 0 {
      if ContinuousClock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw DidNotEnd(arguments: [path] + arguments, seconds: seconds)
      }
      usleep(1000)
    }
    let signal = Int(status & 0x7f)
    return Outcome(
      ending: signal == 0 ? .status(Int(status >> 8) & 0xff) : .signal(signal),
      output: try Data(contentsOf: folder.file("output")), errors: try Data(contentsOf: folder.file("errors")))
  }

  private func spawn(_ arguments: [String], _ environment: [String], in folder: TemporaryFolder) throws -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, 0, folder.file("input").path, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&files, 1, folder.file("output").path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&files, 2, folder.file("errors").path, O_WRONLY | O_CREAT, 0o600)

    // The threads of the pool have signals blocked, which a program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var words = (arguments.map { strdup($0) }) + [nil]
    var settings = (environment.map { strdup($0) }) + [nil]
    defer { (words + settings).forEach { free($0) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, path, &files, &attributes, &words, &settings)
    guard error == 0 else { throw CouldNotStart(path: path, reason: String(cString: strerror(error))) }
    return process
  }
}

/// A folder that is gone when its owner is.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("vethctl-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  deinit { try? FileManager.default.removeItem(at: url) }
}
