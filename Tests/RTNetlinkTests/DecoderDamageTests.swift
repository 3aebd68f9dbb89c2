import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// No damaged message makes the decoders trap or return more than the message has.
@Suite struct DecoderDamageTests {
  @Test("a damaged message is about a link or not", arguments: Damage.allCases)
  func links(damage: Damage) {
    // The port of a bridge has most attributes: two kinds, a master, an alias and alternative names.
    let whole = Captures.links.messages(ofType: 16)[3]
    damage.forEach(of: whole) { bytes in
      forEachLink(in: bytes) { link in
        for fact in LinkFact.all { _ = fact.holds(link) }
        var count = (link.kindBytes?.byteCount ?? 0) + (link.portKindBytes?.byteCount ?? 0)
        link.forEachAlternativeName { count += $0.byteCount }
        _ = (link[BridgePort.cost], link[BridgePort.root]?.priority, link[Bridge.options]?[.noLinkLocalLearning])
        _ = (link.xdp?.mode, link.statistics?[.receiveOtherHostDropped])
        if count > bytes.count || (link[.name]?.count ?? 0) > KernelName.maximumCount { Issue.record() }
      }
    }
  }

  @Test("a damaged message is about an address or not", arguments: Damage.allCases)
  func addresses(damage: Damage) {
    for whole in Captures.addresses.messages(ofType: 20) {
      damage.forEach(of: whole) { bytes in
        forEachAddress(in: bytes) { address in
          for fact in AddressFact.all { _ = fact.holds(address) }
          if let peer = address.peer, peer == address.local { Issue.record() }
          if AddressRequest.add(AddressSettings(address)).request.byteCount > bytes.count + 8 { Issue.record() }
        }
      }
    }
  }

  @Test("a message that is too short for its header is about nothing")
  func headers() {
    var read = 0
    for count in 0..<16 { forEachLink(in: frame(16, [UInt8](repeating: 1, count: count))) { _ in read += 1 } }
    for count in 0..<8 { forEachAddress(in: frame(20, [UInt8](repeating: 1, count: count))) { _ in read += 1 } }
    #expect(read == 0)
  }
}
