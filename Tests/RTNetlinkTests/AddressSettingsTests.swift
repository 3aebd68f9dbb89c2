import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// The settings of an address are a value: what is set is what is read.
@Suite struct AddressSettingsTests {
  @Test("nothing is set at first", arguments: AddressFact.all)
  func empty(fact: AddressFact) {
    #expect(fact.isSet(AddressSettings()) == nil)
    #expect(AddressSettings().prefix == nil)
  }

  @Test("every property can be set and read", arguments: AddressFact.all)
  func set(fact: AddressFact) {
    var settings = AddressSettings()
    fact.set(&settings)
    #expect(fact.isSet(settings) == true)
    for other in AddressFact.all where other.name != fact.name { #expect(other.isSet(settings) == nil) }
  }

  /// The types of the attributes in the order of the request.
  private func types(_ settings: AddressSettings) -> [UInt16] {
    attributes(of: AddressRequest.add(settings).request.written).map(\.type)
  }

  @Test("attributes keep the order in which they were set; set twice, the place of the first")
  func order() {
    var settings = AddressSettings()
    settings[.metric] = 1
    settings[.local] = "10.0.0.1"
    settings[.label] = "v0"
    settings[.metric] = 2
    #expect(types(settings) == [9, 2, 3])
    #expect(settings[.metric] == 2)
    settings[.local] = nil
    settings[.anycast] = nil
    #expect(types(settings) == [9, 3])
    #expect(settings[.local] == nil)
  }

  @Test("a prefix sets the family, the length, the address and the peer")
  func prefix() {
    let settings = AddressSettings("10.0.0.1/24", linkIndex: 7)
    #expect(settings.linkIndex == 7 && settings.family == 2 && settings.prefixLength == 24 && settings.scope == .global)
    #expect(settings[.local] == "10.0.0.1" && settings[.address] == "10.0.0.1")
    #expect(settings.prefix == "10.0.0.1/24")
    #expect(AddressSettings("fd00::1/64", linkIndex: 7).family == 10)
  }

  @Test("a label that the kernel refuses as too long can be set all the same")
  func longLabel() {
    var settings = AddressSettings()
    settings.set(label: Array("sixteen-letters!".utf8))
    let label = attributes(of: AddressRequest.add(settings).request.written).first
    #expect(label?.payload == Array("sixteen-letters!\0".utf8))
    #expect(settings[.label] == nil)
  }

  private static func settings(
    _ prefix: IPPrefix, peer: IPAddress? = nil, hasLocal: Bool = true, hasAddress: Bool = true, metric: UInt32? = nil
  ) -> AddressSettings {
    var settings = AddressSettings(prefix, linkIndex: 7)
    if let peer { settings[.address] = peer }
    if !hasLocal { settings[.local] = nil }
    if !hasAddress { settings[.address] = nil }
    settings[.metric] = metric
    return settings
  }

  @Test("addresses are the same by address, peer and prefix length, whatever else is set")
  func same() {
    let address = Self.settings("10.0.0.1/24")
    let same = [
      Self.settings("10.0.0.1/24", metric: 7), Self.settings("10.0.0.1/24", hasLocal: false),
      Self.settings("10.0.0.1/24", hasAddress: false),
    ]
    let others = [
      Self.settings("10.0.0.1/25"), Self.settings("10.0.0.2/24"), Self.settings("10.0.0.1/24", peer: "10.0.0.2"),
      Self.settings("fd00::1/24"), AddressSettings(),
    ]
    for other in same { #expect(address.isSameAddress(as: other) && other.isSameAddress(as: address)) }
    for other in others { #expect(!address.isSameAddress(as: other) && !other.isSameAddress(as: address)) }
    #expect(
      Self.settings("10.0.0.1/32", peer: "10.0.0.2").isSameAddress(as: Self.settings("10.0.0.1/32", peer: "10.0.0.2")))
    #expect(
      !Self.settings("10.0.0.1/32", peer: "10.0.0.2").isSameAddress(as: Self.settings("10.0.0.1/32", peer: "10.0.0.3")))
  }
}
