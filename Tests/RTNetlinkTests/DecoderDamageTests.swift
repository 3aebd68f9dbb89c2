import Netlink
import RTNetlink
import TestSupport
import Testing

/// That no bytes, however damaged, make the decoders trap or tell more than there is.
@Suite struct DecoderDamageTests {
  @Test("a damaged link is a link or none", arguments: Damage.allCases)
  func links(damage: Damage) {
    // The port of a bridge has everything: two kinds, a master, an alias and alternative names.
    let whole = Captures.links.messages(ofType: 16)[3]
    damage.forEach(of: whole) { bytes in
      forEachLink(in: bytes) { link in
        for fact in LinkFact.all { _ = fact.holds(link) }
        var told = (link.kind?.byteCount ?? 0) + (link.portKind?.byteCount ?? 0)
        link.forEachAlternativeName { told += $0.byteCount }
        if told > bytes.count || (link[.name]?.count ?? 0) > KernelName.maximumCount { Issue.record() }
      }
    }
  }

  @Test("a damaged address is an address or none", arguments: Damage.allCases)
  func addresses(damage: Damage) {
    for whole in Captures.addresses.messages(ofType: 20) {
      damage.forEach(of: whole) { bytes in
        forEachAddress(in: bytes) { address in
          for fact in AddressFact.all { _ = fact.holds(address) }
          if let peer = address.peer, peer == address.local { Issue.record() }
        }
      }
    }
  }

  @Test("a message that is too short for its header is none")
  func headers() {
    var read = 0
    for count in 0..<16 { forEachLink(in: frame(16, [UInt8](repeating: 1, count: count))) { _ in read += 1 } }
    for count in 0..<8 { forEachAddress(in: frame(20, [UInt8](repeating: 1, count: count))) { _ in read += 1 } }
    #expect(read == 0)
  }
}
