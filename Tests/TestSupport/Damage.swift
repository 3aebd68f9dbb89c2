/// A way to damage a message, in all places, one at a time.
package enum Damage: String, CaseIterable, Sendable {
  /// Every length that is shorter.
  case cut
  /// Every length that is shorter, with that length in the header: the last attribute is cut off.
  case shortened
  /// Every byte set to 0 and to 0xff, and each of its bits flipped.
  case bytes
  /// Every place where a length can be (every fourth byte) set to 0...255 and to 0xffff.
  case lengths

  /// Calls `body` with each damaged form of `whole`, which is one message.
  package func forEach(of whole: [UInt8], _ body: ([UInt8]) throws -> Void) rethrows {
    switch self {
    case .cut:
      for count in whole.indices { try body([UInt8](whole.prefix(count))) }
    case .shortened:
      for count in 16..<whole.count {
        try body([UInt8(count & 0xff), UInt8(count >> 8), 0, 0] + whole[4..<count])
      }
    case .bytes:
      var bytes = whole
      for position in whole.indices {
        for value in [0, 0xff] + (0..<8).map({ whole[position] ^ 1 << $0 }) {
          bytes[position] = value
          try body(bytes)
        }
        bytes[position] = whole[position]
      }
    case .lengths:
      var bytes = whole
      for position in stride(from: 0, to: whole.count - 1, by: 4) {
        for (low, high) in (UInt8.min...UInt8.max).map({ ($0, UInt8(0)) }) + [(0xff, 0xff)] {
          (bytes[position], bytes[position + 1]) = (low, high)
          try body(bytes)
        }
        (bytes[position], bytes[position + 1]) = (whole[position], whole[position + 1])
      }
    }
  }
}
