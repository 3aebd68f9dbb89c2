import Netlink
import RTNetlink
import TestSupport
import Testing

/// That every property of links lies in its attribute as was written down, and is found there.
@Suite struct LinkPropertyTests {
  @Test("a property is written as its attribute", arguments: LinkFact.all)
  func written(fact: LinkFact) throws {
    var request = LinkRequest.set()
    let start = request.request.byteCount
    fact.write(&request)
    let bytes = [UInt8](request.request.written.dropFirst(start))
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

  @Test("nothing was written down in vain")
  func complete() throws {
    #expect(try Golden.linkProperties.section("properties").lineNames == LinkFact.all.map(\.name))
  }
}

/// That every property of addresses lies in its attribute as was written down, and is found there.
@Suite struct AddressPropertyTests {
  @Test("a property is written as its attribute", arguments: AddressFact.all)
  func written(fact: AddressFact) throws {
    var request = AddressRequest.add()
    let start = request.request.byteCount
    fact.write(&request)
    let bytes = [UInt8](request.request.written.dropFirst(start))
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

  @Test("nothing was written down in vain")
  func complete() throws {
    #expect(try Golden.addressProperties.section("properties").lineNames == AddressFact.all.map(\.name))
  }
}
