internal import Netlink
internal import SystemCalls

// Escaping of text from the kernel: names and aliases of links contain arbitrary bytes.

extension ByteBuffer {
  /// Appends text for a terminal: a control byte or a byte of invalid UTF-8 as `\x1b`.
  mutating func append(visible text: borrowing RawSpan) {
    if append(ifPlain: text) { return }
    append(text, escaping: { $0 < 0x20 || $0 == 0x7f }) { bytes, byte in
      bytes.append("\\x")
      bytes.append(hex: byte, width: 2)
    }
  }

  /// Appends a JSON string in quotes; a byte of invalid UTF-8 becomes the code point with the byte's value.
  mutating func append(json text: borrowing RawSpan) {
    if append(quotedIfPlain: text) { return }
    append(ascii("\""))
    append(text, escaping: { $0 < 0x20 || $0 == 0x7f || $0 == ascii("\"") || $0 == ascii("\\") }) {
      bytes, byte in
      switch byte {
      case ascii("\""), ascii("\\"):
        bytes.append("\\")
        bytes.append(byte)
      case ascii("\t"): bytes.append("\\t")
      case ascii("\n"): bytes.append("\\n")
      case ascii("\r"): bytes.append("\\r")
      case 0x0c: bytes.append("\\f")
      case 0x08: bytes.append("\\b")
      default:
        bytes.append("\\u")
        bytes.append(hex: byte, width: 4)
      }
    }
    append(ascii("\""))
  }

  private mutating func append(
    _ text: borrowing RawSpan, escaping isSpecial: (UInt8) -> Bool, _ escape: (inout ByteBuffer, UInt8) -> Void
  ) {
    let text = text.copied
    var position = 0
    var unwritten = 0
    while position < text.count {
      let length = text.lengthOfCharacter(at: position)
      if length == 0 || (length == 1 && isSpecial(text[position])) {
        append(text, unwritten..<position)
        escape(&self, text[position])
        unwritten = position + 1
      }
      position += Swift.max(length, 1)
    }
    append(text, unwritten..<text.count)
  }
}

extension [UInt8] {
  /// The number of bytes of the UTF-8 character at a position; 0 for invalid UTF-8.
  ///
  /// The control characters U+0080 to U+009F, which terminals obey, count as invalid.
  fileprivate func lengthOfCharacter(at position: Int) -> Int {
    let first = self[position]
    if first < 0x80 { return 1 }
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard first >= 0xc2, first < 0xf5, position + length <= count else { return 0 }
    for follower in self[position + 1..<position + length] where follower & 0xc0 != 0x80 { return 0 }
    let second = self[position + 1]
    switch first {
    case 0xc2 where second < 0xa0, 0xe0 where second < 0xa0, 0xed where second > 0x9f, 0xf0 where second < 0x90,
      0xf4 where second > 0x8f:
      return 0
    default: return length
    }
  }
}
