internal import CMnl

// Words and names are bytes: names in the kernel have no encoding, and comparing bytes needs no Unicode tables.

extension [UInt8] {
  /// The bytes of a literal.
  package init(_ literal: StaticString) {
    self = literal.withUTF8Buffer { unsafe Array($0) }
  }

  /// The bytes of a C string, without its NUL.
  package init(cString: UnsafePointer<CChar>) {
    self = unsafe UnsafeRawBufferPointer(start: cString, count: Int.max).bytes.string.copied
  }

  /// The bytes followed by a NUL, as a C string; nil where they hold a NUL.
  package var nulTerminated: [UInt8]? { contains(0) ? nil : self + [0] }

  package static func == (bytes: [UInt8], literal: StaticString) -> Bool { unsafe bytes.span.bytes == literal }

  /// Whether the literal begins with these bytes, of which there must be one at least.
  package func abbreviates(_ literal: StaticString) -> Bool {
    unsafe !isEmpty && literal.bytes.begins(with: span.bytes)
  }

  /// Whether these are the bytes of a literal, without regard to the case of ASCII letters.
  package func equalsIgnoringCase(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount
      && literal.withUTF8Buffer { literal in
        for position in indices {
          guard unsafe self[position].lowercased == literal[position].lowercased else { return false }
        }
        return true
      }
  }

  /// The pieces between separators; some may be empty.
  @inline(never)
  package func pieces(between isSeparator: (UInt8) -> Bool) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    for byte in self {
      if isSeparator(byte) {
        pieces.append(piece)
        piece = []
      } else {
        piece.append(byte)
      }
    }
    pieces.append(piece)
    return pieces
  }

  package func hasPrefix(_ literal: StaticString) -> Bool { unsafe span.bytes.begins(with: literal.bytes) }

  /// Appends the bytes of a span.
  package mutating func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends the bytes of a literal.
  @inline(never)
  package mutating func append(_ literal: StaticString) {
    unsafe append(contentsOf: UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}

extension StaticString {
  /// The bytes of the literal.
  package var bytes: RawSpan {
    @_lifetime(immortal) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount).bytes
      return unsafe _overrideLifetime(bytes, copying: ())
    }
  }

  /// The literal as a C string: Swift stores a NUL after it.
  var cString: UnsafePointer<CChar> { unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { (ascii("A")...ascii("Z")).contains(self) ? self | 0x20 : self }
}

/// The byte of an ASCII character. (`UInt8(ascii:)` is not inlined by `-Osize`.)
@inline(__always)
package func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }

/// For `switch word { case "add": … }`, as with strings.
package func ~= (literal: StaticString, bytes: [UInt8]) -> Bool { bytes == literal }

extension RawSpan {
  /// A copy of the bytes.
  package var copied: [UInt8] { unsafe withUnsafeBytes { unsafe [UInt8]($0) } }

  /// Whether these are the bytes of a literal.
  package static func == (bytes: RawSpan, literal: StaticString) -> Bool {
    bytes.byteCount == literal.utf8CodeUnitCount && bytes.begins(with: literal.bytes)
  }

  /// Whether these bytes begin with other bytes.
  ///
  /// In a loop, as words are short: memcmp(3) costs each start of the program 1,200 instructions for its symbol.
  package func begins(with other: RawSpan) -> Bool {
    guard other.byteCount <= byteCount else { return false }
    for position in 0..<other.byteCount {
      let bytes = unsafe (
        unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self),
        other.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      )
      if bytes.0 != bytes.1 { return false }
    }
    return true
  }

  /// The bytes before the first NUL, or all bytes: the kernel ends not all of its strings with a NUL.
  ///
  /// In a loop, as names are short: with strnlen(3), a listing takes 1 % more instructions.
  package var string: RawSpan {
    @_optimize(speed) @_lifetime(copy self) get {
      var count = 0
      while count < byteCount, unsafe unsafeLoad(fromUncheckedByteOffset: count, as: UInt8.self) != 0 { count &+= 1 }
      return count == byteCount ? self : unsafe part(at: 0, count: count)
    }
  }

  /// The bytes at an offset, without any check. The span must not be empty.
  ///
  /// `extracting(unchecked:)` does check the size: with it, a listing takes 5 % more instructions, and 0.3 % more of the wall
  /// time in text and 1.3 % in JSON.
  @unsafe @inline(__always)
  @_lifetime(copy self)
  package func part(at offset: Int, count: Int) -> RawSpan {
    let part = unsafe withUnsafeBytes {
      unsafe UnsafeRawBufferPointer(start: $0.baseAddress.unsafelyUnwrapped + offset, count: count)
    }
    return unsafe _overrideLifetime(part.bytes, copying: self)
  }
}

/// A template with a word in the place of each `%`.
@inline(never)
package func sentence(_ template: StaticString, _ words: [UInt8]...) -> [UInt8] {
  var sentence: [UInt8] = []
  var next = 0
  for byte in [UInt8](template) {
    if byte == ascii("%"), next < words.count {
      sentence += words[next]
      next += 1
    } else {
      sentence.append(byte)
    }
  }
  return sentence
}
