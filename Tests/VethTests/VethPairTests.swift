import CMnl
import Netlink
import RTNetlink
import TestSupport
import Testing

@testable import Veth

/// A pair is created as a whole or not at all, in private namespaces.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct VethPairTests {
  @Test("both ends have all settings, whether the kernel takes them at creation or later")
  func create() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      let own = try laboratory.hostEnd { end in
        end.settings.index = 70
        end.settings[.mtu] = 1400
        end.settings[.alias] = "own end"
        end.settings[.group] = 7
        end.settings[.addressGenerationMode] = .random
        end.settings[.address] = "02:00:00:00:00:01"
        end.settings[.transmitQueues] = 3
        end.settings.alternativeNames = ["left", "a-name-longer-than-fifteen"]
        end.settings.isUp = true
        end.master = "br0"
        end.addresses = ["10.0.0.1/24", EndAddress("fd00::1/64", skipsDetection: true)]
      }
      let peer = try laboratory.guestEnd { end in
        end.settings.index = 90
        end.settings[.alias] = "peer"
        end.settings[.addressGenerationMode] = AddressGenerationMode.none
        end.settings.set(.noARP, to: true, keyword: "arp")
        end.settings.alternativeNames = ["right"]
        end.settings.isUp = true
        end.addresses = ["10.0.0.2/24"]
      }
      try VethPair(own, peer: peer).create()
      #expect((own.index, peer.index) == (70, 90))

      var host = try laboratory.host()
      var guest = try laboratory.guest()
      let bridge = try host.index(of: "br0")
      let unmet = try host.withLink("web0") { link in
        #expect(link[.master] == bridge && link[.linkIndex] == 90 && link.alternativeNames.count == 2)
        return own.settings.unmet(by: link).map(\.description)
      }
      #expect(unmet == [])
      let peerUnmet = try guest.withLink("eth0") { link in
        #expect(link[.linkIndex] == 70 && link.alternativeNames == ["right"] && link[.group] == 0)
        return peer.settings.unmet(by: link).map(\.description)
      }
      #expect(peerUnmet == [])
      #expect(try host.prefixes(of: "web0") == ["10.0.0.1/24", "fd00::1/64"])
      #expect(try guest.prefixes(of: "eth0") == ["10.0.0.2/24"])
    }
  }

  @Test("a pair in one namespace, or with its own end in the container")
  func namespaces() async throws {
    try await Laboratory.run { laboratory in
      try VethPair(laboratory.hostEnd("a0"), peer: laboratory.hostEnd("a1")).create()
      try VethPair(laboratory.guestEnd("b0"), peer: laboratory.hostEnd("b1")).create()
      try VethPair(laboratory.guestEnd("c0"), peer: laboratory.guestEnd("c1")).create()
      var host = try laboratory.host()
      var guest = try laboratory.guest()
      #expect(try host.names() == ["a0", "a1", "b1", "lo"] && guest.names() == ["b0", "c0", "c1", "lo"])
      for pair in [("a0", "a1"), ("a1", "a0")] as [(LinkName, LinkName)] {
        #expect(try host.withLink(.name(pair.0)) { $0[.linkIndex] } == host.index(of: pair.1))
      }
    }
  }

  @Test("the kernel numbers a name that is a pattern, of either end")
  func patterns() async throws {
    try await Laboratory.run { laboratory in
      for number in 0..<3 {
        let own = try laboratory.hostEnd("web%d") { $0.settings[.alias] = "own \(number)" }
        let peer = try laboratory.guestEnd("eth%d") { end in
          end.settings[.alias] = "peer \(number)"
          end.settings.isUp = true
        }
        try VethPair(own, peer: peer).create()
        #expect(own.isNamedByKernel && own.name == LinkName("web\(number)"))
        var guest = try laboratory.guest()
        #expect(
          try guest.withLink(.index(peer.index)) { "\($0.name) \($0[.alias] ?? "")" } == "eth\(number) peer \(number)")
      }
    }
  }

  @Test("no marker is left: the groups are those of the settings, and a MAC address was given at creation")
  func marker() async throws {
    try await Laboratory.run { laboratory in
      let own = try laboratory.hostEnd { $0.settings[.group] = 5 }
      let peer = try laboratory.guestEnd()
      try VethPair(own, peer: peer).create()
      var host = try laboratory.host()
      var guest = try laboratory.guest()
      #expect(try host.withLink("web0") { $0[.group] } == 5 && guest.withLink("eth0") { $0[.group] } == 0)
      let addresses = [try host.withLink("web0") { $0[.address] }, try guest.withLink("eth0") { $0[.address] }]
      #expect(Set(addresses).count == 2 && addresses.allSatisfy { $0??.isValidForEthernet == true })
    }
  }

  /// A setting that makes the creation fail, and the beginning of the sentence.
  struct Failing: Sendable, CustomTestStringConvertible {
    let sentence: String
    let isOfPeer: Bool
    let set: @Sendable (PairEnd) -> Void

    var testDescription: String { sentence }

    init(_ sentence: String, isOfPeer: Bool = false, _ set: @escaping @Sendable (PairEnd) -> Void) {
      self.sentence = sentence
      self.isOfPeer = isOfPeer
      self.set = set
    }
  }

  static let failures = [
    Failing("web0: mtu 67: Numerical result out of range (minimum 68)") { $0.settings[.mtu] = 67 },
    Failing("eth0: mtu 65536: Numerical result out of range (maximum 65535)", isOfPeer: true) {
      $0.settings[.mtu] = 65536
    },
    Failing("web0: address ff:ff:ff:ff:ff:ff: Cannot assign requested address") {
      $0.settings[.address] = "ff:ff:ff:ff:ff:ff"
    },
    Failing("eth0: address 02: Cannot assign requested address", isOfPeer: true) { $0.settings[.address] = "02" },
    Failing("web0: gso_max_size: ") { $0.settings[.gsoMaxSize] = 1 },
    // The kernel blames no attribute.
    Failing("web0: add: ") { $0.settings[.transmitQueues] = 0 },
    Failing("web0: master br9: Cannot find device \"br9\"\nThe pair was removed again.") { $0.master = "br9" },
    Failing("eth0: master lo: ", isOfPeer: true) { $0.master = "lo" },
    Failing("eth0: addr 127.0.0.1/33: ", isOfPeer: true) {
      $0.addresses = ["10.0.0.2/24", EndAddress(IPPrefix(address: "127.0.0.1", length: 33))]
    },
    Failing("web0: addr ::1/128: ") { $0.addresses = ["10.0.0.2/24", "::1/128"] },
    Failing("eth0: altname: ", isOfPeer: true) { $0.settings.alternativeNames = ["web0", "eth0"] },
    Failing("eth0: altname eth0: ", isOfPeer: true) { $0.settings.alternativeNames = ["eth0"] },
    Failing("web0: alias ") { $0.settings[.alias] = String(repeating: "a", count: 300) },
    Failing("web0: addrgenmode 9: ") { $0.settings[.addressGenerationMode] = AddressGenerationMode(rawValue: 9) },
    Failing("web0: add: ") { $0.settings.index = 1 },
  ]

  @Test(
    "where a step fails, nothing is left, and the sentence has the end, the step and the reason", arguments: failures)
  func fails(failing: Failing) async throws {
    try await Laboratory.run { laboratory in
      let before = try laboratory.state()
      let (own, peer) = (try laboratory.hostEnd(), try laboratory.guestEnd())
      failing.set(failing.isOfPeer ? peer : own)
      let reason = try sentence { try VethPair(own, peer: peer).create() }
      #expect(reason?.hasPrefix(failing.sentence) == true, "\(reason ?? "no error")")
      try laboratory.expectUnchanged(since: before)
    }
  }

  @Test("a name that is taken, of either end, is refused, and the link with the name stays", arguments: [true, false])
  func taken(isOwn: Bool) async throws {
    try await Laboratory.run { laboratory in
      var host = try laboratory.host()
      var guest = try laboratory.guest()
      if isOwn { try host.makePair("web0", "other") } else { try guest.makePair("eth0", "other") }
      let before = try laboratory.state()
      let error = #expect(throws: PairError.self) {
        try VethPair(laboratory.hostEnd(), peer: laboratory.guestEnd()).create()
      }
      #expect(error?.errno == .fileExists && error.map { "\($0.end)" } == (isOwn ? "web0" : "eth0"))
      try laboratory.expectUnchanged(since: before)
    }
  }
}
