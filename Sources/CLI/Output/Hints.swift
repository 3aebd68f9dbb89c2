internal import Netlink
internal import RTNetlink
internal import SystemCalls

// Hints that follow a message of `ip`, only where standard error is a terminal.

extension Session {
  /// A hint about a new link that was not created.
  ///
  /// - Parameters:
  ///   - own: the name of the link; nil where the kernel chooses one.
  ///   - peer: the name of the peer of a veth.
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
        if let name, let index = knownIndex(name) {
          return sentence("\"%\" exists already in this namespace, with index %", name, [UInt8](decimal: index))
        }
      }
      return [UInt8](
        "a name or index exists already; without `peer name`, the kernel picks vethN for the other end first")
    case .addressNotAvailable?:
      return [UInt8]("a link cannot have a multicast or all-zero address: the first byte must be even")
    case .invalidArgument?: return [UInt8]("an MTU of a veth is 68 to 65535, and a name has no `/`, `:`, `%` or blanks")
    default: return hintForChange(failure)
    }
  }

  /// A hint about a refused change.
  func hintForChange(_ failure: Failure) -> [UInt8]? {
    switch failure.refusal?.errno {
    case .notPermitted?, .permissionDenied?:
      return [UInt8]("this needs CAP_NET_ADMIN in the namespace: try as root, or in `unshare -Urn`")
    case .noSuchProcess?: return [UInt8]("there is no process with this PID")
    case .addressNotAvailable?:
      return [UInt8]("a link cannot have a multicast or all-zero address: the first byte must be even")
    case .outOfRange?, .invalidArgument?: return [UInt8]("an MTU of a veth is 68 to 65535")
    default: return nil
    }
  }

  /// The index of a link, for a hint; nil where the link does not exist or the kernel does not answer.
  private func knownIndex(_ name: [UInt8]) -> Int32? {
    guard let name = LinkName(bytes: name) else { return nil }
    do throws(Failure) { return try linkIndex(of: name) } catch { return nil }
  }

  /// The failure of a command about a device that does not exist.
  func missing(_ name: LinkName) -> Failure {
    Failure.noSuchDevice(name.bytes).about(device: name).hinted { hintForMissing(name) }
  }

  /// A hint about a link that does not exist.
  func hintForMissing(_ name: LinkName) -> [UInt8] {
    sentence("`% link show` lists the links of this namespace", programName)
  }
}
