import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// A message about an address becomes the request that adds the address, or is refused as malformed.
@Suite struct AddressRestoreTests {
  /// The request for the first message in these bytes; nil where there is none, or where it is refused.
  private func restored(_ bytes: [UInt8]) -> [UInt8]? {
    var messages = Messages(bytes.span.bytes)
    guard let message = messages.next() else { return nil }
    do throws(NetlinkError) {
      let request = try AddressRequest.restore(message)
      return request.request.written
    } catch {
      return nil
    }
  }

  @Test("everything but the netlink header is the same")
  func same() throws {
    for message in Captures.addresses.messages(ofType: 20) {
      let request = try #require(restored(message))
      #expect(request[16...] == message[16...])
      // RTM_NEWADDR; NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE.
      #expect(request[4..<8] == [20, 0, 0x05, 0x04])
    }
  }

  @Test("a message about a deletion, a link or a route is refused")
  func others() {
    for (type, count) in [(Int32(21), 8), (16, 16), (24, 12), (22, 8)] {
      #expect(restored(frame(type, [UInt8](repeating: 0, count: count))) == nil)
    }
  }

  @Test("a damaged message is a request or refused", arguments: Damage.allCases)
  func damaged(damage: Damage) {
    var count = (some: 0, none: 0)
    for whole in Captures.addresses.messages(ofType: 20) {
      damage.forEach(of: whole) { bytes in
        if let request = restored(bytes) {
          count.some += 1
          if request.count > bytes.count + 3 { Issue.record() }
        } else {
          count.none += 1
        }
      }
    }
    #expect(count.none > 0 && (damage == .cut || count.some > 0))
  }
}
