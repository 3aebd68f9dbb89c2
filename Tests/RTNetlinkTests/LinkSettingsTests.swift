import CMnl
import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// The settings of a link are a value: a list of settings, in the order in which they were made.
@Suite struct LinkSettingsTests {
  /// The keywords of the settings, in order.
  static func keywords(_ settings: [LinkSettings.Setting]) -> [String] { settings.map { "\($0.keyword)" } }

  @Test("nothing is set at first", arguments: LinkFact.all)
  func empty(fact: LinkFact) {
    let settings = LinkSettings()
    #expect(fact.isSet(settings) == nil)
    #expect(settings.isEmpty && settings.settings.isEmpty && settings.name == nil && settings.kind == nil)
    #expect(settings.index == nil && settings.peer == nil && settings.isUp == nil && settings.alternativeNames == [])
  }

  @Test("every property can be set and read", arguments: LinkFact.all)
  func set(fact: LinkFact) {
    var settings = LinkSettings()
    fact.set(&settings)
    #expect(fact.isSet(settings) == true)
    #expect(settings.settings.count == 1 && !settings.isEmpty)
    for other in LinkFact.all where other.name != fact.name { #expect(other.isSet(settings) == nil) }
  }

  @Test("a nil removes a setting, and only that one")
  func remove() {
    var settings = LinkSettings()
    for fact in LinkFact.all { fact.set(&settings) }
    settings[.mtu] = nil
    #expect(settings[.mtu] == nil && settings.settings.count == LinkFact.all.count - 1)
    settings[.mtu] = nil
    settings[.addressGenerationMode] = nil
    #expect(settings[.addressGenerationMode] == nil && settings.settings.count == LinkFact.all.count - 2)
  }

  @Test("settings keep their order; a setting that is made again keeps its place")
  func order() {
    var settings = LinkSettings(name: "v0")
    settings[.mtu] = 1400
    settings[.group] = 5
    settings.isUp = true
    settings[.addressGenerationMode] = AddressGenerationMode.none
    settings[.mtu] = 1300
    #expect(Self.keywords(settings.settings) == ["name", "mtu", "group", "up", "addrgenmode"])
    #expect(settings[.mtu] == 1300)
    // A flag goes to the end.
    settings.isUp = false
    #expect(Self.keywords(settings.settings) == ["name", "mtu", "group", "addrgenmode", "down"])
    settings[.mtu] = nil
    settings[.mtu] = 1200
    #expect(Self.keywords(settings.settings) == ["name", "group", "addrgenmode", "down", "mtu"])
  }

  @Test("a name may be longer than that of an interface, and set by the property too")
  func name() {
    var settings = LinkSettings(name: "a-name-longer-than-fifteen")
    #expect(settings.name == "a-name-longer-than-fifteen" && settings[.name] == nil)
    settings[.name] = "v0"
    #expect(settings.name == "v0" && settings.settings.count == 1)
    settings.name = nil
    #expect(settings.isEmpty)
  }

  @Test("flags are set and cleared, and nil leaves them")
  func flags() {
    var settings = LinkSettings()
    settings.isUp = true
    #expect(settings.isUp == true && settings.settings.first?.isUp == true)
    settings.isUp = false
    #expect(settings.isUp == false && settings.settings.first?.isUp == false)
    settings.set(.noARP, to: true, keyword: "arp")
    settings.isUp = nil
    #expect(settings.isUp == nil && Self.keywords(settings.settings) == ["arp"])
    settings.set(.noARP, to: nil)
    #expect(settings.isEmpty)
  }

  @Test("an attribute of a kind sets the kind")
  func kinds() {
    var settings = LinkSettings()
    settings[Bridge.ageingTime] = 30000
    #expect(settings.kind == "bridge" && settings[Bridge.ageingTime] == 30000)
    #expect(settings[Bridge.helloTime] == nil && settings[BridgePort.cost] == nil)
    #expect(Self.keywords(settings.settings) == ["type", "ageing_time"])
    settings[BridgePort.cost] = 7
    #expect(settings.kind == "bridge" && settings[BridgePort.cost] == 7)
    settings[Bridge.ageingTime] = nil
    settings[BridgePort.cost] = nil
    // The kind stays, and is removed by itself: the kind and the kind of the port.
    #expect(Self.keywords(settings.settings) == ["type", "type"])
    settings.removeKind()
    #expect(settings.isEmpty)

    settings[VLAN.id] = nil
    #expect(settings.isEmpty)
    settings.set(kindNamed: Array("ifb".utf8))
    #expect(settings.kind == "ifb")
    settings.set(kind: Dummy.kind)
    #expect(settings.kind == "dummy" && settings.settings.count == 1)
  }

  @Test("a peer is a value inside, and sets the kind")
  func peer() {
    var settings = LinkSettings(name: "v0")
    settings.peer = LinkSettings(name: "v1")
    settings.peer?[.mtu] = 1400
    #expect(settings.kind == "veth" && settings.peer?.name == "v1" && settings.peer?[.mtu] == 1400)
    #expect(settings[.mtu] == nil && settings.peer?.peer == nil)
    var copy = settings
    copy.peer?[.mtu] = 1300
    #expect(settings.peer?[.mtu] == 1400)
    settings.peer = nil
    #expect(settings.peer == nil && settings.kind == "veth")
    var other = LinkSettings()
    other.index = 7
    #expect(!other.isEmpty)
    other = LinkSettings()
    other.alternativeNames = ["a"]
    #expect(!other.isEmpty)
  }

  @Test("a setting is text, without the value where the value has no plain form")
  func text() {
    var settings = LinkSettings(name: "v0")
    settings[.mtu] = 1400
    settings[.alias] = "a b"
    settings[.address] = "02:00:00:00:00:01"
    settings.isUp = true
    settings[.addressGenerationMode] = AddressGenerationMode.none
    settings[Bridge.ageingTime] = 30000
    settings[Bridge.queryInterval] = 1
    #expect(
      settings.settings.map(\.description) == [
        "name v0", "mtu 1400", "alias a b", "address 02:00:00:00:00:01", "up", "addrgenmode none", "type bridge",
        "ageing_time 30000", "mcast_query_interval",
      ])
    #expect(LinkSettings().description == "")
    var pair = LinkSettings(name: "v0")
    pair.index = 7
    pair.alternativeNames = ["a", "b"]
    pair.peer = LinkSettings(name: "v1")
    #expect(pair.description == "name v0 type veth index 7 altname a altname b peer name v1")
  }

  @Test("settings are equal where all are, in the same order")
  func equality() {
    func settings(_ set: (inout LinkSettings) -> Void = { _ in }) -> LinkSettings {
      var settings = LinkSettings(name: "v0", kind: Veth.kind)
      settings[.mtu] = 1400
      settings.isUp = true
      set(&settings)
      return settings
    }
    let others = [
      settings { $0[.mtu] = 1300 }, settings { $0[.mtu] = nil }, settings { $0.isUp = false },
      settings { $0.index = 7 },
      settings { $0.alternativeNames = ["a"] }, settings { $0.peer = LinkSettings(name: "v1") },
      settings { $0.name = "v1" }, settings { $0.set(.noARP, to: true) }, LinkSettings(),
      settings {
        $0[.mtu] = nil
        $0[.mtu] = 1400
      },
    ]
    #expect(settings() == settings() && !others.contains(settings()))
    for (position, other) in others.enumerated() { #expect(others.firstIndex(of: other) == position) }
    var literal = LinkSettings(name: "v0", kind: "veth")
    literal[.mtu] = 1400
    literal.isUp = true
    #expect(literal == settings())
  }

  // MARK: - Before and after creation

  private static func all(_ name: LinkName) -> LinkSettings {
    var settings = LinkSettings(name: name)
    settings.index = 7
    settings[.mtu] = 1400
    settings[.alias] = "text"
    settings.alternativeNames = ["a", "b"]
    settings.set(.noARP, to: true, keyword: "arp")
    settings.isUp = true
    settings[.master] = 4
    settings[.addressGenerationMode] = AddressGenerationMode.none
    settings[.namespaceDescriptor] = 5
    return settings
  }

  @Test("of a link, alias, addrgenmode and alternative names need a second request")
  func creation() {
    let settings = Self.all("v0")
    let first = settings.atCreation(isPeer: false)
    #expect(Self.keywords(first.settings) == ["name", "mtu", "arp", "up", "master", "netns"])
    #expect(first.index == 7 && first.alternativeNames.isEmpty)
    let second = settings.afterCreation(isPeer: false)
    #expect(Self.keywords(second.settings) == ["alias", "addrgenmode"])
    #expect(second.index == nil && second.alternativeNames == ["a", "b"])
  }

  @Test("of a peer, the master and the state need a second request too")
  func peerCreation() {
    let settings = Self.all("v1")
    let first = settings.atCreation(isPeer: true)
    #expect(Self.keywords(first.settings) == ["name", "mtu", "arp", "netns"])
    #expect(first.index == 7 && first.alternativeNames.isEmpty)
    let second = settings.afterCreation(isPeer: true)
    #expect(Self.keywords(second.settings) == ["alias", "up", "master", "addrgenmode"])
    #expect(second.alternativeNames == ["a", "b"])
    // Down is what the kernel makes of a new link.
    var down = LinkSettings()
    down.isUp = false
    #expect(Self.keywords(down.atCreation(isPeer: true).settings) == ["down"])
    #expect(down.afterCreation(isPeer: true).isEmpty)
  }

  @Test("the number of queues is set at creation only")
  func creationOnly() {
    var settings = LinkSettings()
    for fact in LinkFact.all { fact.set(&settings) }
    let only = settings.settings.filter(\.isCreationOnly)
    #expect(Self.keywords(only) == ["numtxqueues", "numrxqueues"])
  }
}

/// Settings are compared with a link, attribute by attribute.
@Suite struct LinkComparisonTests {
  /// Calls `body` with the captured port v0: mtu 1400, up, alias, group 7, master 2, addrgenmode eui64.
  private static func withPort(_ body: (borrowing Link) -> Void) {
    var count = 0
    for section in Captures.links.sections {
      forEachLink(in: section.bytes) { link in
        guard link.index == 4 else { return }
        body(link)
        count += 1
      }
    }
    #expect(count == 1)
  }

  /// A setting, and whether the port has it.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let isMet: Bool
    let set: @Sendable (inout LinkSettings) -> Void

    init(_ description: String, isMet: Bool, _ set: @escaping @Sendable (inout LinkSettings) -> Void) {
      testDescription = description
      self.isMet = isMet
      self.set = set
    }
  }

  static let rows = [
    Row("the same MTU", isMet: true) { $0[.mtu] = 1400 },
    Row("another MTU", isMet: false) { $0[.mtu] = 1500 },
    Row("the same name", isMet: true) { $0.name = "v0" },
    Row("another name", isMet: false) { $0.name = "v00" },
    Row("the same address", isMet: true) { $0[.address] = "02:00:00:00:00:01" },
    Row("another address", isMet: false) { $0[.address] = "02:00:00:00:00:02" },
    Row("the same group", isMet: true) { $0[.group] = 7 },
    Row("no group", isMet: false) { $0[.group] = 0 },
    Row("the same alias, without the NUL of the kernel", isMet: true) {
      $0.set(Property<Link, String>.alias.path, Array("left ".utf8) + [0xff] + Array(" end".utf8), "alias")
    },
    Row("the same alias, with a NUL", isMet: true) {
      $0.set(Property<Link, String>.alias.path, Array("left ".utf8) + [0xff] + Array(" end\0".utf8), "alias")
    },
    Row("a part of the alias", isMet: false) { $0[.alias] = "left" },
    Row("no alias", isMet: false) { $0[.alias] = "" },
    Row("the same nested addrgenmode", isMet: true) { $0[.addressGenerationMode] = .eui64 },
    Row("another nested addrgenmode", isMet: false) { $0[.addressGenerationMode] = AddressGenerationMode.none },
    Row("the same master", isMet: true) { $0[.master] = 2 },
    Row("no master", isMet: false) { $0[.master] = 0 },
    Row("a missing attribute counts as zero", isMet: true) { $0[.linkNetnsID] = 0 },
    Row("a missing attribute is not one", isMet: false) { $0[.linkNetnsID] = 1 },
    Row("up", isMet: true) { $0.isUp = true },
    Row("down", isMet: false) { $0.isUp = false },
    Row("promiscuous mode", isMet: false) { $0.set(.promiscuous, to: true, keyword: "promisc") },
    Row("no promiscuous mode", isMet: true) { $0.set(.promiscuous, to: false, keyword: "promisc") },
    Row("several flags, one of which differs", isMet: false) { $0.set([.up, .noARP], to: true, keyword: "arp") },
    Row("the kind", isMet: true) { $0.set(kind: Veth.kind) },
    Row("another kind", isMet: false) { $0.set(kind: Dummy.kind) },
    Row("the kind of the master", isMet: true) { $0.set(kind: BridgePort.kind) },
    Row("the same cost as a port", isMet: true) { $0[BridgePort.cost] = 2 },
    Row("another cost as a port", isMet: false) { $0[BridgePort.cost] = 3 },
    Row("no reason for protodown", isMet: true) { $0.setProtocolDownReason(3, to: false) },
    Row("a reason for protodown", isMet: false) { $0.setProtocolDownReason(3, to: true) },
  ]

  @Test("whether a link has a setting", arguments: rows)
  func met(row: Row) {
    var settings = LinkSettings()
    row.set(&settings)
    let last = settings.settings.count - 1
    Self.withPort { link in
      #expect(settings.settings[last].isMet(by: link) == row.isMet)
      #expect(settings.met(by: link).count + settings.unmet(by: link).count == settings.settings.count)
      #expect(settings.unmet(by: link).contains { $0.description == settings.settings[last].description } != row.isMet)
    }
  }

  @Test("of the options of a bridge that share an attribute, only those that are set are compared")
  func bridgeOptions() {
    var answers: [Bool] = []
    for section in Captures.links.sections {
      forEachLink(in: section.bytes) { link in
        guard link.index == 2 else { return }
        let off = BridgeOptions(.noLinkLocalLearning, isOn: false)
        for options in [
          off, off.union(BridgeOptions(.multicastVLANSnooping, isOn: false)),
          BridgeOptions(.noLinkLocalLearning, isOn: true),
          off.union(BridgeOptions(.multicastVLANSnooping, isOn: true)),
        ] {
          var settings = LinkSettings()
          settings[Bridge.options] = options
          answers.append(settings.unmet(by: link).isEmpty)
          #expect(settings.restoring(link).unmet(by: link).isEmpty)
        }
      }
    }
    #expect(answers == [true, true, false, false])
  }

  @Test("the unmet settings are in the order of the settings")
  func order() {
    var settings = LinkSettings()
    for row in Self.rows where !row.testDescription.contains("name") { row.set(&settings) }
    settings[.mtu] = 1400
    Self.withPort { link in
      let unmet = LinkSettingsTests.keywords(settings.unmet(by: link))
      #expect(
        unmet == [
          "address", "group", "alias", "addrgenmode", "master", "link-netnsid", "down", "arp", "type", "cost",
          "protodown_reason",
        ])
      #expect(LinkSettingsTests.keywords(settings.met(by: link)).contains("mtu"))
    }
  }

  @Test("the settings that undo others are those of the link")
  func restoring() {
    var settings = LinkSettings()
    settings[.mtu] = 1500
    settings[.alias] = "other"
    settings[.address] = "02:00:00:00:00:02"
    settings[.addressGenerationMode] = AddressGenerationMode.none
    settings[.linkNetnsID] = 3
    settings[.master] = 0
    settings.isUp = false
    settings.set([.promiscuous, .allMulticast], to: true, keyword: "promisc")
    settings[BridgePort.cost] = 7
    settings.setProtocolDownReason(3, to: true)
    Self.withPort { link in
      let restored = settings.restoring(link)
      #expect(restored[.mtu] == 1400)
      #expect(restored[.address] == "02:00:00:00:00:01")
      #expect(restored[.addressGenerationMode] == .eui64)
      #expect(restored[.master] == 2)
      #expect(restored[.linkNetnsID] == 0)
      #expect(restored.isUp == true)
      #expect(restored[BridgePort.cost] == 2)
      #expect(restored.settings.count == settings.settings.count)
      #expect(LinkSettingsTests.keywords(restored.settings) == LinkSettingsTests.keywords(settings.settings))
      // What a link is made of the restored settings has is what the link has.
      #expect(restored.unmet(by: link).isEmpty)
    }
  }

  @Test("a restored alias is the text of the link, or empty where the link has none")
  func restoringAlias() {
    var settings = LinkSettings()
    settings[.alias] = "other"
    var count = 0
    for section in Captures.links.sections {
      forEachLink(in: section.bytes) { link in
        guard case .attribute(_, let alias)? = settings.restoring(link).settings.first?.content else { return }
        #expect(alias == (link.index == 4 ? Array("left ".utf8) + [0xff] + Array(" end".utf8) : []))
        count += 1
      }
    }
    #expect(count == 5)
  }
}
