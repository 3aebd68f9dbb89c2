import Netlink
import RTNetlink
import TestSupport
import Testing

/// Requests about addresses, and the answers of a real kernel, in private namespaces.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct AddressOnKernelTests {
  /// Calls `body` in a new namespace with the pair v0 and v1, and the index of v0.
  private func withPair(_ body: @Sendable (inout NetlinkSocket, Int32) throws -> Void) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(.route)
      try socket.makePair("v0", "v1")
      try body(&socket, try socket.existingIndex(of: "v0"))
    }
  }

  /// Checks that all addresses are those expected, in any order.
  private static func check(_ socket: inout NetlinkSocket, _ expected: [ExpectedAddress]) throws {
    var rest = expected
    try socket.addresses(.dump()) { address in
      let local = address.local
      guard let position = rest.firstIndex(where: { $0.local == local }) else {
        Issue.record("an unexpected address: \(local.map { "\($0)" } ?? "none")")
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

  @Test("an address is added with everything that was set")
  func add() async throws {
    try await withPair { socket, link in
      var four = AddressSettings("10.0.0.1/24", linkIndex: link)
      four.scope = .link
      four[.broadcast] = "10.0.0.255"
      four[.label] = "v0:home"
      four[.metric] = 5
      try socket.addAddress(four)

      var six = AddressSettings("fd00::1/128", linkIndex: link)
      six[.address] = "fd00::2"
      six.flags = [.noDuplicateDetection, .noPrefixRoute]
      try socket.addAddress(six)

      try Self.check(
        &socket,
        [
          ExpectedAddress(
            link, "10.0.0.1", 24, scope: .link, flags: .permanent,
            facts: [
              AddressFact("broadcast", .broadcast, "10.0.0.255"), AddressFact("label", .label, "v0:home"),
              AddressFact("metric", .metric, 5), AddressFact("lifetime", .lifetime, AddressLifetime()),
            ]),
          ExpectedAddress(
            link, "fd00::1", 128, peer: "fd00::2", flags: [.permanent, .noDuplicateDetection, .noPrefixRoute]),
        ])
    }
  }

  @Test("a second address of a network is secondary")
  func secondary() async throws {
    try await withPair { socket, link in
      for prefix in ["10.0.0.1/24", "10.0.0.2/24"] as [IPPrefix] {
        try socket.addAddress(AddressSettings(prefix, linkIndex: link))
      }
      try Self.check(
        &socket,
        [
          ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent),
          ExpectedAddress(link, "10.0.0.2", 24, flags: [.permanent, .secondary]),
        ])
    }
  }

  @Test("lifetimes are set, and run down")
  func lifetime() async throws {
    try await withPair { socket, link in
      var settings = AddressSettings("10.0.0.1/24", linkIndex: link)
      settings[.lifetime] = AddressLifetime(preferred: 100_000, valid: 200_000)
      try socket.addAddress(settings)

      var lifetimes: [AddressLifetime?] = []
      try socket.addresses(.dump()) { lifetimes.append($0[.lifetime]) }
      let lifetime = try #require(lifetimes.first ?? nil)
      // No test takes a day.
      #expect((13_600...100_000).contains(lifetime.preferred))
      #expect((113_600...200_000).contains(lifetime.valid))
    }
  }

  @Test("an address is added once, replaced, changed and deleted")
  func again() async throws {
    try await withPair { socket, link in
      func settings(metric: UInt32? = nil) -> AddressSettings {
        var settings = AddressSettings("10.0.0.1/24", linkIndex: link)
        settings[.metric] = metric
        return settings
      }
      try socket.addAddress(settings())
      let twice = #expect(throws: NetlinkError.self) { try socket.addAddress(settings()) }
      #expect(twice?.errno == .fileExists)

      for metric in [6, 7] as [UInt32] {
        try socket.addresses(metric == 6 ? .replace(settings(metric: 6)) : .change(settings(metric: 7)))
        let facts = [AddressFact("metric", .metric, metric)]
        try Self.check(&socket, [ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent, facts: facts)])
      }

      try socket.deleteAddress(settings())
      try Self.check(&socket, [])
      let gone = #expect(throws: NetlinkError.self) { try socket.deleteAddress(settings()) }
      #expect(gone?.errno == .addressNotAvailable)
    }
  }

  @Test("an echo has the address after the change")
  func echo() async throws {
    try await withPair { socket, link in
      var request = AddressRequest.add(AddressSettings("10.0.0.1/24", linkIndex: link))
      request.askForEcho()
      var count = 0
      try socket.addresses(request) { address in
        ExpectedAddress(link, "10.0.0.1", 24, flags: .permanent).check(address)
        count += 1
      }
      #expect(count == 1)
    }
  }

  @Test("a dump is of one family, or of one link where the kernel checks strictly")
  func dumps() async throws {
    try await withPair { socket, link in
      let other = try socket.existingIndex(of: "v1")
      for (prefix, link) in [("10.0.0.1/24", link), ("fd00::1/64", link), ("10.0.1.1/24", other)]
        as [(IPPrefix, Int32)]
      {
        var settings = AddressSettings(prefix, linkIndex: link)
        settings.flags = .noDuplicateDetection
        try socket.addAddress(settings)
      }
      func count(family: IPAddress.Family? = nil, link: Int32? = nil) throws -> Int {
        var count = 0
        try socket.addresses(.dump(family: family, linkIndex: link)) { _ in count += 1 }
        return count
      }
      #expect(try [count(), count(family: .v4), count(family: .v6)] == [3, 2, 1])
      socket.checkStrictly()
      #expect(try [count(link: link), count(link: other), count(family: .v6, link: other)] == [2, 1, 0])
    }
  }

  @Test("collectAddresses returns the addresses of the link, and of no other", arguments: [true, false])
  func ofLink(isStrict: Bool) async throws {
    try await withPair { socket, link in
      if isStrict { socket.checkStrictly() }
      let other = try socket.existingIndex(of: "v1")
      for number in 1...3 as ClosedRange<UInt8> {
        for index in [1, link, other] {
          let address = try #require(IPAddress(bytes: [10, 0, UInt8(index), number]))
          try socket.addAddress(AddressSettings(IPPrefix(address: address, length: 24), linkIndex: index))
        }
      }
      for index in [1, link, other] {
        let found = try socket.collectAddresses(ofLink: index) { address in
          #expect(address.linkIndex == index)
          return address.local
        }
        #expect(found.map { "\($0)" } == (1...3).map { "10.0.\(index).\($0)" })
      }
      let odd = try socket.collectAddresses(ofLink: link) { $0.local?[3] == 2 ? nil : $0.local }
      #expect(odd.count == 2)
      try socket.deleteLink(.index(link))
      // A link that does not exist has no addresses, or is refused.
      let left = try? socket.collectAddresses(ofLink: link) { $0.local }
      #expect(left ?? [] == [])
    }
  }

  @Test("a copy of the message of an address can be read again")
  func kept() async throws {
    try await withPair { socket, link in
      try socket.addAddress(AddressSettings("10.0.0.1/24", linkIndex: link))
      var kept: [UInt8] = []
      try socket.addressMessages(.dump(), isAccepted: { true }) { kept += $0.bytes.copied }
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

  // MARK: - Deleted and added again

  /// An address with everything that an address can have.
  struct Example: Sendable, CustomTestStringConvertible {
    let prefix: IPPrefix
    let set: @Sendable (inout AddressSettings) -> Void

    var testDescription: String { "\(prefix)" }

    init(_ prefix: IPPrefix, _ set: @escaping @Sendable (inout AddressSettings) -> Void = { _ in }) {
      self.prefix = prefix
      self.set = set
    }
  }

  static let examples = [
    Example("10.0.0.1/24"),
    Example("10.0.1.1/24") {
      $0[.broadcast] = "10.0.1.255"
      $0[.label] = "v0:home"
      $0[.metric] = 5
      $0.scope = .link
      $0.flags = .noPrefixRoute
    },
    Example("10.0.2.1/32") { $0[.address] = "10.0.2.2" },
    Example("10.0.3.1/24") { $0[.lifetime] = AddressLifetime(preferred: 100_000, valid: 200_000) },
    Example("10.0.4.1/24") { $0[.addressProtocol] = AddressProtocol(rawValue: 77) },
    Example("fd00::1/64") { $0.flags = .noDuplicateDetection },
    Example("fd00:1::1/128") {
      $0[.address] = "fd00:1::2"
      $0.flags = [.noDuplicateDetection, .noPrefixRoute, .home]
    },
    Example("fd00:2::1/64") {
      $0.flags = [.noDuplicateDetection, .managesTemporary]
      $0[.metric] = 7
      $0[.lifetime] = AddressLifetime(preferred: 100_000, valid: 200_000)
    },
    Example("fd00:3::1/64") {
      $0.flags = .noDuplicateDetection
      $0[.addressProtocol] = AddressProtocol(rawValue: 77)
      $0[.lifetime] = AddressLifetime(preferred: 0, valid: 200_000)
    },
  ]

  /// The header and the attributes of the only address of a link, as the kernel reports them, without time stamps.
  private static func message(_ socket: inout NetlinkSocket, _ link: Int32) throws -> (AddressSettings, [String]) {
    var found: [(AddressSettings, [String])] = []
    try socket.addressMessages(.dump(), isAccepted: { true }) { message in
      let bytes = message.bytes.copied
      message.withAddress { address in
        guard address.linkIndex == link else { return }
        var lines = [[UInt8](bytes[16..<24]).hex]
        for attribute in attributes(of: bytes) {
          var text = attribute.payload.hex
          // IFA_CACHEINFO: two lifetimes, which run down, and the time stamps of creation and change.
          if attribute.type == 6 {
            let lifetimes = text.split(separator: " ").prefix(2)
            text = lifetimes.map { $0 == "ffffffff" || $0 == "00000000" ? String($0) : "limited" }.joined(
              separator: " ")
          }
          lines.append("\(attribute.type) \(text)")
        }
        found.append((AddressSettings(address), lines))
      }
    }
    try #require(found.count == 1)
    return found[0]
  }

  @Test("an address that is deleted and added again is the same", arguments: examples)
  func restored(example: Example) async throws {
    try await withPair { socket, link in
      var settings = AddressSettings(example.prefix, linkIndex: link)
      example.set(&settings)
      try socket.addAddress(settings)
      let (copy, before) = try Self.message(&socket, link)
      #expect(copy.isSameAddress(as: settings) && copy.prefix == example.prefix)

      try socket.deleteAddress(copy)
      try Self.check(&socket, [])
      try socket.addAddress(copy)
      let (_, after) = try Self.message(&socket, link)
      #expect(after == before)
    }
  }

  @Test("an address is deleted by the settings that are the same address", arguments: examples)
  func deleted(example: Example) async throws {
    try await withPair { socket, link in
      var settings = AddressSettings(example.prefix, linkIndex: link)
      example.set(&settings)
      try socket.addAddress(settings)
      var other = AddressSettings(example.prefix, linkIndex: link)
      other[.address] = settings[.address]
      try socket.deleteAddress(other)
      try Self.check(&socket, [])
    }
  }
}
