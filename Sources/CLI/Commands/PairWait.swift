internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair wait DEV { exist | up | carrier | addr | gone } [ netns NETNS ] [ timeout SECONDS ]`
func waitForPair(_ words: inout Words, _ session: Session) throws(Failure) {
  let device = try words.operand()
  if device.isEmpty { throw .wrong(device, "\"dev\" not a valid ifname", spaced: false) }
  let word = try words.operand()
  let condition: LinkCondition
  switch word {
  case "exist": condition = .exist
  case "up": condition = .up
  case "carrier": condition = .carrier
  case "addr": condition = .addr
  case "gone": condition = .gone
  default: throw .wrong(word, "exist, up, carrier, addr or gone is expected")
  }
  var milliseconds: Int? = nil
  var place = NamespaceArgument()
  while let keyword = words.next() {
    let operand = try words.operand()
    switch keyword {
    case "netns": place = try NamespaceArgument(operand, keyword: keyword)
    case "timeout":
      milliseconds = thousandths(operand)
      if milliseconds == nil { throw .wrong(operand, valueOf: keyword) }
    default: throw .duplicateOrGarbage("dev", keyword)
    }
  }
  let namespace = try place.take()
  do throws(NetlinkError) {
    let wait = try LinkWait(for: device, toBe: condition, in: namespace)
    if try wait.wait(milliseconds: milliseconds) { return }
  } catch { throw Failure(error) }
  throw Failure(1, "% did not come to be \"%\" in time.", device, word)
}

/// A number of seconds in thousandths, from `2` or `0.25`; nil for any other word.
private func thousandths(_ word: [UInt8]) -> Int? {
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
