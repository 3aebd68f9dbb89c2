internal import CMnl

// Words and names are bytes: the kernel promises no encoding, and comparing bytes needs no Unicode tables.

extension [UInt8] {
  /// The bytes of a literal.
  package init(_ literal: StaticString) {
    self = literal.withUTF8Buffer { unsafe Array($0) }
  }

  /// A number in decimal digits.
  @inline(never)
  package init(decimal value: some BinaryInteger) {
    self = []
    append(decimal: value)
  }

  /// The bytes before the first NUL that C put there.
  package init(cString: UnsafePointer<CChar>) {
    self = unsafe UnsafeRawBufferPointer(start: cString, count: Int.max).bytes.string.copied
  }

  /// The bytes followed by the NUL that C wants; nil where they hold one themselves.
  package var nulTerminated: [UInt8]? { contains(0) ? nil : self + [0] }

  package static func == (bytes: [UInt8], literal: StaticString) -> Bool { unsafe bytes.span.bytes == literal }

  /// Whether the literal begins with these bytes (as no bytes at all do not count).
  package func abbreviates(_ literal: StaticString) -> Bool {
    unsafe !isEmpty && literal.bytes.begins(with: span.bytes)
  }

  /// Whether these bytes are one of the words of a literal, between which there are blanks, up to a colon; of a word with
  /// `*` at its end, the first of its bytes are enough (as no bytes at all are not).
  @inline(never) @_optimize(speed)
  package func isAmong(_ words: StaticString, inFull: Bool = false) -> Bool {
    guard let first else { return false }
    return words.withUTF8Buffer { words in
      var start = 0
      while start < words.count {
        var end = start
        while end < words.count, unsafe words[end] != ascii(" ") && words[end] != ascii(":") { end &+= 1 }
        if unsafe end > start && words[start] == first {
          let isShortened = unsafe words[end &- 1] == ascii("*")
          let length = end &- start &- (isShortened ? 1 : 0)
          if count == length || isShortened && !inFull && count < length {
            let name = unsafe UnsafeRawBufferPointer(start: words.baseAddress! + start, count: count).bytes
            if unsafe name.begins(with: span.bytes) { return true }
          }
        }
        if unsafe end == words.count || words[end] == ascii(":") { return false }
        start = end &+ 1
      }
      return false
    }
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

  /// The pieces between separators, some of which may be empty.
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

  /// Appends bytes that lie elsewhere.
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
  /// Its bytes, which lie in the program.
  package var bytes: RawSpan {
    @_lifetime(immortal) get {
      let bytes = unsafe UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount).bytes
      return unsafe _overrideLifetime(bytes, copying: ())
    }
  }

  /// The literal as C has it, with a NUL behind it.
  var cString: UnsafePointer<CChar> { unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { (ascii("A")...ascii("Z")).contains(self) ? self | 0x20 : self }
}

/// The byte of an ASCII character. (`UInt8(ascii:)` says the same, and stays a call in a build for size.)
@inline(__always)
package func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }

/// Lets `switch word { case "add": … }` read as it would with strings.
package func ~= (literal: StaticString, bytes: [UInt8]) -> Bool { bytes == literal }

extension RawSpan {
  /// The bytes in an array of their own.
  package var copied: [UInt8] { unsafe withUnsafeBytes { unsafe [UInt8]($0) } }

  /// Whether these are the bytes of a literal.
  package static func == (bytes: RawSpan, literal: StaticString) -> Bool {
    bytes.byteCount == literal.utf8CodeUnitCount && bytes.begins(with: literal.bytes)
  }

  /// Whether the first of these bytes are those.
  ///
  /// Words are short: compared before memcmp(3) is called, which every start of the program would have to look up.
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

  /// The bytes before the first NUL, as the kernel ends its strings with one, or not.
  ///
  /// Names are short: at their end before strnlen(3) is called, which every start of the program would have to look up.
  package var string: RawSpan {
    @_optimize(speed) @_lifetime(copy self) get {
      var count = 0
      while count < byteCount, unsafe unsafeLoad(fromUncheckedByteOffset: count, as: UInt8.self) != 0 { count &+= 1 }
      return count == byteCount ? self : unsafe part(at: 0, count: count)
    }
  }

  /// A part that is known to be there, of bytes that are somewhere.
  ///
  /// `extracting(unchecked:)` still checks that it is no longer than an `Int` can tell, which a listing does so often that
  /// without it takes 4 % fewer instructions.
  @unsafe @inline(__always)
  @_lifetime(copy self)
  package func part(at offset: Int, count: Int) -> RawSpan {
    let part = unsafe withUnsafeBytes {
      unsafe UnsafeRawBufferPointer(start: $0.baseAddress.unsafelyUnwrapped + offset, count: count)
    }
    return unsafe _overrideLifetime(part.bytes, copying: self)
  }
}

/// Copies bytes from one place to another, as memcpy(3), which is called for more than 16 of them.
///
/// Most are few, and all a listing's text comes through here: it takes an eighth less than if each were a call.
@unsafe @inline(__always)
package func copyBytes(_ first: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer) {
  if length >= 4 {
    if length <= 8 {
      unsafe copyEnds(first, length, to: target, as: UInt32.self)
    } else if length <= 16 {
      unsafe copyEnds(first, length, to: target, as: UInt64.self)
    } else {
      unsafe memcpy(target, first, length)
    }
  } else if length >= 2 {
    unsafe copyEnds(first, length, to: target, as: UInt16.self)
  } else if length == 1 {
    unsafe copyEnds(first, length, to: target, as: UInt8.self)
  }
}

/// Copies as many bytes as two words have, or less: the words at both ends, which may overlap.
@unsafe @inline(__always)
private func copyEnds<Word: BitwiseCopyable>(
  _ first: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer, as type: Word.Type
) {
  let last = length &- MemoryLayout<Word>.size
  let words = unsafe (first.loadUnaligned(as: type), (first + last).loadUnaligned(as: type))
  unsafe target.storeBytes(of: words.0, as: type)
  unsafe (target + last).storeBytes(of: words.1, as: type)
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
