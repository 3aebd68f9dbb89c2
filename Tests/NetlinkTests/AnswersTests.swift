import CMnl
import TestSupport
import Testing

@testable import Netlink

/// An exchange reads its own answers and no others, and ends as the kernel says.
@Suite struct AnswersTests {
  /// The data messages of one read, and whether and how the read ends the exchange.
  private func outcome(of bytes: [UInt8], expectsReply: Bool = false) -> (data: [UInt16], end: String) {
    var answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
    let end: String
    do {
      let (warning, wasInterrupted) = try answers.end(expectsReply: expectsReply)
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
    "the last message of a real kernel is read",
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

  // MARK: - Answers that a kernel gives rarely or never

  /// `NLMSG_ERROR` with the header of a request that has nothing but a header.
  private static func error(_ code: Int32, flags: Int32 = NLM_F_CAPPED, _ rest: [UInt8] = []) -> [UInt8] {
    frame(NLMSG_ERROR, flags: flags, raw(code) + frame(20) + rest)
  }
  private static let acknowledgement = error(0)
  private static let sentence = attribute(UInt16(NLMSGERR_ATTR_MSG.rawValue), [UInt8]("a reason\0".utf8))

  @Test("an answer may come in any number of reads")
  func parts() {
    #expect(outcome(of: []) == ([], "goes on"))
    #expect(outcome(of: frame(16) + frame(17)) == ([16, 17], "goes on"))
    #expect(outcome(of: frame(16) + Self.acknowledgement) == ([16], "ended"))
    #expect(outcome(of: frame(16) + frame(NLMSG_DONE, raw(Int32(0)))) == ([16], "ended"))
  }

  @Test("a request that expects a reply ends with the reply")
  func reply() {
    #expect(outcome(of: [], expectsReply: true) == ([], "goes on"))
    #expect(outcome(of: frame(NLMSG_NOOP) + frame(16, port: 1), expectsReply: true) == ([], "goes on"))
    #expect(outcome(of: frame(16), expectsReply: true) == ([16], "ended"))
    let refusal = frame(NLMSG_ERROR, raw(Int32(-19)) + frame(20))
    #expect(outcome(of: refusal, expectsReply: true) == ([], "refused: errno 19"))
  }

  @Test("messages for other requests and sockets are skipped, refusals too")
  func others() {
    let foreign = [
      frame(16, sequence: 6), frame(16, port: 1), frame(NLMSG_ERROR, sequence: 6, raw(Int32(-1)) + frame(20)),
      frame(NLMSG_DONE, port: 1, raw(Int32(-1))), frame(NLMSG_OVERRUN, sequence: 0),
      frame(16, flags: NLM_F_DUMP_INTR, sequence: 6),
    ].joined()
    #expect(outcome(of: foreign + frame(17)) == ([17], "goes on"))
    #expect(outcome(of: foreign + Self.acknowledgement) == ([], "ended"))
  }

  @Test("control messages are no data")
  func noData() {
    #expect(outcome(of: frame(NLMSG_NOOP) + frame(15) + frame(16)) == ([16], "goes on"))
  }

  @Test("any message of a dump may say that the dump was interrupted")
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

  @Test("an acknowledgement may contain a warning")
  func warning() {
    #expect(outcome(of: Self.error(0, flags: NLM_F_CAPPED | NLM_F_ACK_TLVS, Self.sentence)).end == "ended: a reason")
    let done = frame(NLMSG_DONE, flags: NLM_F_ACK_TLVS, raw(Int32(0)) + Self.sentence)
    #expect(outcome(of: done).end == "ended: a reason")
  }

  @Test("attributes without NLM_F_ACK_TLVS are not read")
  func unannounced() {
    #expect(outcome(of: Self.error(-1, Self.sentence)).end == "refused: errno 1")
  }

  @Test("the sentence begins behind a request that is repeated in whole")
  func uncapped() {
    func refusal(requestLength: UInt32) -> String {
      outcome(
        of: frame(
          NLMSG_ERROR, flags: NLM_F_ACK_TLVS,
          raw(Int32(-1)) + frame(20, length: requestLength, [1, 2, 3, 4]) + Self.sentence)
      ).end
    }
    #expect(refusal(requestLength: 20) == "refused: errno 1, a reason")
    #expect(refusal(requestLength: 17) == "refused: errno 1, a reason")
    for length in [33, 1000, 0x7fff_ffff, 0xffff_ffff] as [UInt32] {
      #expect(refusal(requestLength: length) == "refused: errno 1")
    }
  }

  @Test("any number is an errno")
  func oddNumbers() {
    #expect(outcome(of: Self.error(.min)).end == "refused: errno 2147483647")
    #expect(outcome(of: Self.error(5)).end == "refused: errno 5")
  }

  @Test("NLMSG_ERROR without a number is malformed; NLMSG_DONE of an old kernel has none")
  func numberless() {
    #expect(outcome(of: frame(NLMSG_DONE)).end == "ended")
    #expect(outcome(of: frame(NLMSG_ERROR)).end == "malformed")
    #expect(outcome(of: frame(NLMSG_ERROR, raw(Int32(0)))).end == "malformed")
  }

  @Test("the first message that ends the exchange counts")
  func first() {
    #expect(outcome(of: Self.acknowledgement + Self.error(-1) + [0xff]).end == "ended")
    #expect(outcome(of: Self.error(-1) + Self.acknowledgement).end == "refused: errno 1")
  }

  @Test("an answer that is cut off is malformed")
  func cut() {
    #expect(outcome(of: frame(16) + frame(17).dropLast()) == ([16], "malformed"))
    #expect(outcome(of: frame(16, length: 15)) == ([], "malformed"))
  }
}
