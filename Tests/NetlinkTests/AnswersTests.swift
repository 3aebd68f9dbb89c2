import CMnl
import TestSupport
import Testing

@testable import Netlink

/// That an exchange sees its own answers and no others, and ends when and as the kernel says.
@Suite struct AnswersTests {
  /// What one read tells: the data messages in it, and how it leaves the exchange.
  private func outcome(of bytes: [UInt8], isQuestion: Bool = false) -> (data: [UInt16], end: String) {
    var answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
    let end: String
    do {
      let (warning, wasInterrupted) = try answers.end(isQuestion: isQuestion)
      end =
        (warning.map { "ended" + ($0.isEmpty ? "" : ": " + String(decoding: $0, as: UTF8.self)) } ?? "goes on")
        + (wasInterrupted ? ", interrupted" : "")
    } catch {
      end = error.summary
    }
    var data: [UInt16] = []
    while let message = answers.next() { data.append(message.type) }
    return (data, end)
  }

  @Test(
    "what a real kernel says at the end is understood",
    arguments: [
      ("yes", "ended"),
      ("no such link", "refused: errno 19"),
      ("mtu too small", "refused: errno 22, mtu less than device minimum"),
      ("mtu too small, no capping", "refused: errno 22, mtu less than device minimum"),
      ("mtu too small, no extended answers", "refused: errno 22"),
      ("mtu of one byte", "refused: errno 34, Attribute failed policy validation, at 40"),
      ("dump by group, strict", "refused: errno 22, Unsupported attribute in link dump request"),
      ("dump by group, strict, no extended answers", "refused: errno 22"),
    ])
  func ending(name: String, end: String) throws {
    let outcome = try outcome(of: Captures.endings.section(name).bytes)
    #expect(outcome == ([], end))
  }

  @Test("a real dump goes on until NLMSG_DONE", arguments: [Captures.links, Captures.addresses])
  func dump(capture: HexTable) throws {
    for section in capture.sections {
      let outcome = outcome(of: section.bytes)
      #expect(outcome.end == (section.name == "last read" ? "ended" : "goes on"))
      #expect(outcome.data.isEmpty == (section.name == "last read"))
    }
  }

  // MARK: - Answers that a kernel gives rarely, or never

  /// NLMSG_ERROR about a request of nothing but a header, which it repeats.
  private static func error(_ code: Int32, flags: Int32 = NLM_F_CAPPED, _ rest: [UInt8] = []) -> [UInt8] {
    frame(NLMSG_ERROR, flags: flags, raw(code) + frame(20) + rest)
  }
  private static let yes = error(0)
  private static let sentence = attribute(UInt16(NLMSGERR_ATTR_MSG.rawValue), [UInt8]("told so\0".utf8))

  @Test("an answer comes in as many reads as it likes")
  func parts() {
    #expect(outcome(of: []) == ([], "goes on"))
    #expect(outcome(of: frame(16) + frame(17)) == ([16, 17], "goes on"))
    #expect(outcome(of: frame(16) + Self.yes) == ([16], "ended"))
    #expect(outcome(of: frame(16) + frame(NLMSG_DONE, raw(Int32(0)))) == ([16], "ended"))
  }

  @Test("a question ends with its answer")
  func question() {
    #expect(outcome(of: [], isQuestion: true) == ([], "goes on"))
    #expect(outcome(of: frame(NLMSG_NOOP) + frame(16, port: 1), isQuestion: true) == ([], "goes on"))
    #expect(outcome(of: frame(16), isQuestion: true) == ([16], "ended"))
    let refusal = frame(NLMSG_ERROR, raw(Int32(-19)) + frame(20))
    #expect(outcome(of: refusal, isQuestion: true) == ([], "refused: errno 19"))
  }

  @Test("what is for others is passed over, their refusals too")
  func others() {
    let foreign = [
      frame(16, sequence: 6), frame(16, port: 1), frame(NLMSG_ERROR, sequence: 6, raw(Int32(-1)) + frame(20)),
      frame(NLMSG_DONE, port: 1, raw(Int32(-1))), frame(NLMSG_OVERRUN, sequence: 0),
      frame(16, flags: NLM_F_DUMP_INTR, sequence: 6),
    ].joined()
    #expect(outcome(of: foreign + frame(17)) == ([17], "goes on"))
    #expect(outcome(of: foreign + Self.yes) == ([], "ended"))
  }

  @Test("the protocol's own messages are no data")
  func noData() {
    #expect(outcome(of: frame(NLMSG_NOOP) + frame(15) + frame(16)) == ([16], "goes on"))
  }

  @Test("a dump that the kernel could not keep consistent says so on any message")
  func interrupted() {
    let done = frame(NLMSG_DONE, raw(Int32(0)))
    #expect(outcome(of: frame(16, flags: NLM_F_DUMP_INTR) + frame(16)).end == "goes on, interrupted")
    #expect(outcome(of: frame(16, flags: NLM_F_DUMP_INTR) + done).end == "ended, interrupted")
    #expect(outcome(of: frame(NLMSG_DONE, flags: NLM_F_DUMP_INTR, raw(Int32(0)))).end == "ended, interrupted")
  }

  @Test("lost messages are an error")
  func overrun() {
    #expect(outcome(of: frame(16) + frame(NLMSG_OVERRUN)) == ([16], "recvfrom: errno 105"))
  }

  @Test("the kernel may say yes with a warning")
  func warning() {
    #expect(outcome(of: Self.error(0, flags: NLM_F_CAPPED | NLM_F_ACK_TLVS, Self.sentence)).end == "ended: told so")
    let done = frame(NLMSG_DONE, flags: NLM_F_ACK_TLVS, raw(Int32(0)) + Self.sentence)
    #expect(outcome(of: done).end == "ended: told so")
  }

  @Test("what is not announced by NLM_F_ACK_TLVS is not read")
  func unannounced() {
    #expect(outcome(of: Self.error(-1, Self.sentence)).end == "refused: errno 1")
  }

  @Test("where the request is repeated in whole, its length tells where the sentence begins")
  func uncapped() {
    func refusal(requestLength: UInt32) -> String {
      outcome(
        of: frame(
          NLMSG_ERROR, flags: NLM_F_ACK_TLVS,
          raw(Int32(-1)) + frame(20, length: requestLength, [1, 2, 3, 4]) + Self.sentence)
      ).end
    }
    #expect(refusal(requestLength: 20) == "refused: errno 1, told so")
    #expect(refusal(requestLength: 17) == "refused: errno 1, told so")
    for length in [33, 1000, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
      #expect(refusal(requestLength: length) == "refused: errno 1")
    }
  }

  @Test("a number of any size is an errno")
  func oddNumbers() {
    #expect(outcome(of: Self.error(.min)).end == "refused: errno 2147483647")
    #expect(outcome(of: Self.error(5)).end == "refused: errno 5")
  }

  @Test("an acknowledgement without a number is damaged, but NLMSG_DONE may be older than its number")
  func numberless() {
    #expect(outcome(of: frame(NLMSG_DONE)).end == "ended")
    #expect(outcome(of: frame(NLMSG_ERROR)).end == "malformed")
    #expect(outcome(of: frame(NLMSG_ERROR, raw(Int32(0)))).end == "malformed")
  }

  @Test("the first ending counts, and nothing behind it")
  func first() {
    #expect(outcome(of: Self.yes + Self.error(-1) + [0xff]).end == "ended")
    #expect(outcome(of: Self.error(-1) + Self.yes).end == "refused: errno 1")
  }

  @Test("an answer that is cut off is damaged")
  func cut() {
    #expect(outcome(of: frame(16) + frame(17).dropLast()) == ([16], "malformed"))
    #expect(outcome(of: frame(16, length: 15)) == ([], "malformed"))
  }
}
