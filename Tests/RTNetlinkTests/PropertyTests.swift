import Netlink
import TestSupport
import Testing

@testable import RTNetlink

/// Every property of links is encoded as its attribute, and read from it.
@Suite struct LinkPropertyTests {
  @Test("a property is written as its attribute", arguments: LinkFact.all)
  func written(fact: LinkFact) throws {
    var settings = LinkSettings()
    fact.set(&settings)
    let bytes = [UInt8](LinkRequest.change(.index(0), settings).request.written.dropFirst(32))
    let golden = try Golden.linkProperties.section("properties").line(fact.name)
    #expect(bytes.hex == golden.hex)
  }

  @Test("a property is read from its attribute, and from no other", arguments: LinkFact.all)
  func read(fact: LinkFact) throws {
    let header = [UInt8](repeating: 0, count: 16)
    var holds: [Bool] = []
    for attribute in [try Golden.linkProperties.section("properties").line(fact.name), []] {
      forEachLink(in: frame(16, header + attribute)) { holds.append(fact.holds($0)) }
    }
    #expect(holds == [true, false])
  }

  @Test("a link that has the attribute has the setting, and a link without it does not", arguments: LinkFact.all)
  func met(fact: LinkFact) throws {
    var settings = LinkSettings()
    fact.set(&settings)
    let header = [UInt8](repeating: 0, count: 16)
    var unmet: [Int] = []
    for attribute in [try Golden.linkProperties.section("properties").line(fact.name), []] {
      forEachLink(in: frame(16, header + attribute)) { unmet.append(settings.unmet(by: $0).count) }
    }
    // A missing attribute counts as zero, and only `master` is set to that.
    #expect(unmet == (fact.name == "master" ? [0, 0] : [0, 1]))
  }

  @Test("each property has a line of its own")
  func complete() throws {
    #expect(try Golden.linkProperties.section("properties").lineNames == LinkFact.all.map(\.name))
  }
}

/// Every property of addresses is encoded as its attribute, and read from it.
@Suite struct AddressPropertyTests {
  @Test("a property is written as its attribute", arguments: AddressFact.all)
  func written(fact: AddressFact) throws {
    var settings = AddressSettings()
    fact.set(&settings)
    let bytes = [UInt8](AddressRequest.add(settings).request.written.dropFirst(24))
    let golden = try Golden.addressProperties.section("properties").line(fact.name)
    #expect(bytes.hex == golden.hex)
  }

  @Test("a property is read from its attribute, and from no other", arguments: AddressFact.all)
  func read(fact: AddressFact) throws {
    let header = [UInt8](repeating: 0, count: 8)
    var holds: [Bool] = []
    for attribute in [try Golden.addressProperties.section("properties").line(fact.name), []] {
      forEachAddress(in: frame(20, header + attribute)) { holds.append(fact.holds($0)) }
    }
    #expect(holds == [true, false])
  }

  @Test("each property has a line of its own")
  func complete() throws {
    #expect(try Golden.addressProperties.section("properties").lineNames == AddressFact.all.map(\.name))
  }
}
