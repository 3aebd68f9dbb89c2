import SystemCalls
import Testing

@testable import Netlink
@testable import RTNetlink
@testable import Veth

/// An error of a pair is a sentence with the end, the step, the cause and what was undone.
@Suite struct PairErrorTests {
  private static let busy = NetlinkError.systemCall("sendto", .noBufferSpace)
  private static let refused = NetlinkError.refused(
    Refusal(errno: .invalidArgument, sentence: Array("mtu less than device minimum".utf8), attributeOffset: nil))

  private static func error(
    _ step: PairError.Step, _ cause: PairError.Cause, _ rollback: PairError.Rollback = .notNeeded
  ) -> PairError {
    PairError(step, of: "web0", cause, rollback: rollback)
  }

  private static let mtu = PairError.Step("mtu", Array("99999".utf8))

  static let causes: [(PairError, String)] = [
    (error(.create, .kernel(busy)), "web0: add: sendto: No buffer space available"),
    (error(mtu, .kernel(refused)), "web0: mtu 99999: mtu less than device minimum"),
    (error(mtu, .aboveMaximum(65535)), "web0: mtu 99999: Numerical result out of range (maximum 65535)"),
    (error(mtu, .belowMinimum(68)), "web0: mtu 99999: Numerical result out of range (minimum 68)"),
    (error(.address("10.0.0.1/24"), .kernel(busy)), "web0: addr 10.0.0.1/24: sendto: No buffer space available"),
    (error(.master("br0"), .noSuchLink("br0")), "web0: master br0: Cannot find device \"br0\""),
    (
      error(PairError.Step("numtxqueues", Array("3".utf8)), .creationOnly),
      "web0: numtxqueues 3: can only be set while a pair is created"
    ),
    (error(PairError.Step("address"), .invalidHardwareAddress), "web0: address: Cannot assign requested address"),
    (
      error(.create, .nameTaken(PairError.Holder(isVeth: false, peerIndex: nil, peerNetnsID: nil))),
      "web0: add: the name belongs to a device that is not a veth"
    ),
    (
      error(.create, .nameTaken(PairError.Holder(isVeth: true, peerIndex: 5, peerNetnsID: nil))),
      "web0: add: the name belongs to a veth whose peer is if5, not the given one"
    ),
    (
      error(.create, .nameTaken(PairError.Holder(isVeth: true, peerIndex: 5, peerNetnsID: 2))),
      "web0: add: the name belongs to a veth whose peer is if5 in nsid:2, not the given one"
    ),
  ]

  @Test("the sentence for each cause", arguments: causes)
  func cause(error: PairError, sentence: String) {
    #expect(error.description == sentence && "\(error)" == sentence)
    #expect(error.end == "web0")
  }

  static let rollbacks: [(PairError.Rollback, String)] = [
    (.notNeeded, ""),
    (.removed, "\nThe pair was removed again."),
    (.notRemoved("web0", busy), "\nweb0: not removed: sendto: No buffer space available"),
    (.undone, "\nThe changes were undone."),
    (
      .notUndone([
        PairError.Change(end: "eth0", keyword: "addr", error: busy),
        PairError.Change(end: "web0", keyword: "mtu", error: refused),
      ]),
      "\neth0: addr: not undone: sendto: No buffer space available\nweb0: mtu: not undone: mtu less than device minimum"
    ),
  ]

  @Test("the sentence for each rollback", arguments: rollbacks)
  func rollback(rollback: PairError.Rollback, sentence: String) {
    let error = Self.error(Self.mtu, .aboveMaximum(65535)).after(rollback)
    #expect(error.description == "web0: mtu 99999: Numerical result out of range (maximum 65535)\(sentence)")
  }

  @Test("a step is the words of the command line")
  func steps() {
    let steps: [PairError.Step] = [.create, .address("fd00::1/64"), .master("br0"), Self.mtu, PairError.Step("up")]
    #expect(steps.map(\.description) == ["add", "addr fd00::1/64", "master br0", "mtu 99999", "up"])
  }

  @Test("an errno is that of the kernel or of a system call")
  func errno() {
    #expect(Self.error(.create, .kernel(Self.busy)).errno == .noBufferSpace)
    #expect(Self.error(.create, .kernel(Self.refused)).errno == .invalidArgument)
    #expect(Self.error(.create, .kernel(.interrupted)).errno == nil)
    #expect(Self.error(.create, .creationOnly).errno == nil)
  }
}
