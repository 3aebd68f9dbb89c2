internal import RTNetlink
internal import SystemCalls

/// Names of numbers: built-in ones, and those of a file such as `/etc/iproute2/group`.
///
/// The file is read when a number or a name is first looked up that is not built in.
final class NameTable {
  private let builtIn: [(number: UInt32, name: StaticString)]
  private let fileName: StaticString
  private var fromFile: [(number: UInt32, name: [UInt8])]? = nil
  /// The latest number and its name: the links of a listing are mostly of one group, and their addresses of one scope.
  private var last: (number: UInt32, name: [UInt8]?)? = nil

  private init(_ fileName: StaticString, _ builtIn: [(number: UInt32, name: StaticString)]) {
    self.fileName = fileName
    self.builtIn = builtIn
  }

  /// Groups of links.
  static func groups() -> NameTable { NameTable("group", [(0, "default")]) }

  /// Scopes of addresses.
  static func scopes() -> NameTable {
    NameTable("rt_scopes", AddressScope.words.map { (UInt32($0.scope.rawValue), $0.word) })
  }

  /// Protocols of addresses.
  static func addressProtocols() -> NameTable {
    NameTable("rt_addrprotos", AddressProtocol.words.enumerated().map { (UInt32($0.offset), $0.element) })
  }

  /// The name of a number; nil for a number without one.
  func name(of number: UInt32) -> [UInt8]? {
    if let last, last.number == number { return last.name }
    let name = findName(of: number)
    last = (number, name)
    return name
  }

  private func findName(of number: UInt32) -> [UInt8]? {
    for entry in builtIn where entry.number == number { return [UInt8](entry.name) }
    for entry in file() where entry.number == number { return entry.name }
    return nil
  }

  /// The number of a name; nil for a word that is no name.
  func number(named word: [UInt8]) -> UInt32? {
    for entry in builtIn where word == entry.name { return entry.number }
    for entry in file() where entry.name == word { return entry.number }
    return nil
  }

  private func file() -> [(number: UInt32, name: [UInt8])] {
    if let fromFile { return fromFile }
    var text: [UInt8] = []
    for directory: StaticString in ["/etc/iproute2/", "/usr/share/iproute2/"] {
      // A file that is missing or not readable has no names.
      do throws(Errno) {
        let file = try FileDescriptor.open(reading: [UInt8](directory) + [UInt8](fileName))
        try file.readAll(into: &text, limit: 1 << 20)
        break
      } catch {}
    }
    var entries: [(number: UInt32, name: [UInt8])] = []
    for line in text.pieces(between: { $0 == ascii("\n") }) {
      var words: [[UInt8]] = []
      for word in line.pieces(between: { $0 == ascii(" ") || $0 == ascii("\t") }) where !word.isEmpty {
        words.append(word)
      }
      if words.count >= 2, let number = words[0].number(as: UInt32.self) { entries.append((number, words[1])) }
    }
    fromFile = entries
    return entries
  }
}
