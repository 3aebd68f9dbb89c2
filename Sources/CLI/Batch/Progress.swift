internal import SystemCalls

/// How far a long batch has come, on a person's terminal: one line that is written over and taken away.
struct Progress {
  private let isShown = StandardStream.error.isTerminal
  private var next: Int
  private var isVisible = false

  /// Nothing is shown for a second.
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

  /// Takes the line away, for others to be written.
  mutating func clear() {
    guard isVisible else { return }
    isVisible = false
    StandardStream.error.write([UInt8]("\r\u{1b}[K"))
  }
}
