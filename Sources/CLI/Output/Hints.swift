internal import Netlink
internal import RTNetlink
internal import SystemCalls

// What we can tell a person beyond `ip`'s words: only looked for when standard error is a terminal.

extension Session {
  /// Why a new link could not be made.
  ///
  /// - Parameters:
  ///   - own: the name of the link itself, nil where the kernel was to choose.
  ///   - peer: the name of a veth's other end.
  func hintForNewLink(own: [UInt8]?, peer: [UInt8]?, _ failure: Failure) -> [UInt8]? {
    for name in [own, peer] {
      if let name, name.count > KernelName.maximumCount {
        return sentence("a name has 15 bytes at most, \"%\" is longer", name)
      }
    }
    switch failure.refusal?.errno {
    case .fileExists?:
      if let own, own == peer { return sentence("both ends cannot be called \"%\"", own) }
      for name in [own, peer] {
        if let name, let index = index(of: name) {
          var number: [UInt8] = []
          number.append(decimal: index)
          return sentence("\"%\" exists already in this namespace, with index %", name, number)
        }
      }
      return [UInt8](
        "a name or index exists already; without `peer name`, the kernel picks vethN for the other end first")
    case .addressNotAvailable?:
      return [UInt8]("a multicast or all-zero address is nobody's: the first byte must be even")
    case .invalidArgument?: return [UInt8]("an MTU of a veth is 68 to 65535, and a name has no `/`, `:`, `%` or blanks")
    default: return hintForChange(failure)
    }
  }

  /// Why a change was refused.
  func hintForChange(_ failure: Failure) -> [UInt8]? {
    switch failure.refusal?.errno {
    case .notPermitted?, .permissionDenied?:
      return [UInt8]("this needs CAP_NET_ADMIN in the namespace: try as root, or in `unshare -Urn`")
    case .noSuchProcess?: return [UInt8]("there is no process of that number")
    case .addressNotAvailable?:
      return [UInt8]("a multicast or all-zero address is nobody's: the first byte must be even")
    case .outOfRange?, .invalidArgument?: return [UInt8]("an MTU of a veth is 68 to 65535")
    default: return nil
    }
  }

  /// What is said of a device that is not there.
  func missing(_ name: [UInt8]) -> Failure { Failure.noSuchDevice(name).hinted { hintForMissing(name) } }

  /// Why there is no such link.
  func hintForMissing(_ name: [UInt8]) -> [UInt8]? {
    if name.count > 127 { return [UInt8]("a name has 15 bytes at most, an alternative name 127") }
    return sentence("`% link show` lists the links of this namespace", programName)
  }
}
