import RTNetlink
import TestSupport
import Testing

@testable import Netlink

/// That a real kernel takes the requests about addresses, and that its answers are read, in namespaces of their own.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct AddressOnKernelTests {
  /// Calls `body` in a new namespace that holds the pair v0 and v1, with the number of v0.
  private func withPair(_ body: @Sendable (inout NetlinkSocket, Int32) throws -> Void) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open()
      try socket.makePair("v0", "v1")
      try body(&socket, try socket.index(of: "v0"))
    }
  }

  /// Names an address of a link in a request.
  private static func name(_ address: IPAddress, _ length: UInt8, of link: Int32, in request: inout AddressRequest) {
    request.setLink(link)
    request.setFamily(address.family.rawValue)
    request.setPrefixLength(length)
    request.set(.local, to: address)
  }

  /// Looks whether all addresses are those expected, in any order.
  private static func check(_ socket: inout NetlinkSocket, _ expected: [ExpectedAddress]) throws {
    var rest = expected
    var dump = AddressRequest.dump()
    try socket.addresses(&dump) { address in
      let local = address.local
      guard let position = rest.firstIndex(where: { $0.local == local }) else {
        Issue.record("there is \(address.family == 2 ? "an IPv4" : "an IPv6") address too many")
        return
      }
      rest.remove(at: position).check(address)
    }
    #expect(rest.isEmpty)
  }

  @Test("a new pair that is down has no addresses")
  func none() async throws {
    try await withPair { socket, _ in try Self.check(&socket, []) }
  }

  @Test("an address is added with all that was said of it")
  func add() async throws {
    try await withPair { socket, link in
      var four = AddressRequest.add()
      Self.name("10.0.0.1", 24, of: link, in: &four)
      four.setScope(253)
      four.set(.broadcast, to: "10.0.0.255")
      four.set(.label, to: "v0:home")
      four.set(.metric, to: 5)
      try socket.addresses(&four)

      var six = AddressRequest.add()
      Self.name("fd00::1", 128, of: link, in: &six)
      six.set(.address, to: "fd00::2")
      six.setFlags([.noDuplicateDetection, .noPrefixRoute])
      try socket.addresses(&six)

      try Self.check(
        &socket,
        [
          ExpectedAddress(
            link, "10.0.0.1", 24, scope: 253, flags: .permanent,
            facts: [
              AddressFact("broadcast", .broadcast, "10.0.0.255"), AddressFact("label", .label, "v0:home"),
              AddressFact("metric", .metric, 5), AddressFact("lifetime", .lifetime, AddressLifetime()),
            ]),
          ExpectedAddress(
            link, "fd00::1", 128, peer: "fd00::2", flags: [.permanent, .noDuplicateDetection, .noPrefixRoute]),
        ])
    }
  }

  @Test("a second address of a network is told from the first")
  func secondary() async throws {
    try await withPair { socket, link in
      for address in ["10.0.0.1", "10.0.0.2"] as [IPAddress] {
        var request = AddressRequest.add()
        Self.name(address, 24, of: link, in: &request)
        try socket.addresses(&request)
      }
      try Self.check(
        &socket,
        [
          ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent),
          ExpectedAddress(link, "10.0.0.2", 24, flags: [.permanent, .secondary]),
        ])
    }
  }

  @Test("lifetimes are kept, and run down")
  func lifetime() async throws {
    try await withPair { socket, link in
      var request = AddressRequest.add()
      Self.name("10.0.0.1", 24, of: link, in: &request)
      request.set(.lifetime, to: AddressLifetime(preferred: 100_000, valid: 200_000))
      try socket.addresses(&request)

      var dump = AddressRequest.dump()
      var lifetimes: [AddressLifetime?] = []
      try socket.addresses(&dump) { lifetimes.append($0[.lifetime]) }
      let lifetime = try #require(lifetimes.first ?? nil)
      // However slow this machine is, a day passes more slowly.
      #expect((13_600...100_000).contains(lifetime.preferred))
      #expect((113_600...200_000).contains(lifetime.valid))
    }
  }

  @Test("an address is there once: adding it again fails, replacing it does not, and it can be taken away")
  func again() async throws {
    try await withPair { socket, link in
      func request(_ make: () -> AddressRequest, metric: UInt32? = nil) -> AddressRequest {
        var request = make()
        Self.name("10.0.0.1", 24, of: link, in: &request)
        if let metric { request.set(.metric, to: metric) }
        return request
      }
      var add = request(AddressRequest.add)
      try socket.addresses(&add)
      let twice = #expect(throws: NetlinkError.self) { try socket.addresses(&add) }
      #expect(twice?.errno == .fileExists)

      for metric in [6, 7] as [UInt32] {
        var change = request(metric == 6 ? AddressRequest.replace : AddressRequest.change, metric: metric)
        try socket.addresses(&change)
        let facts = [AddressFact("metric", .metric, metric)]
        try Self.check(&socket, [ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent, facts: facts)])
      }

      var delete = request(AddressRequest.delete)
      try socket.addresses(&delete)
      try Self.check(&socket, [])
      let gone = #expect(throws: NetlinkError.self) { try socket.addresses(&delete) }
      #expect(gone?.errno == .addressNotAvailable)
    }
  }

  @Test("a dump can be of one family, or of one link where the kernel checks strictly")
  func dumps() async throws {
    try await withPair { socket, link in
      let other = try socket.index(of: "v1")
      for (address, length, link) in [("10.0.0.1", 24, link), ("fd00::1", 64, link), ("10.0.1.1", 24, other)]
        as [(IPAddress, UInt8, Int32)]
      {
        var request = AddressRequest.add()
        Self.name(address, length, of: link, in: &request)
        request.setFlags(.noDuplicateDetection)
        try socket.addresses(&request)
      }
      func count(family: UInt8 = 0, link: Int32 = 0) throws -> Int {
        var dump = AddressRequest.dump()
        dump.setFamily(family)
        dump.setLink(link)
        var count = 0
        try socket.addresses(&dump) { _ in count += 1 }
        return count
      }
      #expect(try [count(), count(family: 2), count(family: 10)] == [3, 2, 1])
      socket.checkStrictly()
      #expect(try [count(link: link), count(link: other), count(family: 10, link: other)] == [2, 1, 0])
    }
  }

  @Test("the bytes that come with an address can be kept and read again")
  func kept() async throws {
    try await withPair { socket, link in
      var add = AddressRequest.add()
      Self.name("10.0.0.1", 24, of: link, in: &add)
      try socket.addresses(&add)
      var dump = AddressRequest.dump()
      var kept: [UInt8] = []
      try socket.addressMessages(&dump) { _, bytes in kept += bytes.copied }
      var read = 0
      kept.withAttributeBytes { kept in
        withAddress(in: kept) { address, _ in
          ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent).check(address)
          read += 1
        }
      }
      #expect(read == 1)
    }
  }
}
