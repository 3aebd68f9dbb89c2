internal import RTNetlink
internal import SystemCalls

/// The words of one command, read from left to right.
struct Words {
  private let words: [[UInt8]]
  private var position: Int

  init(_ words: [[UInt8]], from position: Int = 0) {
    self.words = words
    self.position = position
  }

  /// The next word, without consuming it.
  var peek: [UInt8]? { position < words.count ? words[position] : nil }

  /// The word after the next word, without consuming either.
  var second: [UInt8]? { position + 1 < words.count ? words[position + 1] : nil }

  /// Whether the remaining words contain a word.
  func contains(_ word: StaticString) -> Bool {
    for position in position..<words.count where words[position] == word { return true }
    return false
  }

  /// Whether no word remains.
  var isAtEnd: Bool { position >= words.count }

  /// Consumes the next word.
  mutating func next() -> [UInt8]? {
    guard let word = peek else { return nil }
    position += 1
    return word
  }

  /// Consumes the next word if it equals a word; false otherwise.
  mutating func consume(_ word: StaticString) -> Bool {
    guard let next = peek, next == word else { return false }
    position += 1
    return true
  }

  /// Consumes the operand of a keyword.
  @inline(never)
  mutating func operand() throws(Failure) -> [UInt8] {
    guard let word = next() else { throw .incomplete }
    return word
  }

  /// Consumes `on` or `off`.
  @inline(never)
  mutating func onOrOff(of keyword: StaticString) throws(Failure) -> Bool {
    let word = try operand()
    guard let isOn = word.isOn else { throw .notOnOrOff([UInt8](keyword), word) }
    return isOn
  }

  /// Consumes the name of a device that exists.
  mutating func deviceName() throws(Failure) -> LinkName { try LinkName(device: operand()) }
}

extension [UInt8] {
  /// The meaning of `on` and `off`; nil for any other word.
  var isOn: Bool? { self == "on" ? true : self == "off" ? false : nil }
}

extension LinkName {
  /// The name of a device in a word.
  ///
  /// - Throws: for a word that cannot be the name of a device.
  @inline(never)
  init(device word: [UInt8]) throws(Failure) {
    guard let name = LinkName(bytes: word) else { throw .wrong(word, "\"dev\" not a valid ifname", spaced: false) }
    self = name
  }

  /// The name for a new interface in a word.
  ///
  /// - Throws: for a word that cannot be the name of an interface, or that contains control bytes.
  @inline(never)
  init(newInterface word: [UInt8]) throws(Failure) {
    guard let name = LinkName(bytes: word), name.interfaceName != nil, LinkName.isValid(word) else {
      throw .wrong(word, "\"name\" not a valid ifname", spaced: false)
    }
    self = name
  }

  /// An alternative name in a word.
  @inline(never)
  init(alternative word: [UInt8]) throws(Failure) {
    guard let name = LinkName(bytes: word) else { throw .wrong(word, "not a valid altname", spaced: false) }
    self = name
  }
}
