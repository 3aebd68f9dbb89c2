import Foundation
import RTNetlink
import TestSupport

@testable import Netlink

// What the tests on a real kernel do time and again. All of it happens in the namespace that the socket was opened in.

extension NetlinkSocket {
  /// Makes a pair.
  mutating func makePair(_ own: KernelName, _ peer: KernelName) throws {
    var request = LinkRequest.add()
    request.set(.name, to: own)
    request.setKind(Veth.kind) { $0.setPeer { $0.set(.name, to: peer) } }
    try send(&request)
  }

  /// Changes the link of this name.
  mutating func change(_ name: String, _ settings: (inout LinkRequest) -> Void) throws {
    var request = LinkRequest.set()
    request.setTarget(Array(name.utf8))
    settings(&request)
    try send(&request)
  }

  /// Hands the link of this name to `body`; nil where there is none.
  mutating func link<Value>(_ name: String, _ body: (borrowing Link) -> Value) throws -> Value? {
    var request = LinkRequest.get()
    request.setTarget(Array(name.utf8))
    var value: Value?
    do throws(NetlinkError) {
      try links(&request) { value = body($0) }
    } catch {
      guard error.errno == .operationNotSupportedByDevice else { throw error }
    }
    return value
  }

  /// The number of the link of this name.
  mutating func index(of name: String) throws -> Int32 {
    guard let index = try link(name, { $0.index }) else { throw Missing() }
    return index
  }

  /// The names of all links, in order.
  mutating func names() throws -> [String] {
    var names: [String] = []
    var dump = LinkRequest.dump()
    try links(&dump) { names.append(String(decoding: $0[.name]?.bytes ?? [], as: UTF8.self)) }
    return names.sorted()
  }
}
