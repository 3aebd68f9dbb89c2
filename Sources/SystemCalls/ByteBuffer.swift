internal import CMnl

/// Bytes on their way out: what is added is copied to the end, in one step and with room to spare.
///
/// An array of bytes adds them one by one.
@safe public struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  /// How many there are.
  package private(set) var count = 0

  /// Makes room for so many bytes at first.
  package init(capacity: Int = 4096) {
    unsafe start = malloc(capacity)!
    self.capacity = capacity
  }

  deinit { unsafe free(start) }

  package var isEmpty: Bool { count == 0 }

  /// Forgets all bytes, and keeps the room.
  package mutating func removeAll() { count = 0 }

  /// A copy of all bytes.
  package var bytes: [UInt8] { unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count)) }

  /// Hands the bytes to `body`.
  package borrowing func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Hands a part of the bytes to `body`.
  package borrowing func withBytes(_ range: Range<Int>, _ body: (RawSpan) -> Void) {
    unsafe withBytes { unsafe body($0.bytes.extracting(range)) }
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    if count &+ more > capacity { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = 2 * (count + more)
    let larger = unsafe malloc(capacity)!
    unsafe memcpy(larger, start, count)
    unsafe free(start)
    unsafe start = larger
  }
}

extension ByteBuffer: ByteSink {
  package mutating func append(_ byte: UInt8) {
    guard count < capacity else { return growAndAppend(byte) }
    put(byte)
  }

  @inline(never)
  private mutating func growAndAppend(_ byte: UInt8) {
    grow(by: 1)
    put(byte)
  }

  /// Appends a byte for which there is room.
  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    unsafe (start + count).storeBytes(of: byte, as: UInt8.self)
    count &+= 1
  }

  package mutating func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { if let first = $0.baseAddress { unsafe append(first, $0.count) } }
  }

  /// Appends bytes if each is a printable ASCII character that is the same in quotes; says whether.
  package mutating func append(ifPlain bytes: borrowing RawSpan) -> Bool {
    for position in 0..<bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      if byte < 0x20 || byte > 0x7e || byte == ascii("\"") || byte == ascii("\\") { return false }
    }
    append(bytes)
    return true
  }

  /// Appends bytes with quotes around them.
  @inline(never)
  package mutating func append(quoted bytes: borrowing RawSpan) {
    makeRoom(for: bytes.byteCount &+ 2)
    put(ascii("\""))
    append(bytes)
    put(ascii("\""))
  }

  /// Appends a key of a JSON object: quoted, a colon behind it, and before it a comma unless it is the first.
  @inline(never) @_optimize(speed)
  package mutating func append(key: borrowing RawSpan, isFirst: Bool) {
    makeRoom(for: key.byteCount &+ 4)
    if !isFirst { put(ascii(",")) }
    put(ascii("\""))
    append(key)
    put(ascii("\""))
    put(ascii(":"))
  }

  /// Copied into its callers, where how long a literal is and where it lies is mostly known.
  @inline(__always)
  package mutating func append(_ literal: StaticString) {
    unsafe append(literal.utf8Start, literal.utf8CodeUnitCount)
  }

  /// What all output goes through: nothing happens after the copy, and nothing is kept across a call.
  @inline(never) @_optimize(speed)
  private mutating func append(_ first: UnsafeRawPointer, _ length: Int) {
    let end = count &+ length
    guard end <= capacity else { return unsafe growAndAppend(first, length) }
    let target = unsafe start + count
    count = end
    // Most are short, and all a listing's text comes through here: it takes an eighth less than if each were a call.
    if length >= 4 {
      if length <= 8 {
        unsafe copyEnds(of: first, length, to: target, as: UInt32.self)
      } else if length <= 16 {
        unsafe copyEnds(of: first, length, to: target, as: UInt64.self)
      } else {
        unsafe memcpy(target, first, length)
      }
    } else if length >= 2 {
      unsafe copyEnds(of: first, length, to: target, as: UInt16.self)
    } else if length == 1 {
      unsafe copyEnds(of: first, length, to: target, as: UInt8.self)
    }
  }

  @inline(never)
  private mutating func growAndAppend(_ first: UnsafeRawPointer, _ length: Int) {
    grow(by: length)
    unsafe append(first, length)
  }

  /// Copies as many bytes as two words have, or less: the words at both ends, which may overlap.
  @inline(__always)
  private func copyEnds<Word: BitwiseCopyable>(
    of first: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer, as type: Word.Type
  ) {
    let last = length &- MemoryLayout<Word>.size
    let words = unsafe (first.loadUnaligned(as: type), (first + last).loadUnaligned(as: type))
    unsafe target.storeBytes(of: words.0, as: type)
    unsafe (target + last).storeBytes(of: words.1, as: type)
  }

  /// Appends bytes in hexadecimal, with colons between.
  @_optimize(speed)
  package mutating func append(hexWithColons bytes: borrowing RawSpan) {
    let length = 3 &* bytes.byteCount
    if length == 0 { return }
    makeRoom(for: length)
    let digits = unsafe ("0123456789abcdef" as StaticString).utf8Start
    var target = unsafe start + count
    for position in 0..<bytes.byteCount {
      let byte = unsafe Int(bytes.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self))
      unsafe target.storeBytes(of: digits[byte >> 4], as: UInt8.self)
      unsafe target.storeBytes(of: digits[byte & 0xf], toByteOffset: 1, as: UInt8.self)
      unsafe target.storeBytes(of: ascii(":"), toByteOffset: 2, as: UInt8.self)
      unsafe target += 3
    }
    // The last colon is written over.
    count &+= length &- 1
  }

  /// Appends a part of an array.
  package mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    unsafe bytes.withUnsafeBytes { unsafe append($0.bytes.extracting(range)) }
  }

  /// Appends bytes of an array.
  package mutating func append(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe append($0.bytes) } }
}

/// Where text is put together.
package protocol ByteSink: ~Copyable {
  mutating func append(_ byte: UInt8)
  mutating func append(_ bytes: borrowing RawSpan)
  mutating func append(_ literal: StaticString)
}

extension [UInt8]: ByteSink {
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

extension ByteSink where Self: ~Copyable {
  /// Appends a number in decimal digits.
  package mutating func append(decimal value: some BinaryInteger) {
    if value < 0 { append(ascii("-")) }
    appendDecimal(UInt64(value.magnitude))
  }

  /// Appends a number in hexadecimal digits, at least as many as `width`.
  package mutating func append(hex value: some UnsignedInteger, width: Int = 1) {
    appendHexadecimal(UInt64(value), width)
  }

  private mutating func appendDecimal(_ value: UInt64) { append(digitsOf: value, radix: 10, width: 1) }

  private mutating func appendHexadecimal(_ value: UInt64, _ width: Int) {
    append(digitsOf: value, radix: 16, width: width)
  }

  /// Copied into both of its callers, where the radix is a constant that is not divided by.
  @inline(__always)
  private mutating func append(digitsOf value: UInt64, radix: UInt64, width: Int) {
    // In words, as bytes would be written one by one.
    let zeros: UInt64 = 0x3030_3030_3030_3030
    var words: InlineArray<3, UInt64> = [zeros, zeros, zeros]
    let end = 3 * MemoryLayout<UInt64>.size
    var first = end
    var span = words.mutableSpan
    var digits = unsafe span.mutableBytes
    var rest = value
    while rest > 0 {
      first -= 1
      digits.storeBytes(of: hexDigit(UInt8(truncatingIfNeeded: rest % radix)), toByteOffset: first, as: UInt8.self)
      rest /= radix
    }
    append(digits.bytes.extracting(min(first, end - width)..<end))
  }
}

@inline(__always)
private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? ascii("0") &+ value : ascii("a") &- 10 &+ value
}
