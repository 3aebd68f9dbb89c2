import Netlink
import RTNetlink
import SystemCalls
import TestSupport
import Testing

@testable import CLI

/// Verbs, up to the first request: in a network namespace of its own, as a verb that is not refused would change something.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct CommandTests {
  private static let cases = CaseTable.named("commands.txt").cases(of: "commands")

  private static func session(_ options: Options = Options(), netnsID: Int32? = nil) throws(Failure) -> Session {
    try Session(programName: [UInt8]("vethctl"), options: options, netnsID: netnsID)
  }

  /// The output of a command, or the refusal. A command about several devices reports the first ones elsewhere.
  private static func answer(to words: [[UInt8]]) -> (text: String, isRefused: Bool) {
    do throws(Failure) {
      let session = try Self.session()
      var words = Words(words)
      _ = try runCommand(&words, session)
      return (String(decoding: session.out.unsent, as: UTF8.self), false)
    } catch { return (error.summary, true) }
  }

  @Test("a command is refused with the status and the message of the table")
  func refused() async throws {
    let answers = try await PrivateNamespace.run { Self.cases.map { Self.answer(to: $0.words) } }
    for (line, answer) in zip(Self.cases, answers)
    where answer.text != line.expected || answer.isRefused != line.isRefusal {
      Issue.record("\(line)\n\(answer.isRefused ? "!!" : "=>") \(answer.text)", sourceLocation: line.location)
    }
  }

  @Test("every verb has a case")
  func isCovered() {
    for object in commandObjects {
      let name = TestedRow(object).name
      for verb in object.verbs.map({ TestedRow($0) }) {
        let isCovered = Self.cases.contains { line in
          line.words.first == [UInt8](name.utf8)
            && (object.hasOneVerb || verb.names.contains { line.words.dropFirst().first == [UInt8]($0.utf8) })
        }
        #expect(isCovered, "\(name) \(verb.name)")
      }
    }
  }

  @Test("a failure names the object")
  func object() async throws {
    let objects = try await PrivateNamespace.run {
      commandObjects.map { object in
        do throws(Failure) {
          var words = Words([[UInt8]("nosuch"), [UInt8]("nosuch")])
          try object.run(&words, Self.session())
          return ""
        } catch { return error.object.map { String(decoding: $0, as: UTF8.self) } ?? "" }
      }
    }
    #expect(objects == ["address", "link", "monitor", "pair", "attach", "detach"])
  }

  /// A namespace that cannot be entered can be read by its id: a verb that changes something has no socket there.
  @Test("in a namespace that is known by its id alone, verbs that read work, and all others are refused")
  func readOnly() async throws {
    let refused = try await PrivateNamespace.run {
      commandObjects.flatMap { object in
        object.verbs.compactMap { verb -> String? in
          do throws(Failure) {
            var words = Words([[UInt8]("nosuch"), [UInt8]("nosuch")])
            try verb.run(&words, Self.session(netnsID: 1_000_000))
          } catch {
            guard error.summary == "255 A namespace that is known by its id alone can be read, and not entered." else {
              return nil
            }
          }
          return "\(TestedRow(object).name) \(TestedRow(verb).name)"
        }
      }
    }
    let all = commandObjects.flatMap { object in object.verbs.map { "\(TestedRow(object).name) \(TestedRow($0).name)" }
    }
    #expect(all.filter { !refused.contains($0) } == ["address list", "link show", "link help"])
  }

  @Test("link help KIND is the usage text of the kind, and succeeds", arguments: LinkKind.all)
  func help(kind: LinkKind) async throws {
    let answer = try await PrivateNamespace.run {
      Self.answer(to: [[UInt8]("link"), [UInt8]("help"), [UInt8](kind.word)])
    }
    #expect(answer.text == String(decoding: kind.usage, as: UTF8.self) + "\n" && !answer.isRefused)
  }
}

/// The whole program, up to the command.
@Suite struct ProgramTests {
  private func run(_ words: String...) throws -> (output: String, error: String, status: Int32) {
    let arguments = (["/usr/bin/vethctl"] + words).map { [UInt8]($0.utf8) }
    // The status is the last byte.
    let streams = try StandardStreams.collect {
      let status = CLI.run(arguments)
      StandardStream.output.write([0x1e] + [UInt8]("\(status)".utf8))
    }
    let parts = streams.output.components(separatedBy: "\u{1e}")
    return (parts[0], streams.error, Int32(parts[1]) ?? -1)
  }

  @Test("the version goes to standard output")
  func version() throws {
    let answer = try run("-V", "nosuch")
    #expect(answer.status == 0 && answer.error == "")
    #expect(answer.output.hasPrefix("vethctl utility, vethctl-"))
  }

  @Test(
    "the usage text has every object, its verbs and every option",
    arguments: [["-help"], ["help"], [], ["-j", "help"]])
  func usage(words: [String]) throws {
    let arguments = (["vethctl"] + words).map { [UInt8]($0.utf8) }
    let streams = try StandardStreams.collect { _ = CLI.run(arguments) }
    #expect(streams.output == "")
    if words.first == "-j" {
      #expect(streams.error.hasPrefix("{\"error\":\"Usage: vethctl [ OPTIONS ] address {"))
      return
    }
    let lines = streams.error.components(separatedBy: "\n")
    for object in commandObjects {
      let line = try #require(lines.first { $0.contains("vethctl [ OPTIONS ] \(TestedRow(object).name) ") })
      for verb in object.verbs.map({ TestedRow($0).name }) where !object.hasOneVerb {
        #expect(line.components(separatedBy: " ").contains(verb), "\(verb)")
      }
    }
    for option in Options.rows {
      #expect(lines.contains("  " + String(decoding: option.spellings.usage, as: UTF8.self)))
    }
  }

  @Test("a refusal goes to standard error, as text or as JSON")
  func refusal() throws {
    let text = try run("nosuch")
    #expect(text.status == 1 && text.output == "")
    #expect(text.error == "Object \"nosuch\" is unknown, try \"vethctl help\".\n")
    let json = try run("-j", "link", "nosuch")
    #expect(json.status == 255)
    #expect(
      json.error == """
        {"error":"Command \\"nosuch\\" is unknown, try \\"vethctl link help\\".","object":"link"}

        """)
    let option = try run("-j", "-nosuch")
    #expect(option.status == 255)
    #expect(option.error == "{\"error\":\"Option \\\"-nosuch\\\" is unknown, try \\\"vethctl -help\\\".\"}\n")
    let namespace = try run("-n", "nosuch/nosuch", "link")
    #expect(namespace.status == 255)
    #expect(
      namespace.error == "Cannot open network namespace \"nosuch/nosuch\": No such file or directory\n")
    let batch = try run("-batch", "/nosuch")
    #expect(batch.status == 1)
    #expect(batch.error == "Cannot open file \"/nosuch\" for reading: No such file or directory\n")
  }
}
