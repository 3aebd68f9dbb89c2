import Netlink
import RTNetlink
import TestSupport
import Testing

// By its name, because the module Testing has another one, and the module Veth is hidden by the enum.
import class Veth.Attachment

@testable import Veth

/// An attachment is the network of a container, made as a whole or not at all.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct AttachmentTests {
  private static let notifications = ["ipv4/conf/eth0/arp_notify", "ipv6/conf/eth0/ndisc_notify"]

  /// An attachment to the bridge br0 with addresses of both families and their routers.
  private static func attachment(_ laboratory: Laboratory) throws(NetlinkError) -> Attachment {
    let attachment = try Attachment(to: laboratory.container)
    attachment.bridge = "br0"
    attachment.addresses = ["10.0.0.2/24", "fd00::2/64"]
    attachment.gateways = ["10.0.0.1", "fd00::1"]
    return attachment
  }

  @Test("the container has a link with the addresses and default routes, and the other end is in the bridge")
  func make() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge(mtu: 1400)
      let attachment = try Self.attachment(laboratory)
      attachment.address = "02:00:00:00:00:05"
      let links = try attachment.make()
      #expect(links.hostName == "veth0")

      var host = try laboratory.host()
      var guest = try laboratory.guest()
      let bridge = try host.index(of: "br0")
      let own = try host.withLink("veth0") { ($0.index, $0[.master], $0[.mtu], $0.flags.contains(.up), $0[.group]) }
      #expect(try #require(own) == (links.hostIndex, bridge, 1400, true, 0))
      let peer = try guest.withLink("eth0") { ($0.index, $0[.mtu], $0.flags.contains(.up), $0[.address], $0[.group]) }
      #expect(try #require(peer) == (links.index, 1400, true, "02:00:00:00:00:05", 0))
      #expect(try guest.withLink("lo") { $0.flags.contains(.up) } == true)
      #expect(try guest.prefixes(of: "eth0") == ["10.0.0.2/24", "fd00::2/64"])
      // An IPv6 address is usable at once.
      let flags = try guest.collectAddresses(ofLink: links.index) { $0.prefix == "fd00::2/64" ? $0.flags : nil }
      #expect(flags.count == 1 && flags.allSatisfy { $0.isDisjoint(with: .tentative) })
      // Destination and router of the default route, as hexadecimal numbers in the machine's order.
      let routes = try laboratory.state().filter {
        $0.hasPrefix("container: route") && $0.contains("\"00000000\", \"0100000A\"")
      }
      #expect(routes.count == 1)
      let prefix = "\(String(repeating: "0", count: 32)) 00"
      let ipv6Routes = try laboratory.ipv6Routes().filter {
        $0.hasPrefix(prefix) && $0.contains("fd000000000000000000000000000001")
      }
      #expect(!ipv6Routes.isEmpty)
    }
  }

  @Test("the announcement of the addresses leaves the settings of the container as they were", arguments: ["0", "1"])
  func notifications(value: String) async throws {
    try await Laboratory.run { laboratory in
      // A new link takes the default settings.
      for path in ["ipv4/conf/default/arp_notify", "ipv6/conf/default/ndisc_notify"] {
        try laboratory.set(path, to: value)
      }
      try laboratory.makeBridge()
      _ = try Self.attachment(laboratory).make()
      for path in Self.notifications { #expect(try laboratory.setting(path) == value, "\(path)") }
    }
  }

  @Test("the addresses are announced: a neighbor on the bridge that may learn from announcements does")
  func announcement() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      try VethPair(
        laboratory.hostEnd("n0") { end in
          end.settings.isUp = true
          end.master = "br0"
        },
        peer: laboratory.hostEnd("n1") { end in
          end.settings.isUp = true
          end.addresses = ["10.0.0.9/24"]
        }
      ).create()
      try laboratory.set("ipv4/conf/n1/arp_accept", to: "1", in: .current())
      var host = try laboratory.host()
      let neighbor = try #require(try host.index(of: "n1"))
      // RTNLGRP_NEIGH.
      var events = try EventSocket.open(.route, EventGroups(number: 3))
      let attachment = try Self.attachment(laboratory)
      attachment.address = "02:00:00:00:00:05"
      _ = try attachment.make()
      var isLearned = false
      while try !isLearned && events.wait(milliseconds: 10_000) {
        try events.read { message, _ in
          // RTM_NEWNEIGH: struct ndmsg, NDA_DST and NDA_LLADDR of linux/neighbour.h.
          guard message.type == 28, message.payload.load(at: 4, as: Int32.self) == neighbor else { return }
          let attributes = message.attributes(after: 12)
          let address = attributes.last(1)?.value(as: IPAddress.self)
          let hardware = attributes.last(2)?.value(as: HardwareAddress.self)
          if address == "10.0.0.2", hardware == "02:00:00:00:00:05" { isLearned = true }
        }
      }
      #expect(isLearned)
    }
  }

  @Test("a router outside of the container's networks is reached on the link")
  func onLink() async throws {
    try await Laboratory.run { laboratory in
      let attachment = try Attachment(to: laboratory.container, name: "net1")
      attachment.hostName = "host1"
      attachment.addresses = ["10.0.0.2/32"]
      attachment.gateways = ["169.254.1.1"]
      attachment.mtu = 1300
      let links = try attachment.make()
      #expect(links.hostName == "host1")
      var host = try laboratory.host()
      var guest = try laboratory.guest()
      #expect(try host.withLink("host1") { $0[.mtu] } == 1300 && guest.withLink("net1") { $0[.mtu] } == 1300)
      #expect(try host.withLink("host1") { $0[.master] ?? 0 } == 0)
    }
  }

  /// A step that fails, and the beginning of the sentence.
  struct Failing: Sendable, CustomTestStringConvertible {
    let sentence: String
    let set: @Sendable (Attachment) -> Void

    var testDescription: String { sentence }

    init(_ sentence: String, _ set: @escaping @Sendable (Attachment) -> Void) {
      self.sentence = sentence
      self.set = set
    }
  }

  static let failures = [
    Failing("veth%d: bridge br9: Cannot find device \"br9\"") { $0.bridge = "br9" },
    Failing("veth0: master lo: ") {
      $0.bridge = "lo"
      $0.mtu = 1500
    },
    Failing("eth0: addr ::1/128: ") { $0.addresses.append("::1/128") },
    Failing("eth0: gateway 10.0.0.3: File exists") { $0.gateways = ["10.0.0.1", "10.0.0.3"] },
    Failing("eth0: gateway 0.0.0.0: ") { $0.gateways = ["0.0.0.0", "0.0.0.1"] },
    Failing("veth%d: mtu 1: Numerical result out of range (minimum 68)") { $0.mtu = 1 },
    Failing("eth0: address 01:00:00:00:00:01: ") { $0.address = "01:00:00:00:00:01" },
    Failing("br0: add: File exists") { $0.hostName = "br0" },
  ]

  @Test("where a step fails, nothing is left", arguments: failures)
  func fails(failing: Failing) async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      let before = try laboratory.state()
      let attachment = try Self.attachment(laboratory)
      failing.set(attachment)
      let reason = try sentence { try attachment.make() }
      #expect(reason?.hasPrefix(failing.sentence) == true, "\(reason ?? "no error")")
      try laboratory.expectUnchanged(since: before)
    }
  }

  @Test("an attachment is removed by the name of the link, or by the attachment; another link is not")
  func remove() async throws {
    try await Laboratory.run { laboratory in
      try laboratory.makeBridge()
      let before = try laboratory.state()
      let attachment = try Self.attachment(laboratory)
      _ = try attachment.make()
      #expect(try Attachment.remove(from: laboratory.container))
      #expect(try !Attachment.remove(from: laboratory.container))
      #expect(try !Attachment.remove("lo", from: laboratory.container))
      // What was made is gone already: no error.
      #expect(attachment.remove() == nil)

      let other = try Self.attachment(laboratory)
      _ = try other.make()
      #expect(other.remove() == nil)
      // The loopback interface stays up.
      let changes = try laboratory.changes(since: before).filter { !$0.contains(" lo ") }
      #expect(changes == [])
    }
  }

  @Test("a namespace that cannot be entered is an error")
  func noNamespace() async throws {
    try await PrivateNamespace.run {
      let file = try Namespace.open(path: "/dev/null")
      let error = failure { () throws(NetlinkError) in _ = try Attachment(to: file) }
      #expect(error == "setns: errno 22")
      let removal = failure { () throws(NetlinkError) in _ = try Attachment.remove(from: file) }
      #expect(removal == "setns: errno 22")
    }
  }
}
