internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// One change that makes an end what it is to be.
enum EndChange {
  /// A setting of the link.
  case setting(LinkSettings.Setting)
  /// Alternative names to add.
  case alternativeNames([LinkName])
  /// An address to add; the addresses of the link that differ from it in prefix length or peer alone, to delete; and the
  /// secondary addresses that the kernel deletes with these, to add again.
  case address(EndAddress, replacing: [AddressSettings], secondaries: [AddressSettings])
  /// The bridge to join, by name and index.
  case master(LinkName, Int32)

  /// The step for an error and for what `ensure` reports.
  var step: PairError.Step {
    switch self {
    case .setting(let setting): PairError.Step(setting.keyword, setting.operand ?? [])
    case .alternativeNames(let names): PairError.Step("altname", names.count == 1 ? names[0].bytes : [])
    case .address(let address, _, _): .address(address.prefix)
    case .master(let name, _): .master(name)
    }
  }
}

extension EndChange {
  /// The requests that make the change, in order.
  func operations(linkIndex: Int32) -> [EndOperation] {
    switch self {
    case .setting(let setting): [.change(LinkSettings([setting]))]
    // Of several names in a request, the kernel adds those in front of the one that it refuses.
    case .alternativeNames(let names): names.map { .addNames([$0]) }
    case .master(_, let bridge): [.change(.master(bridge))]
    case .address(let address, let replaced, let secondaries):
      (secondaries + replaced).map { .deleteAddress($0) } + [.addAddress(address.settings(linkIndex: linkIndex))]
        + secondaries.map { .addAddress($0) }
    }
  }
}

extension PairEnd {
  // MARK: - Planning

  /// The changes that the kernel does not make while it creates the end.
  func changesAfterCreation() throws(PairError) -> [EndChange] {
    try changes(settings.afterCreation(isPeer: true).settings, names: settings.alternativeNames, present: [])
  }

  /// The changes that make the link with the end's index what the end is to be.
  ///
  /// - Throws: where a setting could not be changed.
  func changesToPresentLink() throws(PairError) -> [EndChange] {
    if let wanted = settings.index, wanted != index {
      throw PairError(PairError.Step("index", [UInt8](decimal: wanted)), of: name, .creationOnly)
    }
    var unmet: [LinkSettings.Setting] = []
    var names = settings.alternativeNames
    var masterIndex: Int32? = nil
    try step(
      .create, of: self,
      socket.withLink(.index(index)) { link in
        unmet = settings.atCreation(isPeer: true).unmet(by: link) + settings.afterCreation(isPeer: true).unmet(by: link)
        let present = link.alternativeNames
        names.removeAll { present.contains($0) }
        masterIndex = link[.master]
      })
    for setting in unmet where setting.isCreationOnly {
      throw PairError(EndChange.setting(setting).step, of: name, .creationOnly)
    }
    let present =
      addresses.isEmpty
      ? [] : try step(PairError.Step("addr"), of: self, socket.collectAddresses(ofLink: index) { AddressSettings($0) })
    return try changes(unmet, names: names, present: present, masterIndex: masterIndex)
  }

  private func changes(
    _ unmet: [LinkSettings.Setting], names: [LinkName], present: [AddressSettings], masterIndex: Int32? = nil
  ) throws(PairError) -> [EndChange] {
    var changes: [EndChange] = []
    // An end is up last.
    for setting in unmet where !setting.isUp { changes.append(.setting(setting)) }
    let wanted = addresses.map { $0.settings(linkIndex: index) }
    var present = present
    for address in addresses {
      let settings = address.settings(linkIndex: index)
      if present.contains(where: { $0.isSameAddress(as: settings) }) { continue }
      let replaced = present.filter { other in
        other.prefix?.address == address.prefix.address && !wanted.contains { $0.isSameAddress(as: other) }
      }
      present.removeAll { replaced.contains($0) }
      let secondaries = present.filter { $0.isSecondary(ofAnyOf: replaced) }
      changes.append(.address(address, replacing: replaced, secondaries: secondaries))
    }
    if !names.isEmpty { changes.append(.alternativeNames(names)) }
    if let master {
      guard let bridge = try step(.master(master), of: self, socket.index(of: master)) else {
        throw PairError(.master(master), of: name, .noSuchLink(master))
      }
      if bridge != masterIndex { changes.append(.master(master, bridge)) }
    }
    for setting in unmet where setting.isUp { changes.append(.setting(setting)) }
    return changes
  }

  /// Refuses values that the kernel would refuse.
  func validate() throws(PairError) {
    if let mtu = settings[.mtu], !Veth.mtuRange.contains(mtu) {
      let range = Veth.mtuRange
      throw PairError(
        PairError.Step("mtu", [UInt8](decimal: mtu)), of: name,
        mtu < range.lowerBound ? .belowMinimum(range.lowerBound) : .aboveMaximum(range.upperBound))
    }
    if let address = settings[.address], !address.isValidForEthernet {
      throw PairError(PairError.Step("address", address.text), of: name, .invalidHardwareAddress)
    }
  }

  // MARK: - Applying

  /// Makes the changes, in order.
  ///
  /// - Parameter undo: gets the operations that undo the changes; nil for an end that is removed when a change fails.
  func apply(_ changes: [EndChange], undo: UndoLog? = nil) throws(PairError) {
    for change in changes {
      for operation in change.operations(linkIndex: index) {
        try step(change.step, of: self, perform(operation, change, undo))
      }
    }
  }

  private func perform(_ operation: EndOperation, _ change: EndChange, _ undo: UndoLog?) throws(NetlinkError) {
    guard let undo else { return try perform(operation) }
    let inverse = try inverse(of: operation)
    undo.add(inverse, of: self, change)
    do throws(NetlinkError) { try perform(operation) } catch {
      // Without an answer, the kernel may have made the change. It takes a port out of its bridge before it refuses another
      // master.
      if case .refused = error, inverse.count == 1 { undo.removeLast() }
      if case .addAddress(let address) = operation, error.errno == .fileExists, try has(address) { return }
      throw error
    }
  }

  /// Sends the request of an operation.
  func perform(_ operation: EndOperation) throws(NetlinkError) {
    switch operation {
    case .change(let settings): try socket.changeLink(.index(index), settings)
    case .addNames(let names): try socket.links(.addAlternativeNames(names, to: .index(index)))
    case .deleteNames(let names): try socket.links(.deleteAlternativeNames(names, from: .index(index)))
    case .addAddress(let settings): try socket.addAddress(settings)
    case .deleteAddress(let settings): try socket.deleteAddress(settings)
    case .restorePort(let settings):
      var unmet: [LinkSettings.Setting] = []
      try socket.links(.get(.index(index))) { unmet = settings.unmet(by: $0) }
      if !unmet.isEmpty { try socket.changeLink(.index(index), LinkSettings(unmet)) }
    }
  }

  /// The operations that undo another one, which was not performed yet.
  private func inverse(of operation: EndOperation) throws(NetlinkError) -> [EndOperation] {
    switch operation {
    case .change(let settings):
      var restored = LinkSettings()
      var port = LinkSettings()
      try socket.links(.get(.index(index))) { link in
        restored = settings.restoring(link)
        if settings[.master] != nil { port = LinkSettings(ofPort: link) }
      }
      return port.isEmpty ? [.change(restored)] : [.change(restored), .restorePort(port)]
    case .addNames(let names): return [.deleteNames(names)]
    case .deleteNames(let names): return [.addNames(names)]
    case .addAddress(let settings): return [.deleteAddress(settings)]
    case .deleteAddress(let settings): return [.addAddress(settings)]
    case .restorePort: return []
    }
  }

  /// Whether another process has added an address in the meantime.
  private func has(_ settings: AddressSettings) throws(NetlinkError) -> Bool {
    try !socket.collectAddresses(ofLink: index) { settings.isSameAddress(as: AddressSettings($0)) ? true : nil }.isEmpty
  }
}

/// One request that changes a link, as a value.
enum EndOperation {
  case change(LinkSettings)
  case addNames([LinkName])
  case deleteNames([LinkName])
  case addAddress(AddressSettings)
  case deleteAddress(AddressSettings)
  /// The settings of a port that it does not have after it was added to its bridge again.
  case restorePort(LinkSettings)
}

extension LinkSettings {
  /// The port of a bridge.
  fileprivate static func master(_ index: Int32) -> LinkSettings {
    var settings = LinkSettings()
    settings[.master] = index
    return settings
  }

  /// The settings of a link as the port of a bridge; none for a link without a bridge.
  fileprivate init(ofPort link: borrowing Link) {
    self.init()
    guard link.isOfKind(BridgePort.kind) else { return }
    for field in BridgePort.kind.fields where field.access != .readOnly {
      // The bridge itself changes the state of a port.
      guard field.attribute != BridgePort.state.type else { continue }
      let path = BridgePort.kind.path(Int(field.attribute))
      if let value = link.attributes.payload(path) { set(path, value.copied, field.word) }
    }
  }
}

extension AddressSettings {
  /// Whether the kernel deletes the address with one of others: a secondary IPv4 address of the same network.
  fileprivate func isSecondary(ofAnyOf others: [AddressSettings]) -> Bool {
    guard let prefix, prefix.address.family == .v4, flags.contains(.secondary) else { return false }
    return others.contains { $0.prefixLength == prefixLength && $0.prefix?.contains(prefix.address) ?? false }
  }
}

extension EndChange {
  /// Whether the change is one of the link itself.
  var isSetting: Bool { if case .setting = self { true } else { false } }
}

extension PairEnd {
  /// Refuses a master that does not exist.
  func checkMaster() throws(PairError) {
    guard let master, try step(.master(master), of: self, socket.index(of: master)) == nil else { return }
    throw PairError(.master(master), of: name, .noSuchLink(master))
  }
}
