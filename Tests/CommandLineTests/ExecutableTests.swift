import Foundation
import Testing

/// The file that is shipped, looked at from outside.
///
/// Only the Embedded build is held to this; the others carry Swift's standard library, or need it. Its size is held by
/// `Tests/Benchmarks`.
@Suite struct ExecutableTests {
  private static func needed(by program: Program) throws -> [String] {
    let dynamic = try Program(path: Program.find("readelf")).run(["--dynamic", "--wide", program.path])
    return String(decoding: dynamic.output, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard line.contains("(NEEDED)"), let open = line.firstIndex(of: "["), let close = line.lastIndex(of: "]") else {
        return nil
      }
      return String(line[line.index(after: open)..<close])
    }
  }

  private static func size(of path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
  }

  /// The Embedded builds among the programs under test: small, and no Swift runtime asked for.
  private static func embedded() throws -> [Program] {
    try Program.underTest.filter { program in
      let libraries = try needed(by: program)
      return try !program.isIP && size(of: program.path) < 1_000_000
        && !libraries.isEmpty && !libraries.contains { $0.hasPrefix("libswift") }
    }
  }

  @Test("needs no library but libc and libmnl")
  func libraries() throws {
    for program in try Self.embedded() {
      let others = try Self.needed(by: program).filter { !$0.hasPrefix("libc.so") && !$0.hasPrefix("libmnl.so") }
      #expect(others.isEmpty, "\(program.path)")
    }
  }

  /// Every other sandbox test would notice too, as a difference in the state left behind.
  @Test(
    "leaves no process behind",
    arguments: ["link", "link set veth1 netns blue", "link set veth0 nosuch", "-n blue link"])
  func children(line: String) throws {
    for program in Program.underTest {
      let answer = try Sandbox(state: "blue", program: program).answer(to: line)
      #expect(!answer.left.contains("process left behind"), "\(program.path): \(answer.left)")
    }
  }
}
