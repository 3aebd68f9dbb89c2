internal import SystemCalls

/// The words of one command, read from left to right.
struct Words {
  private let words: [[UInt8]]
  private var position: Int

  init(_ words: [[UInt8]], from position: Int = 0) {
    self.words = words
    self.position = position
  }

  /// The word that comes next, without taking it.
  var peek: [UInt8]? { position < words.count ? words[position] : nil }

  /// The word behind the one that comes next.
  var second: [UInt8]? { position + 1 < words.count ? words[position + 1] : nil }

  /// Whether a word is among those that have not been taken.
  func contains(_ word: StaticString) -> Bool {
    for position in position..<words.count where words[position] == word { return true }
    return false
  }

  /// Whether the word that was taken last is the last there is.
  var isAtEnd: Bool { position >= words.count }

  /// Takes the next word.
  mutating func next() -> [UInt8]? {
    guard let word = peek else { return nil }
    position += 1
    return word
  }

  /// Puts back the word that was taken last.
  mutating func back() { position -= 1 }

  /// Takes the word that a keyword needs behind it.
  @inline(never)
  mutating func operand() throws(Failure) -> [UInt8] {
    guard let word = next() else { throw .incomplete }
    return word
  }
}

extension [UInt8] {
  /// What `on` and `off` mean; nil for any other word.
  var isOn: Bool? { self == "on" ? true : self == "off" ? false : nil }
}
