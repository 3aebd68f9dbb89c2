internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `-batch FILE`: runs the commands of a file, one on each line, with one socket.
///
/// - Returns: the exit status. The first command that fails ends the batch, unless `-force` is given.
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
  /// The line after a group of deletions, which was read and has not run.
  private var pending: BatchLine? = nil
  /// The exit status so far.
  private(set) var status: Int32 = 0
  var progress = Progress()

  init(_ file: [UInt8], _ lines: consuming BatchLines, _ session: Session) {
    self.file = file
    self.lines = lines
    self.session = session
  }

  /// Runs the next command, or several deletions; false at the end of the batch.
  func runNext() -> Bool {
    guard let line = pending ?? lines.next() else { return false }
    pending = nil
    if line.deletedDevice != nil, !session.options.echoes, lines.isNextAtHand, let continues = deleteTogether(line) {
      return continues
    }
    var keepsLinks = false
    do throws(Failure) {
      if let failure = line.failure { throw failure }
      var words = Words(line.words)
      keepsLinks = try runCommand(&words, session)
      if !session.out.isEmpty { progress.clear() }
      session.out.flush()
    } catch {
      session.out.discard()
      return report(error, line.number)
    }
    finish(line.number, keepsLinks: keepsLinks)
    return true
  }

  /// Deletes the devices of this line and of the next lines together, with the messages of single deletions.
  ///
  /// - Returns: whether the batch continues; nil if the first line must run by itself.
  private func deleteTogether(_ first: BatchLine) -> Bool? {
    let deletion = LinkDeletion(ofKind: nil, endsAtRefusal: !session.options.isForced)
    var last = first
    while let name = last.deletedDevice {
      switch deletion.add(name, position: last.number, on: &session.socket) {
      case .together, .refused: break
      case .viaPeer: deletion.refuse(name, last.number, .missing)
      case .individual:
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
    deletion.run(on: &session.socket)
    for refusal in deletion.refusals {
      let failure = session.failure(refusal).about(object: [UInt8]("link")).about(device: refusal.name)
      if !report(failure, refusal.position) { return false }
    }
    finish(last.number)
    return true
  }

  /// Reports a failure; false if the failure ends the batch.
  private func report(_ failure: Failure, _ number: Int) -> Bool {
    progress.clear()
    session.report(failure, at: ErrorReport.Line(file: file, number: number))
    status = failure.status == 255 && !session.options.isForced ? 255 : 1
    finish(number)
    return session.options.isForced
  }

  private func finish(_ number: Int, keepsLinks: Bool = false) {
    progress.show(line: number)
    session.endCommand(keepsLinks: keepsLinks)
  }
}
