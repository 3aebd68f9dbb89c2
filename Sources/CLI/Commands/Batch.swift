internal import SystemCalls

/// `-batch FILE`: runs the commands of a file, one on each line, over one conversation with the kernel.
///
/// - Returns: the exit status. The first command that fails ends the batch, unless it is told to go on with `-force`.
func runBatch(_ file: [UInt8], _ session: Session) throws(Failure) -> Int32 {
  var lines = try openBatch(file)
  var status: Int32 = 0
  var progress = Progress()
  while true {
    do throws(Failure) {
      guard let line = try lines.next() else {
        progress.clear()
        return status
      }
      var words = Words(line)
      try runCommand(&words, session)
      if !session.out.isEmpty { progress.clear() }
      session.out.flush()
      progress.show(line: lines.number)
    } catch {
      progress.clear()
      session.out.discard()
      session.errors.place = (file, lines.number)
      session.report(error)
      guard session.options.isForced else { return error.status == 255 ? 255 : 1 }
      status = 1
    }
    session.beginCommand()
  }
}

private func openBatch(_ file: [UInt8]) throws(Failure) -> BatchLines {
  if file == "-" { return BatchLines(StandardStream.input.take()) }
  do throws(Errno) { return BatchLines(try .open(reading: file)) } catch {
    throw Failure(
      1, "Cannot open file \"%\" for reading: %", file, error.text)
  }
}

extension Session {
  /// What was known of names is old once a command has had the time to change it.
  fileprivate func beginCommand() {
    errors = ErrorReport(isJSON: options.isJSON)
    names.forget()
    namespaceNames.forget()
  }
}
