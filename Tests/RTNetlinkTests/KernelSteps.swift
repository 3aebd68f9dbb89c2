import Netlink
import TestSupport

@testable import RTNetlink

// What tests on a real kernel do again and again, in the namespace of the socket.

extension NetlinkSocket {
  /// Creates a pair.
  mutating func makePair(_ own: LinkName, _ peer: LinkName) throws(NetlinkError) {
    var settings = LinkSettings(name: own)
    settings.peer = LinkSettings(name: peer)
    try createLink(settings)
  }

  /// Changes the link with a name.
  mutating func change(_ name: LinkName, _ set: (inout LinkSettings) -> Void) throws(NetlinkError) {
    var settings = LinkSettings()
    set(&settings)
    try changeLink(.name(name), settings)
  }

  /// What `body` makes of the link with a name; nil where there is none.
  mutating func link<Value>(_ name: LinkName, _ body: (borrowing Link) -> Value) throws(NetlinkError) -> Value? {
    var value: Value? = nil
    try withLink(.name(name)) { value = body($0) }
    return value
  }

  /// The index of the link with a name.
  mutating func existingIndex(of name: LinkName) throws -> Int32 {
    guard let index = try index(of: name) else { throw Missing() }
    return index
  }

  /// The names of all links, sorted.
  mutating func names() throws -> [String] {
    try collectLinks(.dump()) { $0[.name].map { "\($0)" } }.sorted()
  }
}
