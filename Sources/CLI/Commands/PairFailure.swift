internal import RTNetlink
internal import SystemCalls
internal import Veth

extension Failure {
  /// Which step of which end failed, and what is left of the pair.
  convenience init(_ error: PairError) {
    var step = error.step
    if let address = error.address {
      var text = ByteBuffer(capacity: 64)
      text.append(" ")
      address.address.appendText(to: &text, isTerminal: false)
      text.append("/")
      text.append(decimal: address.length)
      step += text.bytes
    }
    let cause: Failure
    switch error.reason {
    case .kernel(let error): cause = Failure(error)
    case .taken: cause = Failure(1, "The name is taken by a device that is no veth.")
    case .tiedElsewhere:
      cause = Failure(1, "The name is taken by a veth whose other end is not the one that was named.")
    case .fixed: cause = Failure(1, "It can only be set while a pair is made.")
    }
    var message = sentence("%: %: ", error.end, step) + cause.message
    switch error.isRemoved {
    case true?: message.append("\nWhat was made is removed again.")
    case false?: message.append("\nWhat was made is left.")
    case nil: break
    }
    self.init(cause.status, message, refusal: cause.refusal, keyword: error.step)
  }
}
