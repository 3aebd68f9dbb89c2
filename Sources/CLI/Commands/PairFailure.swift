internal import RTNetlink
internal import SystemCalls
internal import Veth

extension Failure {
  /// Which step of which end failed, and what is left of the pair.
  convenience init(_ error: PairError) {
    var step = error.step
    if let address = error.address { step += [ascii(" ")] + address.text }
    let cause: Failure
    switch error.reason {
    case .kernel(let error): cause = Failure(error)
    case .taken(let holder):
      cause =
        holder.isVeth
        ? Failure(1, "The name is taken by a veth whose other end is %, and not the one that was named.", holder.peer)
        : Failure(1, "The name is taken by a device that is no veth.")
    case .fixed: cause = Failure(1, "It can only be set while a pair is made.")
    }
    var message = sentence("%: %: ", error.end, step) + cause.message
    switch error.isRemoved {
    case true?: message.append("\nWhat was made is removed again.")
    case false?: message.append("\nWhat was made is left.")
    case nil: break
    }
    switch error.isRestored {
    case true?: message.append("\nWhat was changed is as it was again.")
    case false?: message.append("\nWhat was changed is left.")
    case nil: break
    }
    self.init(cause.status, message, refusal: cause.refusal, keyword: error.step)
  }
}

extension PairError.Holder {
  /// The other end: `if5` or, where it is elsewhere, `if5 in nsid:2`.
  fileprivate var peer: [UInt8] {
    var text = [UInt8]("if")
    text.append(decimal: peerIndex ?? 0)
    if let peerNamespaceID {
      text.append(" in nsid:")
      text.append(decimal: peerNamespaceID)
    }
    return text
  }
}

extension Session {
  /// The same, told of the end that it is about.
  func failure(_ error: PairError) -> Failure {
    errors.device = error.end
    return Failure(error)
  }
}
