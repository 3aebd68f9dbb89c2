internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The operations that undo what was changed of the ends of a pair.
final class UndoLog {
  private var entries: [(operations: [EndOperation], end: PairEnd, change: EndChange)] = []
  /// The addresses of the ends before the first change.
  private var addresses: [(end: PairEnd, settings: [AddressSettings])] = []

  /// Notes the addresses of an end, of which the kernel deletes some with other changes: all of IPv6 when a link is set
  /// down, or gets an MTU of less than 1280.
  func note(addressesOf end: PairEnd) throws(PairError) {
    let settings = try step(
      PairError.Step("addr"), of: end, end.socket.collectAddresses(ofLink: end.index) { AddressSettings($0) })
    addresses.append((end, settings))
  }

  /// Adds the operations that undo a change, which is about to be made.
  func add(_ operations: [EndOperation], of end: PairEnd, _ change: EndChange) {
    entries.append((operations, end, change))
  }

  /// Removes the last operations, because their change was refused.
  func removeLast() { entries.removeLast() }

  /// Undoes all changes, the last one first.
  func undo() -> PairError.Rollback {
    if entries.isEmpty { return .notNeeded }
    var failures: [PairError.Change] = []
    for entry in entries.reversed() {
      for operation in entry.operations {
        guard let error = Self.perform(operation, of: entry.end) else { continue }
        failures.append(PairError.Change(end: entry.end.name, keyword: entry.change.step.keyword, error: error))
      }
    }
    for (end, settings) in addresses {
      for address in settings where !address.isTemporary {
        guard let error = Self.perform(.addAddress(address), of: end), error.errno != .fileExists else { continue }
        failures.append(PairError.Change(end: end.name, keyword: "addr", error: error))
      }
    }
    return failures.isEmpty ? .undone : .notUndone(failures)
  }

  private static func perform(_ operation: EndOperation, of end: PairEnd) -> NetlinkError? {
    var failure: NetlinkError? = nil
    // A shortage that has made a step fail may also make the first attempt fail.
    for _ in 0..<2 {
      do throws(NetlinkError) {
        try end.perform(operation)
        return nil
      } catch { failure = error }
    }
    return failure
  }
}

extension AddressSettings {
  /// Whether the kernel has derived the address from another one, and does so again.
  fileprivate var isTemporary: Bool { prefix?.address.family == .v6 && flags.contains(.secondary) }
}
