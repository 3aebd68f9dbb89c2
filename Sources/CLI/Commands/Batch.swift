internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `-batch FILE`: runs the commands of a file, one on each line, over one conversation with the kernel.
///
/// - Returns: the exit status. The first command that fails ends the batch, unless it is told to go on with `-force`.
func runBatch(_ file: [UInt8], _ session: Session) throws(Failure) -> Int32 {
  let batch = Batch(file, try openBatch(file), session)
  while batch.runNext() {}
  batch.progress.clear()
  return batch.status
}

private func openBatch(_ file: [UInt8]) throws(Failure) -> BatchLines {
  if file == "-" { return BatchLines(StandardStream.input.fileDescriptor()) }
  do throws(Errno) { return BatchLines(try .open(reading: file)) } catch {
    throw Failure(1, "Cannot open file \"%\" for reading: %", file, error.text)
  }
}

private final class Batch {
  private let file: [UInt8]
  private var lines: BatchLines
  private let session: Session
  /// A line that was read and not run yet.
  private var pending: BatchLine? = nil
  /// The exit status so far.
  private(set) var status: Int32 = 0
  var progress = Progress()

  init(_ file: [UInt8], _ lines: consuming BatchLines, _ session: Session) {
    self.file = file
    self.lines = lines
    self.session = session
  }

  /// Runs the next command, or a row of deletions; false at the end, whether all have run or one has failed.
  func runNext() -> Bool {
    guard let line = pending ?? lines.next() else { return false }
    pending = nil
    if line.deletedDevice != nil, !session.options.echoes, lines.isNextAtHand, let goesOn = deleteRow(line) {
      return goesOn
    }
    do throws(Failure) {
      if let failure = line.failure { throw failure }
      var words = Words(line.words)
      try runCommand(&words, session)
      if !session.out.isEmpty { progress.clear() }
      session.out.flush()
    } catch {
      session.out.discard()
      return report(error, line.number)
    }
    finish(line.number)
    return true
  }

  /// Deletes what this line and those behind it name, all together; what the user is told is what one after the other
  /// would have told.
  ///
  /// - Returns: nil where the first line has to be run by itself; else whether the batch goes on.
  private func deleteRow(_ first: BatchLine) -> Bool? {
    let deletion = LinkDeletion(ofKind: nil, endsAtRefusal: !session.options.isForced)
    var last = first
    while let name = last.deletedDevice {
      switch deletion.add(name, place: last.number, &session.socket) {
      case .admitted, .refused: break
      case .companion: deletion.refuse(name, last.number, .missing)
      case .loner:
        if last.number == first.number { return nil }
        pending = last
      }
      if deletion.isOver || pending != nil { break }
      guard lines.isNextAtHand, let next = lines.next() else { break }
      if next.deletedDevice == nil {
        pending = next
        break
      }
      last = next
    }
    deletion.run(&session.socket)
    for refusal in deletion.refusals {
      session.errors.object = [UInt8]("link")
      session.errors.device = refusal.name
      if !report(session.failure(refusal), refusal.place) { return false }
    }
    finish(last.number)
    return true
  }

  /// Says why a command failed; false where that ends the batch.
  private func report(_ failure: Failure, _ number: Int) -> Bool {
    progress.clear()
    session.errors.place = (file, number)
    session.report(failure)
    status = failure.status == 255 && !session.options.isForced ? 255 : 1
    finish(number)
    return session.options.isForced
  }

  private func finish(_ number: Int) {
    progress.show(line: number)
    session.beginCommand()
  }
}
