import Foundation
import Testing

/// That the tests can fail: programs that get something wrong are found out, and the sandbox does not open.
@Suite struct HarnessTests {
  /// A program that does as `ip` does, but for one thing.
  struct Fake: Sendable, CustomStringConvertible {
    let description: String
    let script: String
    let finding: String
  }

  private static let fakes = [
    Fake(description: "drops blanks", script: #"ip "$@" | sed 's/ *$//'"#, finding: "stdout"),
    Fake(description: "ends with another status", script: #"ip "$@"; exit 3"#, finding: "status"),
    Fake(description: "says something", script: #"ip "$@"; echo well >&2"#, finding: "stderr"),
    Fake(description: "does too much", script: #"ip "$@"; ip link set veth1 mtu 1400"#, finding: "state left behind"),
    Fake(description: "leaves a process", script: #"ip "$@"; sleep 60 & exit 0"#, finding: "state left behind"),
    Fake(description: "crashes", script: #"ip "$@"; kill -SEGV $$"#, finding: "status: expected 0, was 139"),
  ]

  private static func line(_ words: String) -> ParityLine {
    ParityLine(
      file: "made up", number: words.hashValue, state: "one-up", wordless: false, unprivileged: false, words: words)
  }

  /// A program that `script` makes.
  ///
  /// Written by another process: a file that we have open ourselves while another test forks is busy for a moment.
  private func program(_ script: String, in folder: TemporaryFolder) throws -> Program {
    let program = Program(path: folder.file("fake").path)
    let text = Data("#!/usr/bin/env bash\n\(script)\n".utf8)
    let outcome = try Program(path: Program.find("install")).run(
      ["-m", "755", "/dev/stdin", program.path], input: text)
    try #require(outcome.ending == .status(0))
    return program
  }

  @Test("a program that differs is found out", arguments: fakes)
  func differs(fake: Fake) throws {
    let folder = try TemporaryFolder()
    let line = Self.line("-d link show veth0")
    let findings = try line.comparison(with: program(fake.script, in: folder), differences: []).findings
    #expect(findings.contains { $0.hasPrefix(fake.finding) }, "\(findings)")
  }

  @Test("lines that share a sandbox are told apart: the one that changes something is found out, and no other")
  func differsInABatch() throws {
    let folder = try TemporaryFolder()
    let fake = try program(
      #"ip "$@"; [[ "$*" != "link show veth1" ]] || ip link set veth1 mtu 1400"#, in: folder)
    let lines = ["link show veth0", "link show veth1", "addr show veth1", "link set veth0 mtu 1300", "link"]
    let batch = try #require(Batch.all(of: lines.map(Self.line)) { $0 }.first)
    let findings = try batch.comparisons(with: fake, differences: []).map(\.findings)
    #expect(findings.map(\.isEmpty) == [true, false, true, true, true], "\(findings)")
    #expect(findings[1].contains { $0.hasPrefix("state left behind") })
  }

  @Test("each line starts from the state as it was made, whatever others in its sandbox did")
  func startsAfresh() throws {
    // Links that are made and removed again, since one cannot have its master, use up numbers.
    let lines = [
      "link show", "link add x0 master lo type veth", "link add y0 type veth", "link show", "link set lo up",
      "addr",
    ]
    let sandbox = Sandbox(state: "pair", program: .ip)
    let together = try sandbox.answers(to: lines)
    #expect(together.map(\.changedNothing) == [true, true, false, true, false, true])
    for (line, answer) in zip(lines, together) {
      let alone = try sandbox.answer(to: line)
      #expect(answer == alone, "\(line): \(Comparison(expected: alone, actual: answer).findings)")
    }
  }

  @Test("a program that does the same is not")
  func same() throws {
    let folder = try TemporaryFolder()
    let findings = try Self.line("link set veth1 up").comparison(with: program(#"exec ip "$@""#, in: folder)).findings
    #expect(findings.isEmpty)
  }

  @Test("versions of ip are ordered by their numbers, and a difference applies to the older ones only")
  func versions() throws {
    let debian12 = try #require(IPVersion(printed: "ip utility, iproute2-6.1.0, libbpf 1.1.2\n"))
    let debian13 = try #require(IPVersion(printed: "ip utility, iproute2-6.15.0\n"))
    #expect(debian12 < "6.3" && debian12 == "6.1" && debian13 > "6.9" && debian13 < "7.1" && !(debian13 < "6.15"))
    #expect(IPVersion(printed: "BusyBox v1.35.0") == nil)
    // A literal would be IPVersion(stringLiteral:).
    for text in ["6", "6.x"] { #expect(IPVersion(text) == nil) }
    func applies(_ kind: Difference.Kind) -> [Bool] {
      let difference = Difference(kind, "link", as: "link show", because: "")
      return [debian12, debian13].map { difference.applies(to: $0) }
    }
    #expect(applies(.since("6.5")) == [true, false] && applies(.since("7.1")) == [true, true])
    #expect(applies(.asBefore("6.15")) == [false, true] && applies(.deliberate) == [true, true])
  }

  @Test("a program that never ends is ended, and the sandbox with it")
  func hangs() throws {
    let folder = try TemporaryFolder()
    let sandbox = Sandbox(state: "empty", program: try program("sleep 60", in: folder))
    #expect(throws: Sandbox.Failure.self) { try sandbox.run(.answer(""), seconds: 2) }
  }

  @Test("words reach the program byte for byte")
  func words() throws {
    let folder = try TemporaryFolder()
    let echo = try program(#"printf '[%s]' "$@""#, in: folder)
    let answer = try Sandbox(state: "empty", program: echo).answer(to: #"'two words' "" $'\e\xff' a\ b"#)
    #expect(answer.stdout == "[two words][][\u{1b}\u{ff}][a b]")
  }

  @Test("every state can be made", arguments: try States.names)
  func state(name: String) throws {
    let answer = try Sandbox(state: name, program: Program(path: Program.find("true"))).answer(to: "")
    #expect(answer.status == 0 && answer.changedNothing)
  }

  // MARK: - The guard

  private static let script = Table.folder.appendingPathComponent("sandbox.bash").path
  private static let ourNamespace = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")

  @Test(
    "the sandbox opens nowhere else",
    arguments: [
      ([], "not a network namespace of its own"),
      (["--net"], "not a PID namespace of its own"),
      (["--net", "--mount", "--pid", "--fork", "--mount-proc"], "there is a link besides lo: veth"),
    ])
  func guarded(walls: [String], reason: String) throws {
    let asRoot = geteuid() == 0 || walls.isEmpty ? [] : ["--user", "--map-root-user"]
    // The link is made only where there is a namespace to make it in.
    let command =
      walls.contains("--mount") ? "ip link add veth0 type veth peer name veth1 && exec bash \"$0\"" : "exec bash \"$0\""
    let outcome = try Program(path: Program.find("unshare")).run(
      asRoot + walls + ["bash", "-c", command, Self.script],
      environment: ["OUTSIDE": Self.ourNamespace, "TASK": "true"])
    #expect(outcome.ending == .status(99))
    #expect(String(decoding: outcome.errors, as: UTF8.self).contains(reason))
  }
}
