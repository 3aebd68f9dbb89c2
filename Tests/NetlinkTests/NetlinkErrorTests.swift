import SystemCalls
import TestSupport
import Testing

@testable import Netlink

/// An error is a sentence, and has an errno where a system call or the kernel has reported one.
@Suite struct NetlinkErrorTests {
  private static func refusal(
    _ errno: Int32, _ sentence: String = "", at offset: UInt32? = nil, _ keyword: StaticString? = nil
  ) -> NetlinkError {
    let refusal = Refusal(errno: Errno(errno), sentence: Array(sentence.utf8), attributeOffset: offset)
    return NetlinkError.refused(refusal).blaming { _ in keyword }
  }

  static let rows: [(NetlinkError, String, Int32?)] = [
    (.systemCall("setns", .notPermitted), "setns: Operation not permitted", 1),
    (.systemCall("recvmsg", .noBufferSpace), "recvmsg: No buffer space available", 105),
    (refusal(19), "No such device", 19),
    (refusal(22, "mtu less than device minimum"), "mtu less than device minimum", 22),
    (refusal(34, at: 40, "mtu"), "mtu: Numerical result out of range", 34),
    (
      refusal(34, "Attribute failed policy validation", at: 40, "mtu"), "mtu: Attribute failed policy validation", 34
    ),
    (refusal(34, "Attribute failed policy validation", at: 40), "Attribute failed policy validation", 34),
    (refusal(-17), "File exists", 17),
    (.malformed, "the answer of the kernel is malformed", nil),
    (.interrupted, "the dump was interrupted and may be inconsistent", nil),
    (.requestTooLong, "the request is too long", nil),
  ]

  @Test("the sentence and the errno of each case", arguments: rows)
  func description(error: NetlinkError, sentence: String, errno: Int32?) {
    #expect(error.description == sentence)
    #expect("\(error)" == sentence)
    #expect(error.errno?.rawValue == errno)
  }

  @Test("the kernel's words are text, or nil")
  func message() {
    func message(_ bytes: [UInt8]) -> String? {
      Refusal(errno: .invalidArgument, sentence: bytes, attributeOffset: nil).message
    }
    #expect(message([]) == nil)
    #expect(message([0x6d, 0xff]) == "m\u{fffd}")
  }

  @Test("only a refusal with an offset gets a keyword, and the keyword of that offset")
  func blaming() {
    var asked: [UInt32] = []
    func keyword(of error: NetlinkError) -> String? {
      guard
        case .refused(let refusal) = error.blaming({
          asked.append($0); return $0 == 40 ? "mtu" : nil
        })
      else {
        return nil
      }
      return refusal.keyword.map { "\($0)" }
    }
    #expect(keyword(of: Self.refusal(34, at: 40)) == "mtu")
    #expect(keyword(of: Self.refusal(34, at: 44)) == nil)
    #expect(keyword(of: Self.refusal(34)) == nil)
    #expect(keyword(of: .malformed) == nil && keyword(of: .systemCall("bind", .addressInUse)) == nil)
    #expect(asked == [40, 44])
  }

  @Test("a shortage says nothing about the object of a request")
  func answers() {
    #expect(Self.refusal(19).isAnswer && Self.refusal(1).isAnswer)
    for errno in [12, 105, 24, 23] as [Int32] { #expect(!Self.refusal(errno).isAnswer) }
    #expect(!NetlinkError.systemCall("recvmsg", .operationNotSupportedByDevice).isAnswer)
    #expect(!NetlinkError.interrupted.isAnswer && !NetlinkError.malformed.isAnswer)
  }

  @Test("the error of a system call gets the name of the call")
  func calls() {
    #expect(failure { () throws(NetlinkError) in try systemCall("open", 7) } == nil)
    let error = failure { () throws(NetlinkError) in try systemCall("open", try Self.fail()) }
    #expect(error == "open: errno 2")
  }

  private static func fail() throws(Errno) -> Int { throw .noSuchFileOrDirectory }
}
