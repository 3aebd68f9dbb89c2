import Foundation
import SystemCalls
import Testing

@testable import CLI

/// What goes out is the same however much room there is, and whichever of several ways it takes.
@Suite struct ByteBufferTests {
  /// What `write` makes of a buffer, with every room from one byte to more than it needs.
  private func text(_ write: (inout ByteBuffer) -> Void) -> String {
    var texts: Set<[UInt8]> = []
    for capacity in 1...80 {
      var buffer = ByteBuffer(capacity: capacity)
      write(&buffer)
      texts.insert(buffer.bytes)
    }
    #expect(texts.count == 1)
    return String(decoding: texts.first ?? [], as: UTF8.self)
  }

  private func withBytes(_ text: String, _ body: (RawSpan) -> Void) { body(Array(text.utf8).span.bytes) }

  @Test("bytes of any number", arguments: 0...40)
  func copies(count: Int) {
    let word = String("abcdefghijklmnopqrstuvwxyz0123456789ABCD".prefix(count))
    withBytes(word) { bytes in
      #expect(text { $0.append(bytes) } == word)
      #expect(text { $0.append(quoted: bytes) } == "\"\(word)\"")
      #expect(text { $0.append(quoted: bytes, isFirst: false) } == ",\"\(word)\"")
      #expect(text { $0.append(key: bytes, isFirst: true) } == "\"\(word)\":")
      #expect(text { $0.append(key: bytes, isFirst: false) } == ",\"\(word)\":")
      #expect(text { $0.append(json: bytes) } == "\"\(word)\"")
      #expect(text { $0.append(visible: bytes) } == word)
      let pairs = word.utf8.map { String(format: "%02x", $0) }.joined(separator: ":")
      #expect(text { $0.append(hexWithColons: bytes) } == pairs)
      #expect(text { $0.append(hexWithColons: bytes, isQuoted: true) } == "\"\(pairs)\"")
    }
  }

  @Test(
    "numbers of any size",
    arguments: [0, 1, 9, 10, 99, 100, 1500, 65_535, 65_536, UInt64(UInt32.max), .max / 2, .max - 1, .max])
  func numbers(number: UInt64) {
    #expect(text { $0.append(decimal: number) } == "\(number)")
    #expect(text { $0.append(hex: number) } == String(number, radix: 16))
    for width in [1, 2, 4, 16, 20] {
      let digits = String(number, radix: 16)
      let padded = String(repeating: "0", count: max(0, width - digits.count)) + digits
      #expect(text { $0.append(hex: number, width: width) } == padded)
      var array: [UInt8] = Array("0x".utf8)
      array.append(hex: number, width: width)
      #expect(array == Array("0x\(padded)".utf8))
    }
    var array: [UInt8] = []
    array.append(decimal: number)
    #expect(array == Array("\(number)".utf8))
  }

  @Test("numbers below zero", arguments: [-1, -10, Int64(Int32.min), .min])
  func negative(number: Int64) {
    #expect(text { $0.append(decimal: number) } == "\(number)")
    var array: [UInt8] = []
    array.append(decimal: number)
    #expect(array == Array("\(number)".utf8))
  }

  /// Foundation reads what was written: each byte at each place of short and long texts, among letters.
  @Test("JSON says every byte, wherever it stands")
  func everyByte() throws {
    var buffer = ByteBuffer()
    var expected: [String] = []
    for count in 1...18 {
      for position in 0..<count {
        for byte in UInt8.min...UInt8.max {
          var text = [UInt8](repeating: UInt8(ascii: "~"), count: count)
          text[position] = byte
          buffer.append(buffer.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
          buffer.append(json: text.span.bytes)
          expected.append(String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) })))
        }
      }
    }
    buffer.append(UInt8(ascii: "]"))
    #expect(!buffer.bytes.contains { $0 < 0x20 || $0 > 0x7e })
    let told = try JSONSerialization.jsonObject(with: Data(buffer.bytes)) as? [String]
    #expect(told == expected)
  }

  @Test("a terminal gets no byte that it obeys, wherever it stands")
  func everyVisibleByte() {
    for count in 1...18 {
      for position in 0..<count {
        for byte in UInt8.min...UInt8.max {
          var text = [UInt8](repeating: UInt8(ascii: "~"), count: count)
          text[position] = byte
          var buffer = ByteBuffer()
          buffer.append(visible: text.span.bytes)
          let shown = 0x20...0x7e ~= byte ? [byte] : Array(String(format: "\\x%02x", byte).utf8)
          #expect(buffer.bytes == Array(text[..<position]) + shown + Array(text[(position + 1)...]))
        }
      }
    }
  }
}
