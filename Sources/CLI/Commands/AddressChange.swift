internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// `address add`, `change`, `replace` and `delete`.
func changeAddress(
  _ words: inout Words, _ session: Session, _ request: consuming AddressRequest, isDeletion: Bool = false
) throws(Failure) {
  var request = request
  let arguments = AddressArguments(session, isDeletion: isDeletion)
  try arguments.parse(&words, into: &request)
  guard let device = arguments.device else {
    throw Failure(1, "Not enough information: \"dev\" argument is required.")
  }
  arguments.writePrefix(to: &request)
  arguments.writeFlags(to: &request)
  try arguments.writeBroadcast(to: &request)
  try arguments.writeScope(to: &request)
  try arguments.writeLifetime(to: &request)
  guard let index = session.index(of: device) else {
    throw session.missing(device)
  }
  request.setLink(index)
  do throws(Failure) { try session.send(&request) } catch {
    throw error.hinted { session.hintForChange(error) }
  }
}

extension AddressArguments {
  /// The address and its neighbour. With a peer, the length is the peer's.
  fileprivate func writePrefix(to request: inout AddressRequest) {
    if let family { request.setFamily(family.rawValue) }
    if let local { request.set(.local, to: local.prefix.address) }
    guard let prefix = peer ?? local else { return }
    request.setPrefixLength(prefix.prefix.length)
    if peer == nil, isDeletion, !prefix.hasLength, prefix.prefix.address.family == .v4 {
      // Without IFA_ADDRESS the kernel takes away the address whatever its length is.
      session.warn(wildcardWarning(localWord))
    } else {
      request.set(.address, to: prefix.prefix.address)
    }
  }

  fileprivate func writeFlags(to request: inout AddressRequest) {
    let onlyIPv6: [(flag: AddressFlags, word: StaticString)] = [
      (.noDuplicateDetection, "nodad"), (.optimistic, "optimistic"), (.home, "home"), (.managesTemporary, "mngtmpaddr"),
    ]
    if family != .v6 {
      for (flag, word) in onlyIPv6 where flags.contains(flag) {
        session.warn(sentence("% option can be set only for IPv6 addresses", [UInt8](word)))
        flags.remove(flag)
      }
    }
    if !flags.isEmpty { request.setFlags(flags) }
  }

  fileprivate func writeBroadcast(to request: inout AddressRequest) throws(Failure) {
    let allOnes: Bool
    switch broadcast {
    case nil: return
    case .address(let address)?:
      request.set(.broadcast, to: address)
      return
    case .allOnes?: allOnes = true
    case .allZeros?: allOnes = false
    }
    if isDeletion { return }
    guard let prefix = (peer ?? local)?.prefix, prefix.address.family == .v4 else {
      throw Failure(1, "Broadcast can be set only for IPv4 addresses")
    }
    // A network of one or two hosts has no broadcast address.
    guard prefix.length <= 30 else { return }
    request.set(.broadcast, to: prefix.address.hostPart(after: Int(prefix.length), allOnes: allOnes))
  }

  /// Where no scope is said, addresses of the host itself stay in it.
  fileprivate func writeScope(to request: inout AddressRequest) throws(Failure) {
    let isLoopback = local.map { $0.prefix.address.family == .v4 && $0.prefix.address[0] == 127 } ?? false
    if let scope = scope ?? (isLoopback && !isDeletion ? session.scope([UInt8]("host")) : nil) {
      request.setScope(scope)
    }
    if flags.contains(.autoJoin), !(local?.prefix.address.isMulticast ?? false) {
      throw Failure(1, "autojoin needs multicast address")
    }
  }

  fileprivate func writeLifetime(to request: inout AddressRequest) throws(Failure) {
    guard valid != nil || preferred != nil else { return }
    let lifetime = AddressLifetime(
      preferred: preferred ?? AddressLifetime.forever, valid: valid ?? AddressLifetime.forever)
    if lifetime.valid == 0 { throw Failure(1, "valid_lft is zero") }
    if lifetime.preferred > lifetime.valid { throw Failure(1, "preferred_lft is greater than valid_lft") }
    request.set(.lifetime, to: lifetime)
  }
}

private func wildcardWarning(_ word: [UInt8]) -> [UInt8] {
  sentence(
    """
    Executing wildcard deletion to stay compatible with old scripts.
             Explicitly specify the prefix length (%/32) to avoid this warning.
             This special behaviour is likely to disappear in further releases,
             fix your scripts!
    """, word)
}
