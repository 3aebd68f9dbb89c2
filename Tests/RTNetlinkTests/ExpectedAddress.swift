import Netlink
import RTNetlink
import Testing

/// What an address has to be read as.
struct ExpectedAddress: Sendable {
  var linkIndex: Int32
  var local: IPAddress
  var prefixLength: UInt8
  var peer: IPAddress?
  var scope: UInt8
  var flags: AddressFlags
  var isDeleted: Bool
  var facts: [AddressFact]

  init(
    _ linkIndex: Int32, _ local: IPAddress, _ prefixLength: UInt8, peer: IPAddress? = nil, scope: UInt8 = 0,
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

  /// Records an issue for everything that is otherwise.
  func check(_ address: borrowing Address, location: SourceLocation = #_sourceLocation) {
    let whose = (address.linkIndex, address.family, address.isDeleted)
    #expect(whose == (linkIndex, local.family.rawValue, isDeleted), sourceLocation: location)
    let which = (address.local, address.prefixLength, address.peer)
    #expect(which == (local, prefixLength, peer), sourceLocation: location)
    let how = (address.scope, address.flags)
    #expect(how == (scope, flags), sourceLocation: location)
    for fact in facts {
      let holds = fact.holds(address)
      #expect(holds, "\(fact.name)", sourceLocation: location)
    }
  }
}
