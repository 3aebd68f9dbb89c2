internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

let pairWait: Verb = Verb(
  "wait", usage: "wait DEVICE { exist | up | carrier | addr | gone } [ netns NETNS ] [ timeout SECONDS ]"
) { words, session throws(Failure) in
  var arguments = try WaitArguments(&words, session)
  let wait = try arguments.startWait()
  if try asFailure(wait.wait(milliseconds: arguments.milliseconds)) { return }
  throw Failure(1, "%: state \"%\" not reached in time", arguments.device.bytes, arguments.word)
}

/// The words of `pair wait`, parsed.
struct WaitArguments {
  let device: LinkName
  let condition: LinkCondition
  /// The word of the condition, for the message.
  let word: [UInt8]
  private var namespace: NamespaceArgument? = nil
  /// The maximum time to wait; nil for no limit.
  private(set) var milliseconds: Int? = nil

  init(_ words: inout Words, _ names: any NameResolver) throws(Failure) {
    device = try words.deviceName()
    word = try words.operand()
    switch word {
    case "exist": condition = .exists
    case "up": condition = .up
    case "carrier": condition = .hasCarrier
    case "addr": condition = .hasAddress
    case "gone": condition = .gone
    default: throw .wrong(word, "exist, up, carrier, addr or gone is expected")
    }
    while let keyword = words.next() {
      let operand = try words.operand()
      switch keyword {
      case "netns": namespace = try names.namespace(operand, operandOf: "netns")
      case "timeout":
        milliseconds = Self.milliseconds(operand)
        if milliseconds == nil { throw .wrong(operand, valueOf: "timeout") }
      default: throw .duplicateOrGarbage("dev", keyword)
      }
    }
  }

  /// Starts to listen, and closes the namespace, which would exist as long as it is open.
  fileprivate mutating func startWait() throws(Failure) -> LinkWait {
    let opened = try Namespace.given(by: namespace)
    namespace = nil
    return try asFailure(LinkWait(for: device, toBe: condition, in: opened))
  }

  /// A number of seconds such as `2` or `0.25`, in milliseconds; nil for any other word.
  private static func milliseconds(_ word: [UInt8]) -> Int? {
    let pieces = word.pieces { $0 == ascii(".") }
    guard pieces.count <= 2, let seconds = pieces[0].number(as: Int32.self) else { return nil }
    var fraction = pieces.count == 2 ? pieces[1] : []
    guard fraction.count <= 3 else { return nil }
    var rest = 0
    while fraction.count < 3 { fraction.append(ascii("0")) }
    for digit in fraction {
      guard let value = digitValue(digit), value < 10 else { return nil }
      rest = rest * 10 + Int(value)
    }
    return Int(seconds) * 1000 + rest
  }
}
