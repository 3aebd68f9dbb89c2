internal import CMnl

// Words and names are bytes: the kernel promises no encoding, and comparing bytes needs no Unicode tables.

extension [UInt8] {
  /// The bytes of a literal.
  package init(_ literal: StaticString) {
    self = literal.withUTF8Buffer { unsafe Array($0) }
  }

  /// The bytes before the first NUL that C put there.
  package init(cString: UnsafePointer<CChar>) {
    let count = unsafe strlen(cString)
    self = unsafe Array(UnsafeRawBufferPointer(start: cString, count: count))
  }

  /// The bytes followed by the NUL that C wants; nil where they hold one themselves.
  package var nulTerminated: [UInt8]? { contains(0) ? nil : self + [0] }

  package static func == (bytes: [UInt8], literal: StaticString) -> Bool {
    bytes.count == literal.utf8CodeUnitCount && bytes.isPrefix(of: literal)
  }

  /// Whether the literal begins with these bytes (as no bytes at all do not count).
  package func abbreviates(_ literal: StaticString) -> Bool {
    !isEmpty && count <= literal.utf8CodeUnitCount && isPrefix(of: literal)
  }

  /// Whether these are the bytes of a literal, ASCII letters being large or small.
  package func equalsIgnoringCase(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount
      && literal.withUTF8Buffer { literal in
        for position in indices {
          guard unsafe self[position].lowercased == literal[position].lowercased else { return false }
        }
        return true
      }
  }

  package func hasPrefix(_ literal: StaticString) -> Bool {
    count >= literal.utf8CodeUnitCount
      && literal.withUTF8Buffer { prefix in
        unsafe withUnsafeBytes {
          unsafe memcmp($0.baseAddress ?? UnsafeRawPointer(prefix.baseAddress!), prefix.baseAddress!, prefix.count) == 0
        }
      }
  }

  private func isPrefix(of literal: StaticString) -> Bool {
    isEmpty
      || literal.withUTF8Buffer { whole in
        unsafe withUnsafeBytes { unsafe memcmp($0.baseAddress!, whole.baseAddress!, $0.count) == 0 }
      }
  }
}

extension StaticString {
  /// The literal as C has it, with a NUL behind it.
  var cString: UnsafePointer<CChar> { unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

/// Lets `switch word { case "add": … }` read as it would with strings.
package func ~= (literal: StaticString, bytes: [UInt8]) -> Bool { bytes == literal }

extension [UInt8] {
  /// Appends the bytes of a literal.
  @inline(never)
  package mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }

  /// Appends bytes that lie elsewhere.
  package mutating func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal value: some BinaryInteger) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digitsOf: UInt64(value.magnitude), radix: 10)
  }

  /// Appends a number in hexadecimal digits, at least as many as `width`.
  package mutating func append(hex value: some UnsignedInteger, width: Int = 1) {
    append(digitsOf: UInt64(value), radix: 16, width: width)
  }

  private mutating func append(digitsOf value: UInt64, radix: UInt64, width: Int = 1) {
    var digits: InlineArray<20, UInt8> = .init(repeating: UInt8(ascii: "0"))
    var rest = value
    var first = digits.count
    while rest > 0 {
      first -= 1
      let digit = UInt8(truncatingIfNeeded: rest % radix)
      digits[first] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      rest /= radix
    }
    for position in Swift.min(first, digits.count - width)..<digits.count { append(digits[position]) }
  }
}
