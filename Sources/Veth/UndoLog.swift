internal import Netlink
internal import RTNetlink

/// The operations that undo what was changed of the ends of a pair.
final class UndoLog {
  private var entries: [(operation: EndOperation, end: PairEnd, change: EndChange)] = []

  /// Adds an operation, which undoes a change that is about to be made.
  func add(_ operation: EndOperation, of end: PairEnd, _ change: EndChange) {
    entries.append((operation, end, change))
  }

  /// Removes the last operation, because its change was refused.
  func removeLast() { entries.removeLast() }

  /// Undoes all changes, the last one first.
  func undo() -> PairError.Rollback {
    if entries.isEmpty { return .notNeeded }
    var failures: [PairError.Change] = []
    for entry in entries.reversed() {
      guard let error = Self.perform(entry.operation, of: entry.end) else { continue }
      failures.append(PairError.Change(end: entry.end.name, keyword: entry.change.step.keyword, error: error))
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
