/// What a real kernel answered: see the files, each of which says what it was asked.
package enum Captures {
  /// The number of the request that they answer, and the port that it came from.
  package static let sequence: UInt32 = 7
  package static let port: UInt32 = 0x1234

  package static let links = HexTable.at("Captures/links.txt")
  package static let addresses = HexTable.at("Captures/addresses.txt")
  package static let endings = HexTable.at("Captures/endings.txt")
}

extension HexTable {
  /// The messages that begin with this type, each by itself.
  ///
  /// They are cut by their lengths here, independently of the code under test.
  package func messages(ofType type: UInt8) -> [[UInt8]] {
    sections.flatMap { section in
      var messages: [[UInt8]] = []
      var rest = section.bytes[...]
      while rest.count >= 16 {
        let start = rest.startIndex
        let length = Int(rest[start]) | Int(rest[start + 1]) << 8
        let message = rest.prefix((length + 3) & ~3)
        if message[start + 4] == type { messages.append([UInt8](message)) }
        rest = rest.dropFirst(message.count)
      }
      return messages
    }
  }
}
