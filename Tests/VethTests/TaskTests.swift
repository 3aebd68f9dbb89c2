import Netlink
import RTNetlink
import SystemCalls
import TestSupport
import Testing
import Veth

/// One example for each task, in a namespace of its own; the container is a process that sleeps in another one.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct TaskTests {
  private func withContainer(_ body: @Sendable (Int32) throws -> Void) async throws {
    let sleeper = try await PrivateNamespace.run { try Sleeper() }
    try await PrivateNamespace.run { try body(sleeper.pid) }
  }

  private static func pair(_ process: Int32, mtu: UInt32) throws -> VethPair {
    let host = try PairEnd("web0", in: .current())
    host.settings.isUp = true
    let guest = try PairEnd("eth0", in: .open(pid: process))
    guest.settings[.mtu] = mtu
    guest.settings.isUp = true
    guest.addresses = [EndAddress("10.0.0.2/24")]
    return VethPair(host, peer: guest)
  }

  private static func expect(_ outcome: VethPair.Outcome, _ words: String) { #expect("\(outcome)" == words) }

  @Test("create a pair, or change the one that exists")
  func ensure() async throws {
    try await withContainer { process in
      try Self.expect(Self.pair(process, mtu: 1400).dryRun(), "created")
      try Self.expect(Self.pair(process, mtu: 1400).ensure(), "created")
      try Self.expect(Self.pair(process, mtu: 1400).ensure(), "unchanged")
      try Self.expect(Self.pair(process, mtu: 512).dryRun(), "changed mtu")
      try Self.expect(Self.pair(process, mtu: 512).ensure(), "changed mtu")
      let error = #expect(throws: PairError.self) { try Self.pair(process, mtu: 1400).create() }
      #expect(error.map { "\($0)" } == "web0: add: File exists")
    }
  }

  @Test("a value that the kernel would refuse is refused by the plan too")
  func outOfRange() async throws {
    try await withContainer { process in
      for isDryRun in [true, false] {
        let pair = try Self.pair(process, mtu: 99999)
        let error = #expect(throws: PairError.self) { isDryRun ? try pair.dryRun() : try pair.ensure() }
        #expect(error.map { "\($0)" } == "eth0: mtu 99999: Numerical result out of range (maximum 65535)")
      }
      var kernel = try NetlinkSocket.open(.route)
      #expect(try kernel.index(of: "web0") == nil)
    }
  }

  @Test("a change that fails is undone, with the label, scope and metric of an address")
  func undo() async throws {
    try await withContainer { process in
      _ = try Self.pair(process, mtu: 1400).ensure()
      var kernel = try NetlinkSocket.open(.route)
      let index = try #require(try kernel.index(of: "web0"))
      var address = AddressSettings("10.1.0.1/24", linkIndex: index)
      address[.label] = "web0:old"
      address[.metric] = 77
      address[.broadcast] = "10.1.0.255"
      try kernel.addAddress(address)
      let before = try kernel.collectAddresses(ofLink: index) { AddressSettings($0) }

      let host = try PairEnd("web0", in: .current())
      host.settings[.mtu] = 1300
      host.addresses = [EndAddress("10.1.0.1/25"), EndAddress("224.0.0.1/24"), EndAddress("::1/128")]
      let pair = VethPair(host, peer: try PairEnd("eth0", in: .open(pid: process)))
      let error = #expect(throws: PairError.self) { try pair.ensure() }
      #expect(error.map { "\($0)" }?.hasSuffix("\nThe changes were undone.") == true, "\(String(describing: error))")
      let after = try kernel.collectAddresses(ofLink: index) { AddressSettings($0) }
      #expect(Self.essence(after) == Self.essence(before))
      var mtu: UInt32? = nil
      try kernel.withLink(.index(index)) { mtu = $0[.mtu] }
      #expect(mtu != 1300)
    }
  }

  /// Addresses without the times of their creation and change.
  private static func essence(_ addresses: [AddressSettings]) -> Set<AddressSettings> {
    Set(
      addresses.map { address in
        var address = address
        address[.lifetime] = nil
        return address
      })
  }

  @Test("find the peer, and the processes in its namespace")
  func survey() async throws {
    try await withContainer { process in
      try Self.pair(process, mtu: 1400).create()
      var kernel = try NetlinkSocket.open(.route)
      let survey = try PairSurvey(on: &kernel)
      let namespaces = try NamespaceSurvey(survey.netnsIDs, on: &kernel)
      let pair = try #require(survey.pairs.first)
      #expect(survey.pairs.count == 1 && pair.hasPeer && !survey.mayBeInconsistent)
      survey.withOwn(pair) { #expect($0[.name] == "web0") }
      survey.withPeer(pair) { #expect($0[.name] == "eth0") }
      let id = try #require(pair.peerNetnsID)
      #expect(namespaces[id]?.processes == [process])
      let found = try #require(try NamespaceSurvey.open(id: id))
      #expect(found.inode == (try Namespace.open(pid: process)).inode)
    }
  }

  @Test("a namespace that is going has no name and no processes")
  func goingNamespace() async throws {
    try await PrivateNamespace.run {
      // The kernel reports the id -1 for it, which every namespace without an id has.
      var kernel = try NetlinkSocket.open(.route)
      let entry = try #require(try NamespaceSurvey([-1], on: &kernel)[-1])
      #expect(entry.name == nil && entry.processes.isEmpty)
    }
  }

  @Test("attach a container to a bridge, and detach it")
  func attach() async throws {
    try await withContainer { process in
      var kernel = try NetlinkSocket.open(.route)
      var bridge = LinkSettings(name: "br0")
      bridge.set(kind: Bridge.kind)
      bridge.isUp = true
      try kernel.createLink(bridge)
      let container = try Namespace.open(pid: process)
      let attachment = try Attachment(to: container)
      attachment.bridge = "br0"
      attachment.addresses = ["10.0.0.2/24"]
      attachment.gateways = ["10.0.0.1"]
      let links = try attachment.make()
      #expect(links.hostName == "veth0" && links.hostIndex > 0 && links.index > 0)
      // The announcement of the addresses leaves no setting of the container's behind.
      for file in ["ipv4/conf/eth0/arp_notify", "ipv6/conf/eth0/ndisc_notify"] {
        var value: [UInt8] = []
        try container.run { () throws(NetlinkError) in
          do throws(Errno) {
            let file = try FileDescriptor.open(reading: Array("/proc/sys/net/\(file)".utf8))
            _ = try file.readSome(into: &value, atMost: 16)
          } catch { throw .systemCall("open", error) }
        }
        #expect(value == Array("0\n".utf8), "\(file)")
      }
      #expect(try Attachment.remove(from: container))
      #expect(try !Attachment.remove(from: container))
      #expect(try kernel.index(of: "veth0") == nil)
    }
  }

  @Test("delete many at once")
  func delete() async throws {
    try await PrivateNamespace.run {
      var kernel = try NetlinkSocket.open(.route)
      let names = (0..<20).map { LinkName("many\($0)")! }
      for name in names {
        try VethPair(PairEnd(name, in: .current()), peer: PairEnd(LinkName("peer-\(name)")!, in: .current())).create()
      }
      let refusals = LinkDeletion.delete(names + ["lo", "many0"], ofKind: "veth", on: &kernel)
      #expect(refusals.map(\.name) == ["lo"])
      guard case .otherKind = try #require(refusals.first).reason else { throw Missing() }
      for name in names { #expect(try kernel.index(of: name) == nil) }
    }
  }

  @Test("wait for a link")
  func wait() async throws {
    try await withContainer { process in
      let arrival = try LinkWait(for: "eth0", toBe: .hasAddress, in: .open(pid: process))
      #expect(try !arrival.wait(milliseconds: 0))
      try Self.pair(process, mtu: 1400).create()
      #expect(try arrival.wait(milliseconds: nil))
      #expect(try LinkWait(for: "eth0", toBe: .gone, in: .current()).wait(milliseconds: 0))
    }
  }

  @Test("the thread stays in its namespace, whatever happens in another one")
  func namespaceOfThread() async throws {
    try await withContainer { process in
      let own = try Namespace.current().inode
      let container = try Namespace.open(pid: process)
      let inside = try container.run { () throws(NetlinkError) in try Namespace.current().inode }
      #expect(inside == container.inode && inside != own)
      let file = try Namespace.open(path: "/proc/self/comm")
      #expect(throws: NetlinkError.self) { try file.run { () throws(NetlinkError) in } }
      #expect(try Namespace.current().inode == own)
    }
  }
}
