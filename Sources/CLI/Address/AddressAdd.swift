internal import Netlink
internal import RTNetlink
internal import SystemCalls

let addressAdd: Verb = Verb("add*", usage: "{ add | change | replace } PREFIX dev DEVICE [ SETTINGS ]") {
  words, session throws(Failure) in
  try sendAddress(AddressArguments(&words, session), session) { .add($0) }
}

let addressChange: Verb = Verb("change* chg") { words, session throws(Failure) in
  try sendAddress(AddressArguments(&words, session), session) { .change($0) }
}

let addressReplace: Verb = Verb("replace*") { words, session throws(Failure) in
  try sendAddress(AddressArguments(&words, session), session) { .replace($0) }
}

let addressDelete: Verb = Verb("delete*", usage: "delete PREFIX dev DEVICE") { words, session throws(Failure) in
  try sendAddress(AddressArguments(&words, session), session, isDeletion: true) { .delete($0) }
}

private func sendAddress(
  _ arguments: AddressArguments, _ session: Session, isDeletion: Bool = false,
  _ request: (AddressSettings) -> AddressRequest
) throws(Failure) {
  guard let device = arguments.device else {
    throw Failure(1, "Not enough information: \"dev\" argument is required.")
  }
  do throws(Failure) {
    var settings = try arguments.settings(session, isDeletion: isDeletion)
    settings.linkIndex = try session.index(of: device)
    try session.send(request(settings))
  } catch { throw error.about(device: device).hinted { session.hintForChange(error) } }
}

extension AddressArguments {
  /// The settings, with those that depend on several words.
  func settings(_ names: any NameResolver, isDeletion: Bool) throws(Failure) -> AddressSettings {
    var settings = settings
    setPrefix(of: &settings, names, isDeletion: isDeletion)
    settings.flags = allowedFlags(names)
    if !isDeletion { settings[.broadcast] = try broadcastAddress() }
    settings.scope = try checkedScope(isDeletion: isDeletion)
    settings[.lifetime] = try lifetime()
    return settings
  }

  /// Sets the address, the peer and the prefix length, which is the peer's if there is a peer.
  private func setPrefix(of settings: inout AddressSettings, _ names: any NameResolver, isDeletion: Bool) {
    if let family { settings.family = family.rawValue }
    settings[.local] = local?.prefix.address
    guard let argument = peer ?? local else { return }
    settings.prefixLength = argument.prefix.length
    if peer == nil, isDeletion, !argument.hasLength, argument.prefix.address.family == .v4 {
      // Without IFA_ADDRESS, the kernel ignores the prefix length.
      names.warn(wildcardWarning(argument.word))
    } else {
      settings[.address] = argument.prefix.address
    }
  }

  private func allowedFlags(_ names: any NameResolver) -> AddressFlags {
    if family == .v6 { return flags }
    var flags = flags
    let onlyIPv6: [(flag: AddressFlags, word: StaticString)] = [
      (.noDuplicateDetection, "nodad"), (.optimistic, "optimistic"), (.home, "home"), (.managesTemporary, "mngtmpaddr"),
    ]
    for (flag, word) in onlyIPv6 where flags.contains(flag) {
      names.warn(sentence("% option can be set only for IPv6 addresses", [UInt8](word)))
      flags.remove(flag)
    }
    return flags
  }

  private func broadcastAddress() throws(Failure) -> IPAddress? {
    let allOnes: Bool
    switch broadcast {
    case nil: return nil
    case .address(let address)?: return address
    case .allOnes?: allOnes = true
    case .allZeros?: allOnes = false
    }
    guard let prefix = (peer ?? local)?.prefix, prefix.address.family == .v4 else {
      throw Failure(1, "Broadcast can be set only for IPv4 addresses")
    }
    // A network of one or two hosts has no broadcast address.
    if prefix.length > 30 { return nil }
    return prefix.address.hostPart(after: Int(prefix.length), allOnes: allOnes)
  }

  /// The scope; by default that of the host for a loopback address, and global for all others.
  private func checkedScope(isDeletion: Bool) throws(Failure) -> AddressScope {
    if flags.contains(.autoJoin), !(local?.prefix.address.isMulticast ?? false) {
      throw Failure(1, "autojoin needs multicast address")
    }
    if let scope { return AddressScope(rawValue: scope) }
    let isLoopback = local.map { $0.prefix.address.family == .v4 && $0.prefix.address[0] == 127 } ?? false
    return isLoopback && !isDeletion ? .host : .global
  }

  private func lifetime() throws(Failure) -> AddressLifetime? {
    if validLifetime == nil && preferredLifetime == nil { return nil }
    let lifetime = AddressLifetime(
      preferred: preferredLifetime ?? AddressLifetime.forever, valid: validLifetime ?? AddressLifetime.forever)
    if lifetime.valid == 0 { throw Failure(1, "valid_lft is zero") }
    if lifetime.preferred > lifetime.valid { throw Failure(1, "preferred_lft is greater than valid_lft") }
    return lifetime
  }
}

private func wildcardWarning(_ word: [UInt8]) -> [UInt8] {
  sentence(
    """
    Executing wildcard deletion to stay compatible with old scripts.
             Explicitly specify the prefix length (%/32) to avoid this warning.
             This special behaviour is likely to disappear in further releases,
             fix your scripts!
    """, word)
}
