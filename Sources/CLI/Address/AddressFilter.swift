internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The filters of `address show`.
struct AddressFilter {
  var family: Options.Family?
  /// The network that contains the addresses.
  var prefix: IPPrefix? = nil
  var scope: UInt8? = nil
  /// A pattern for the label or, of an address without a label, for the name of its link.
  var label: [UInt8]? = nil
  var addressProtocol: AddressProtocol? = nil
  /// Flags that must be set, and flags that must not.
  var present: AddressFlags = []
  var absent: AddressFlags = []

  init(family: Options.Family?) { self.family = family }

  /// The family for the request; nil for all families, and for families other than IPv4 and IPv6.
  var kernelFamily: IPAddress.Family? {
    switch family {
    case .inet?: .v4
    case .inet6?: .v6
    case .link?, .other?, nil: nil
    }
  }

  /// Parses a network, whose family is then the only one to show.
  mutating func parse(prefix word: [UInt8], _ names: any NameResolver) throws(Failure) {
    let prefix = try PrefixArgument(word, family: kernelFamily, names).prefix
    self.family = prefix.address.family == .v4 ? .inet : .inet6
    self.prefix = prefix
  }

  /// Parses a flag or, with `-` before it, its absence; false for a word that is neither.
  mutating func parse(flag word: [UInt8]) -> Bool {
    let isNegated = word.first == ascii("-")
    let name = isNegated ? [UInt8](word[1...]) : word
    guard let filter = AddressFlags.filter(name) else { return false }
    if isNegated == filter.isAbsence { present.insert(filter.flag) } else { absent.insert(filter.flag) }
    return true
  }

  /// Whether all addresses of the family pass the filters.
  var allowsAll: Bool {
    prefix == nil && scope == nil && label == nil && addressProtocol == nil && present.isEmpty && absent.isEmpty
  }

  func allows(_ address: borrowing Address, onLinkNamed name: () -> KernelName) -> Bool {
    if let scope, address.scope.rawValue != scope { return false }
    if !address.flags.isSuperset(of: present) || !address.flags.isDisjoint(with: absent) { return false }
    if let addressProtocol, (address[.addressProtocol] ?? .unspecified) != addressProtocol { return false }
    if let prefix {
      guard let local = address.local, prefix.contains(local) else { return false }
    }
    if let label { return Glob.matches((address[.label] ?? name()).bytes, pattern: label) }
    return true
  }
}

extension AddressFlags {
  /// The flag that a word filters by, and whether the word requires the absence of the flag; nil for any other word.
  static func filter(_ word: [UInt8]) -> (flag: AddressFlags, isAbsence: Bool)? {
    switch word {
    case "permanent": return (.permanent, false)
    case "dynamic": return (.permanent, true)
    case "primary": return (.secondary, true)
    case "temporary": return (.secondary, false)
    default: break
    }
    for row in words where word == row.word { return (row.flag, false) }
    return nil
  }
}
