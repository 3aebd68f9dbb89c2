/// Answers of a real kernel. Each file says what the kernel was asked.
package enum Captures {
  /// The sequence number of the request that they answer, and the port of the socket.
  package static let sequence: UInt32 = 7
  package static let port: UInt32 = 0x1234

  package static let links = HexTable.at("Captures/links.txt")
  package static let addresses = HexTable.at("Captures/addresses.txt")
  package static let endings = HexTable.at("Captures/endings.txt")
}

extension HexTable {
  /// The messages of this type, one by one, split by their lengths without the code under test.
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
