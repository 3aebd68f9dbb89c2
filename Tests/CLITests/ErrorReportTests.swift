import Foundation
import Netlink
import SystemCalls
import TestSupport
import Testing

@testable import CLI
@testable import Netlink

/// What is written to standard error, as text and as JSON.
@Suite struct ErrorReportTests {
  private let line = ErrorReport.Line(file: [UInt8]("pairs.txt".utf8), number: 7)

  /// What is written about a failure; the failure is made on the thread that writes, because a hint depends on its terminal.
  private func report(
    isJSON: Bool, isTerminal: Bool = false, at line: ErrorReport.Line? = nil,
    _ failure: @escaping @Sendable () -> Failure
  ) throws -> String {
    let line = line.map { ($0.file, $0.number) }
    let streams = try StandardStreams.collect(isErrorTerminal: isTerminal) {
      ErrorReport(isJSON: isJSON).send(failure(), at: line.map { ErrorReport.Line(file: $0.0, number: $0.1) })
    }
    #expect(streams.output == "")
    return streams.error
  }

  @Sendable private static func everything() -> Failure {
    let refusal = Refusal(
      errno: .outOfRange, sentence: [UInt8]("mtu greater than device maximum".utf8), attributeOffset: 32)
    return Failure(NetlinkError.refused(refusal)).blaming([UInt8]("mtu")).about(object: [UInt8]("link"))
      .about(device: "web0").hinted { [UInt8]("an MTU of a veth is 68 to 65535") }
  }

  @Test("text has the message, and the line of a batch")
  func text() throws {
    #expect(try report(isJSON: false, Self.everything) == "Error: mtu greater than device maximum.\n")
    #expect(
      try report(isJSON: false, at: line, Self.everything) == """
        Error: mtu greater than device maximum.
        Command failed pairs.txt:7

        """)
  }

  @Test("JSON is an object on a line, with all that is known")
  func json() throws {
    #expect(
      try report(isJSON: true, at: line, Self.everything) == """
        {"error":"Error: mtu greater than device maximum.","errno":"ERANGE","object":"link","device":"web0",\
        "attribute":"mtu","file":"pairs.txt","line":7}

        """)
    #expect(
      try report(isJSON: true) { Failure(1, "There is no such pair.") } == "{\"error\":\"There is no such pair.\"}\n")
  }

  @Test("JSON escapes names, has no newline inside, and is read back")
  func strangeNames() throws {
    let name = [UInt8]("a\"\\\u{1b}\n".utf8) + [0xff]
    let text = try report(isJSON: true, at: ErrorReport.Line(file: name, number: 1)) { .noSuchDevice(name) }
    #expect(text.filter { $0 == "\n" }.count == 1)
    let members = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(members["error"] as? String == "Cannot find device \"a\"\\\u{1b}\n\u{ff}\"")
    #expect(members["file"] as? String == "a\"\\\u{1b}\n\u{ff}")
    // A message may end in newlines, which JSON does not need.
    #expect(try report(isJSON: true) { .wrong([0x78], valueOf: "mtu") }.contains(#"Invalid \"mtu\" value"}"#))
  }

  @Test("a terminal gets a hint, and no control bytes")
  func terminal() throws {
    #expect(
      try report(isJSON: false, isTerminal: true, Self.everything) == """
        Error: mtu greater than device maximum.
        hint: an MTU of a veth is 68 to 65535

        """)
    let name = [UInt8]("a\u{1b}[2Jü".utf8) + [0x9b]
    #expect(
      try report(isJSON: false, isTerminal: true) { .noSuchDevice(name) } == "Cannot find device \"a\\x1b[2Jü\\x9b\"\n")
    #expect(try report(isJSON: false) { .noSuchDevice([0x1b]) } == "Cannot find device \"\u{1b}\"\n")
  }

  @Test("warnings")
  func warnings() throws {
    let warning = [UInt8]("fix your scripts!\n".utf8)
    let text = try StandardStreams.collect { ErrorReport(isJSON: false).send(warning: [UInt8](warning.dropLast())) }
    #expect(text.error == "Warning: fix your scripts!\n")
    let json = try StandardStreams.collect { ErrorReport(isJSON: true).send(warning: warning) }
    #expect(json.error == "{\"warning\":\"fix your scripts!\"}\n")
  }

  @Test("a session sends what it has shown before it reports a failure")
  func order() throws {
    let streams = try StandardStreams.collect {
      do throws(Failure) {
        let session = try Session(programName: [UInt8]("vethctl"), options: Options())
        session.out.text("shown\n")
        session.report(Failure(1, "failed"))
        session.warn([UInt8]("warned"))
      } catch { ErrorReport(isJSON: false).send(error) }
    }
    #expect(streams.output == "shown\n")
    #expect(streams.error == "failed\nWarning: warned\n")
  }
}
