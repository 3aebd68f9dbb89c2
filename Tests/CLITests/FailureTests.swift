import Netlink
import RTNetlink
import SystemCalls
import Testing

@testable import CLI
@testable import Netlink
@testable import Veth

/// The messages and statuses of errors from the layers below.
@Suite struct FailureTests {
  private func text(_ failure: Failure) -> String { String(decoding: failure.message, as: UTF8.self) }

  private static func refused(_ errno: Errno, _ sentence: String = "", _ keyword: StaticString? = nil) -> NetlinkError {
    var refusal = Refusal(errno: errno, sentence: [UInt8](sentence.utf8), attributeOffset: keyword == nil ? nil : 32)
    refusal.keyword = keyword
    return .refused(refusal)
  }

  @Test(
    "an error of an exchange with the kernel",
    arguments: [
      (refused(.fileExists), 2, "RTNETLINK answers: File exists"),
      (refused(.notPermitted), 2, "RTNETLINK answers: Operation not permitted"),
      (refused(.invalidArgument, "Name too long"), 2, "Error: Name too long."),
      (refused(.invalidArgument, "Name too long."), 2, "Error: Name too long."),
      (.systemCall("socket", .permissionDenied), 1, "socket: Permission denied"),
      (.malformed, 1, "the answer of the kernel is malformed"),
      (.interrupted, 1, "Dump was interrupted and may be inconsistent."),
      (.requestTooLong, 255, "The command does not fit into one request."),
    ] as [(NetlinkError, Int32, String)])
  func exchange(error: NetlinkError, status: Int32, message: String) {
    let failure = Failure(error)
    #expect(failure.status == status)
    #expect(text(failure) == message)
    #expect(failure.keyword == nil)
    #expect(failure.refusal?.errno == (status == 2 ? error.errno : nil))
  }

  @Test("a refusal of an attribute blames its keyword")
  func blame() {
    let failure = Failure(Self.refused(.outOfRange, "mtu greater than device maximum", "mtu"))
    #expect(failure.keyword == [UInt8]("mtu"))
    #expect(failure.blaming([UInt8]("name")).keyword == [UInt8]("mtu"))
  }

  @Test(
    "an error of a pair names the end, the step, the cause, and what was undone",
    arguments: [
      (
        PairError(.create, of: "web0", .kernel(refused(.fileExists))), 2, "add", "web0: add: File exists"
      ),
      (
        PairError(.init("mtu", [UInt8]("99999")), of: "web0", .aboveMaximum(65535)), 1, "mtu",
        "web0: mtu 99999: Numerical result out of range (maximum 65535)"
      ),
      (
        PairError(.init("address", [UInt8]("01:00:00:00:00:00")), of: "db0", .invalidHardwareAddress), 1, "address",
        "db0: address 01:00:00:00:00:00: Cannot assign requested address"
      ),
      (
        PairError(.master("br9"), of: "db0", .noSuchLink("br9"), rollback: .removed), 1, "master",
        "db0: master br9: Cannot find device \"br9\"\nThe pair was removed again."
      ),
      (
        PairError(.init("numtxqueues", [UInt8]("4")), of: "web0", .creationOnly, rollback: .undone), 1, "numtxqueues",
        "web0: numtxqueues 4: can only be set while a pair is created\nThe changes were undone."
      ),
      (
        PairError(
          .address("10.0.0.1/24"), of: "web0", .kernel(refused(.invalidArgument, "ipv4: Invalid scope value", "scope")),
          rollback: .notRemoved("web0", .systemCall("sendto", .noBufferSpace))), 2, "addr",
        """
        web0: addr 10.0.0.1/24: scope: ipv4: Invalid scope value
        web0: not removed: sendto: No buffer space available
        """
      ),
      (
        PairError(
          .init("alias"), of: "web0", .kernel(.malformed),
          rollback: .notUndone([
            .init(end: "web0", keyword: "mtu", error: refused(.invalidArgument)),
            .init(end: "db0", keyword: "up", error: .systemCall("sendto", .noBufferSpace)),
          ])), 1, "alias",
        """
        web0: alias: the answer of the kernel is malformed
        web0: mtu: not undone: Invalid argument
        db0: up: not undone: sendto: No buffer space available
        """
      ),
      (
        PairError(.create, of: "web0", .nameTaken(.init(isVeth: false, peerIndex: nil, peerNetnsID: nil))), 1, "add",
        "web0: add: the name belongs to a device that is not a veth"
      ),
      (
        PairError(.create, of: "web0", .nameTaken(.init(isVeth: true, peerIndex: 5, peerNetnsID: 2))), 1, "add",
        "web0: add: the name belongs to a veth whose peer is if5 in nsid:2, not the given one"
      ),
      (
        PairError(.create, of: "web0", .nameTaken(.init(isVeth: true, peerIndex: 5, peerNetnsID: nil))), 1, "add",
        "web0: add: the name belongs to a veth whose peer is if5, not the given one"
      ),
    ] as [(PairError, Int32, String, String)])
  func pair(error: PairError, status: Int32, keyword: String, message: String) {
    let failure = Failure(error)
    #expect(failure.status == status)
    #expect(text(failure) == message)
    #expect(failure.keyword == [UInt8](keyword.utf8))
    #expect(failure.device == error.end.bytes)
    #expect((failure.refusal != nil) == (status == 2))
  }

  @Test("what is known first stays")
  func context() {
    let failure = Failure(1, "failed").about(device: "web0").about(device: "db0").about(device: nil)
      .about(object: [UInt8]("pair")).about(object: [UInt8]("link")).blaming(nil).blaming([UInt8]("mtu"))
      .blaming([UInt8]("name"))
    #expect(failure.device == [UInt8]("web0"))
    #expect(failure.object == [UInt8]("pair"))
    #expect(failure.keyword == [UInt8]("mtu"))
    #expect(text(failure.adding([])) == "failed")
    #expect(text(failure.adding([UInt8]("again"))) == "failed\nagain")
    #expect(failure.adding([UInt8]("again")).device == [UInt8]("web0"))
  }

  @Test("of several devices, a refusal by the kernel names its own")
  func naming() {
    #expect(
      text(Failure(Self.refused(.notPermitted)).naming("web0"))
        == "\"web0\": RTNETLINK answers: Operation not permitted")
    #expect(text(Failure.noSuchDevice([UInt8]("web0")).naming("web0")) == "Cannot find device \"web0\"")
    #expect(Failure.noSuchDevice([UInt8]("web0")).naming("web0").device == [UInt8]("web0"))
  }

  @Test("a sentence has a word in the place of each percent sign, and the words' own are left")
  func template() {
    #expect(sentence("a % c %", [UInt8]("%b%"), [UInt8]("d")) == [UInt8]("a %b% c d"))
    #expect(sentence("%", []) == [])
  }
}
