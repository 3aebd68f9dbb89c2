internal import SystemCalls

/// The progress of a long batch on a terminal: one line with the number of the latest line, which is erased at the end.
struct Progress {
  private let isShown = StandardStream.error.isTerminal
  private var next: Int
  private var isVisible = false

  /// Begins a batch; in the first second, nothing is shown.
  init() { next = isShown ? Clock.milliseconds + 1000 : 0 }

  /// Shows the number of a line, ten times a second at most.
  mutating func show(line: Int) {
    guard isShown else { return }
    let now = Clock.milliseconds
    guard now >= next else { return }
    next = now + 100
    isVisible = true
    var text = [UInt8]("\rline ")
    text.append(decimal: line)
    StandardStream.error.write(text)
  }

  /// Erases the line, before other output.
  mutating func clear() {
    guard isVisible else { return }
    isVisible = false
    StandardStream.error.write([UInt8]("\r\u{1b}[K"))
  }
}
