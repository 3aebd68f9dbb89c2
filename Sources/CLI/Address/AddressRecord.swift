internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The output of one address, as of `ip address show`.
struct AddressRecord {
  let session: Session

  /// - Parameter linkName: the name of the link, for a line that no line about the link precedes, as with `-o`.
  @inline(never)
  func write(_ address: borrowing Address, linkName: KernelName?) {
    let isBrief = session.options.isBrief
    if let linkName {
      session.out.field("index", "", address.linkIndex, spaced: false)
      session.out.text(": ")
      session.out.field("dev", "", linkName, spaced: isBrief)
    }
    if isBrief {
      writePrefix(address)
    } else {
      writeAddress(address)
      writeProtocol(address)
      if let lifetime = address[.lifetime] { write(lifetime) }
    }
    session.out.endRecord()
  }

  /// Writes the address and the length of its prefix: `10.0.0.1/24 `.
  func writePrefix(_ address: borrowing Address) {
    let color: Color = address.family == IPAddress.Family.v6.rawValue ? .ipv6 : .ipv4
    write("local", "", address.local, spaced: false, in: color)
    write("address", " peer ", address.peer, spaced: false, in: color)
    session.out.field("prefixlen", "/", address.prefixLength)
    session.out.field("metric", "metric ", address[.metric])
  }

  /// Writes an address or, with `-resolve`, the name of its host.
  private func write(
    _ key: StaticString, _ before: StaticString, _ address: IPAddress?, spaced: Bool = true, in color: Color
  ) {
    guard let address else { return }
    if session.options.resolvesNames, let name = hostName(of: address) {
      session.out.field(key, before, name, spaced: spaced, in: color)
    } else {
      session.out.field(key, before, address, spaced: spaced, in: color)
    }
  }

  private func writeAddress(_ address: borrowing Address) {
    let family = IPAddress.Family(rawValue: address.family)
    switch family {
    case .v4?: session.out.field("family", "    ", "inet" as StaticString)
    case .v6?: session.out.field("family", "    ", "inet6" as StaticString)
    case nil: session.out.field("family_index", "    family ", address.family)
    }
    writePrefix(address)
    let color: Color = family == .v6 ? .ipv6 : .ipv4
    write("broadcast", "brd ", address[.broadcast], in: color)
    write("anycast", "any ", address[.anycast], in: color)
    session.out.field("scope", "scope ", session.scopeName(address.scope.rawValue))
    writeFlags(address.flags, isIPv6: family == .v6)
  }

  private func writeFlags(_ flags: AddressFlags, isIPv6: Bool) {
    // `dynamic` is the absence of the flag `permanent`.
    var rest = flags.symmetricDifference(.permanent)
    if rest.isEmpty { return }
    for row in AddressFlags.words where rest.contains(row.flag) {
      let word = isIPv6 ? row.ipv6Word ?? row.word : row.word
      session.out.json(word, true)
      session.out.text(word)
      session.out.text(" ")
      rest.remove(row.flag)
    }
    if !rest.isEmpty {
      session.out.field("ifa_flags", "flags ", [UInt8](hex: rest.rawValue, width: 2))
    }
  }

  private func writeProtocol(_ address: borrowing Address) {
    if let addressProtocol = address[.addressProtocol], addressProtocol != .unspecified || session.out.isJSON {
      session.out.field("protocol", "proto ", session.addressProtocolName(addressProtocol))
    }
    session.out.field("label", "", address.payload(.label)?.string, spaced: false)
  }

  private func write(_ lifetime: AddressLifetime) {
    session.out.newLine()
    session.out.text("       ")
    writeLifetime("valid_life_time", "valid_lft ", lifetime.valid)
    session.out.text(" ")
    writeLifetime("preferred_life_time", "preferred_lft ", lifetime.preferred)
  }

  private func writeLifetime(_ key: StaticString, _ before: StaticString, _ seconds: UInt32) {
    if session.out.isJSON {
      session.out.json(key, seconds)
    } else if seconds == AddressLifetime.forever {
      session.out.field(key, before, "forever" as StaticString, spaced: false)
    } else {
      session.out.field(key, before, seconds, spaced: false)
      session.out.text("sec")
    }
  }
}

private func hostName(of address: IPAddress) -> [UInt8]? {
  var name: [UInt8]? = nil
  address.withAttributeBytes { name = NetworkAddress.hostName(of: $0) }
  return name
}

extension Session {
  /// The name of a scope, or its number.
  func scopeName(_ scope: UInt8) -> [UInt8] {
    if !options.isNumeric, let name = scopes.name(of: UInt32(scope)) { return name }
    return [UInt8](decimal: scope)
  }

  /// The name of a protocol of addresses, or its number.
  func addressProtocolName(_ addressProtocol: AddressProtocol) -> [UInt8] {
    let value = UInt32(addressProtocol.rawValue)
    if !options.isNumeric, let name = addressProtocols.name(of: value) { return name }
    return sentence("0x%", [UInt8](hex: value))
  }
}
