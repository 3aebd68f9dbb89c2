internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// Settings that the kernel passes over in silence, or refuses, while it makes a link.
struct LaterSettings {
  var alias: [UInt8]? = nil
  var alternativeNames: [[UInt8]] = []
  var addressGeneration: UInt8? = nil
  /// Of a veth's other end: whether it is up, and the bridge that is its master in its own namespace.
  var isUp = false
  var master: [UInt8]? = nil

  var isEmpty: Bool {
    alias == nil && alternativeNames.isEmpty && addressGeneration == nil && !isUp && master == nil
  }

  /// Carries them out.
  ///
  /// - Parameter socket: a conversation about the namespace that the link is in.
  func apply(toLink index: Int32, _ socket: inout NetlinkSocket) throws(Failure) {
    var request = LinkRequest.set()
    request.setIndex(index)
    if let master {
      guard let index = socket.index(of: master) else { throw .wrong(master, "Device does not exist") }
      request.set(.master, to: index)
    }
    if let alias { request.set(.alias, to: alias) }
    if let addressGeneration { request.setAddressGeneration(addressGeneration) }
    if isUp { request.set(.up, on: true) }
    var naming = LinkRequest.addNames()
    naming.setIndex(index)
    naming.setAlternativeNames(alternativeNames)
    do throws(NetlinkError) {
      try socket.send(&request)
      if !alternativeNames.isEmpty { try socket.send(&naming) }
    } catch { throw Failure(error) }
  }
}
