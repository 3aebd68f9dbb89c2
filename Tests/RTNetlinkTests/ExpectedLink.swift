import Netlink
import RTNetlink
import Testing

/// What a link must be read as.
struct ExpectedLink: Sendable {
  var index: Int32 = 0
  var flags: LinkFlags = []
  var hardwareType = HardwareType(rawValue: 0)
  var isDeleted = false
  var kind: KernelName?
  var portKind: KernelName?
  var alternativeNames: [LinkName] = []
  var facts: [LinkFact] = []

  /// Records an issue for each difference.
  func check(_ link: borrowing Link, location: SourceLocation = #_sourceLocation) {
    let header = (index: link.index, flags: link.flags, type: link.hardwareType, isDeleted: link.isDeleted)
    #expect(header == (index, flags, hardwareType, isDeleted), sourceLocation: location)
    let kinds = (link.kind, link.portKind)
    #expect(kinds == (kind, portKind), sourceLocation: location)
    let names = link.alternativeNames
    #expect(names == alternativeNames, sourceLocation: location)
    for fact in facts {
      let holds = fact.holds(link)
      #expect(holds, "\(fact.name)", sourceLocation: location)
    }
  }
}

/// Calls `body` with the link of each message.
func forEachLink(in bytes: [UInt8], _ body: (borrowing Link) throws -> Void) rethrows {
  var messages = Messages(bytes.span.bytes)
  while let message = messages.next() {
    if let link = Link(message) { try body(link) }
  }
}

/// Calls `body` with the address of each message.
func forEachAddress(in bytes: [UInt8], _ body: (borrowing Address) throws -> Void) rethrows {
  var messages = Messages(bytes.span.bytes)
  while let message = messages.next() {
    if let address = Address(message) { try body(address) }
  }
}
