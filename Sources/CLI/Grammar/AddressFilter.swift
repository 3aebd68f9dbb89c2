internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Which of a link's addresses to show.
struct AddressFilter {
  var family: Options.Family?
  /// The network they have to be in.
  var prefix: IPPrefix? = nil
  var scope: UInt8? = nil
  /// A pattern for the label or, where an address has none, the name of its link.
  var label: [UInt8]? = nil
  var origin: UInt8? = nil
  /// Flags that they have to have, and must not have.
  var present: AddressFlags = []
  var absent: AddressFlags = []

  init(family: Options.Family?) { self.family = family }

  /// Notes a network, whose family is then the one to show.
  mutating func take(prefix word: [UInt8], _ session: Session) throws(Failure) {
    let family: IPAddress.Family? =
      switch family {
      case .inet?: .v4
      case .inet6?: .v6
      default: nil
      }
    let prefix = try session.prefix(word, family: family).prefix
    self.family = prefix.address.family == .v4 ? .inet : .inet6
    self.prefix = prefix
  }

  /// Notes a flag, or with `-` before it its absence; false for a word that is neither.
  mutating func take(flag word: [UInt8]) -> Bool {
    let isNegated = word.first == ascii("-")
    let name = isNegated ? [UInt8](word[1...]) : word
    guard let filter = AddressFlagWord.filter(name) else { return false }
    if isNegated == filter.isAbsence { present.insert(filter.flag) } else { absent.insert(filter.flag) }
    return true
  }

  func allows(_ address: borrowing Address, onLinkNamed name: () -> KernelName) -> Bool {
    if let scope, address.scope != scope { return false }
    if !address.flags.isSuperset(of: present) || !address.flags.isDisjoint(with: absent) { return false }
    if let origin, (address[.origin] ?? 0) != origin { return false }
    if let prefix {
      guard let local = address.local, prefix.contains(local) else { return false }
    }
    if let label { return Glob.matches((address[.label] ?? name()).bytes, pattern: label) }
    return true
  }
}
