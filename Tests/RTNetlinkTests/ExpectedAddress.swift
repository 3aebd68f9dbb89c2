import Netlink
import RTNetlink
import Testing

/// What an address must be read as.
struct ExpectedAddress: Sendable {
  var linkIndex: Int32
  var local: IPAddress
  var prefixLength: UInt8
  var peer: IPAddress?
  var scope: AddressScope
  var flags: AddressFlags
  var isDeleted: Bool
  var facts: [AddressFact]

  init(
    _ linkIndex: Int32, _ local: IPAddress, _ prefixLength: UInt8, peer: IPAddress? = nil,
    scope: AddressScope = .global,
    flags: AddressFlags = [], isDeleted: Bool = false, facts: [AddressFact] = []
  ) {
    self.linkIndex = linkIndex
    self.local = local
    self.prefixLength = prefixLength
    self.peer = peer
    self.scope = scope
    self.flags = flags
    self.isDeleted = isDeleted
    self.facts = facts
  }

  /// Records an issue for each difference.
  func check(_ address: borrowing Address, location: SourceLocation = #_sourceLocation) {
    let link = (address.linkIndex, address.family, address.isDeleted)
    #expect(link == (linkIndex, local.family.rawValue, isDeleted), sourceLocation: location)
    let prefix = (address.local, address.prefixLength, address.peer)
    #expect(prefix == (local, prefixLength, peer), sourceLocation: location)
    let header = (address.scope, address.flags)
    #expect(header == (scope, flags), sourceLocation: location)
    for fact in facts {
      let holds = fact.holds(address)
      #expect(holds, "\(fact.name)", sourceLocation: location)
    }
  }
}
