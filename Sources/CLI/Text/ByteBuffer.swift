internal import SystemCalls

/// A growing buffer of output: bytes, numbers in digits, and JSON strings. (`[UInt8].append(contentsOf:)` copies byte by
/// byte.)
@safe struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  /// The number of bytes.
  private(set) var count = 0

  /// - Parameter capacity: the number of bytes that fit before the buffer grows.
  init(capacity: Int = 4096) {
    unsafe start = .allocate(byteCount: capacity, alignment: 1)
    self.capacity = capacity
  }

  deinit { unsafe start.deallocate() }

  var isEmpty: Bool { count == 0 }

  /// Removes all bytes; the capacity remains.
  mutating func removeAll() { count = 0 }

  /// A copy of all bytes.
  var bytes: [UInt8] { unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count)) }

  /// Calls `body` with the bytes.
  borrowing func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
    unsafe body(UnsafeRawBufferPointer(start: start, count: count).bytes)
  }

  /// Calls `body` with some of the bytes.
  borrowing func withBytes(_ range: Range<Int>, _ body: (RawSpan) -> Void) {
    withBytes { body($0.extracting(range)) }
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    // The kernel allocates a page only when the program writes to the page.
    capacity = 4 * (count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    unsafe larger.copyMemory(from: start, byteCount: count)
    unsafe start.deallocate()
    unsafe start = larger
  }
}

extension ByteBuffer {
  mutating func append(_ byte: UInt8) {
    guard count < capacity else { return growAndAppend(byte) }
    put(byte)
  }

  @inline(never)
  private mutating func growAndAppend(_ byte: UInt8) {
    grow(by: 1)
    put(byte)
  }

  /// Appends a byte. The capacity must suffice.
  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    unsafe (start + count).storeBytes(of: byte, as: UInt8.self)
    count &+= 1
  }

  mutating func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { if let first = $0.baseAddress { unsafe append(first, $0.count) } }
  }

  /// Appends at most 16 bytes if the capacity suffices and JSON needs no escape for any of them.
  ///
  /// Worth 4 % of the wall time of a listing in JSON.
  ///
  /// - Returns: whether the bytes were appended.
  @_optimize(speed)
  mutating func append(ifPlain bytes: borrowing RawSpan) -> Bool { appendIfPlain(bytes, isQuoted: false) }

  /// As `append(ifPlain:)`, in quotes.
  @_optimize(speed)
  mutating func append(quotedIfPlain bytes: borrowing RawSpan) -> Bool { appendIfPlain(bytes, isQuoted: true) }

  @inline(__always)
  private mutating func appendIfPlain(_ bytes: borrowing RawSpan, isQuoted: Bool) -> Bool {
    let length = bytes.byteCount
    let quotes = isQuoted ? 1 : 0
    let wordSize = MemoryLayout<UInt64>.size
    guard length <= 2 * wordSize, count &+ quotes &+ length &+ wordSize <= capacity else { return false }
    let target = unsafe start + count + quotes
    unsafe bytes.withUnsafeBytes { if let first = $0.baseAddress { unsafe copyBytes(first, length, to: target) } }
    // Checked in the target, eight bytes at a time: blanks fill the last eight.
    unsafe target.storeBytes(of: each(ascii(" ")), toByteOffset: length, as: UInt64.self)
    var position = 0
    while position < length {
      guard unsafe arePlain(target.loadUnaligned(fromByteOffset: position, as: UInt64.self)) else { return false }
      position &+= wordSize
    }
    if isQuoted {
      unsafe target.storeBytes(of: ascii("\""), toByteOffset: -1, as: UInt8.self)
      unsafe target.storeBytes(of: ascii("\""), toByteOffset: length, as: UInt8.self)
    }
    count &+= length &+ 2 &* quotes
    return true
  }

  /// Appends bytes in quotes, after a comma unless they are the first of their object or array.
  ///
  /// One step for keys and short words: worth 3 % of the wall time of a listing in JSON.
  @inline(never) @_optimize(speed)
  mutating func append(quoted bytes: borrowing RawSpan, isFirst: Bool = true) {
    appendQuoted(bytes, isFirst, isKey: false)
  }

  /// As `append(quoted:)`, with a colon: a key of a JSON object.
  @inline(__always)
  mutating func append(key: borrowing RawSpan, isFirst: Bool) { appendQuoted(key, isFirst, isKey: true) }

  @inline(__always)
  private mutating func appendQuoted(_ bytes: borrowing RawSpan, _ isFirst: Bool, isKey: Bool) {
    let length = bytes.byteCount
    guard length <= 16, count &+ length &+ 4 <= capacity else { return appendLong(quoted: bytes, isFirst, isKey) }
    var end = count
    if !isFirst {
      unsafe start.storeBytes(of: ascii(","), toByteOffset: end, as: UInt8.self)
      end &+= 1
    }
    let target = unsafe start + end
    unsafe target.storeBytes(of: ascii("\""), as: UInt8.self)
    unsafe bytes.withUnsafeBytes { if let first = $0.baseAddress { unsafe copyBytes(first, length, to: target + 1) } }
    unsafe target.storeBytes(of: ascii("\""), toByteOffset: length &+ 1, as: UInt8.self)
    if isKey { unsafe target.storeBytes(of: ascii(":"), toByteOffset: length &+ 2, as: UInt8.self) }
    count = end &+ length &+ (isKey ? 3 : 2)
  }

  /// As `appendQuoted`, for long bytes, and where the capacity does not suffice.
  @inline(never)
  private mutating func appendLong(quoted bytes: borrowing RawSpan, _ isFirst: Bool, _ isKey: Bool) {
    append(isFirst ? "\"" : ",\"")
    append(bytes)
    append(isKey ? "\":" : "\"")
  }

  /// Inlined, because the compiler mostly knows the address and the size of a literal.
  @inline(__always)
  mutating func append(_ literal: StaticString) {
    unsafe append(literal.utf8Start, literal.utf8CodeUnitCount)
  }

  /// Appends bytes, for all other functions. The copy is the last step, so that no register has to be saved.
  @inline(never) @_optimize(speed)
  private mutating func append(_ first: UnsafeRawPointer, _ length: Int) {
    let end = count &+ length
    guard end <= capacity else { return unsafe growAndAppend(first, length) }
    let target = unsafe start + count
    count = end
    unsafe copyBytes(first, length, to: target)
  }

  @inline(never)
  private mutating func growAndAppend(_ first: UnsafeRawPointer, _ length: Int) {
    grow(by: length)
    unsafe append(first, length)
  }

  /// Appends bytes in hexadecimal with colons between them, such as a MAC address; in quotes if `isQuoted`.
  @_optimize(speed)
  mutating func append(hexWithColons bytes: borrowing RawSpan, isQuoted: Bool = false) {
    guard count &+ 3 &* bytes.byteCount &+ 2 <= capacity else { return growAndAppend(hexWithColons: bytes, isQuoted) }
    let digits = unsafe ("0123456789abcdef" as StaticString).utf8Start
    var target = unsafe start + count
    if isQuoted {
      unsafe target.storeBytes(of: ascii("\""), as: UInt8.self)
      unsafe target += 1
    }
    for position in 0..<bytes.byteCount {
      let byte = unsafe Int(bytes.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self))
      unsafe target.storeBytes(of: digits[byte >> 4], as: UInt8.self)
      unsafe target.storeBytes(of: digits[byte & 0xf], toByteOffset: 1, as: UInt8.self)
      unsafe target.storeBytes(of: ascii(":"), toByteOffset: 2, as: UInt8.self)
      unsafe target += 3
    }
    // Without the last colon.
    if bytes.byteCount > 0 { unsafe target -= 1 }
    if isQuoted {
      unsafe target.storeBytes(of: ascii("\""), as: UInt8.self)
      unsafe target += 1
    }
    count = unsafe target - start
  }

  @inline(never)
  private mutating func growAndAppend(hexWithColons bytes: borrowing RawSpan, _ isQuoted: Bool) {
    grow(by: 3 &* bytes.byteCount &+ 2)
    append(hexWithColons: bytes, isQuoted: isQuoted)
  }

  /// Appends some bytes of an array.
  mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    unsafe bytes.withUnsafeBytes { unsafe append($0.bytes.extracting(range)) }
  }

  /// Appends all bytes of an array.
  mutating func append(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe append($0.bytes) } }
}

extension ByteBuffer {
  /// Appends a number in decimal digits.
  mutating func append(decimal value: some BinaryInteger) {
    if value < 0 { append(ascii("-")) }
    appendDecimal(UInt64(value.magnitude))
  }

  /// Appends a number in hexadecimal digits, with leading zeros up to `width` digits, of which there may be 20.
  mutating func append(hex value: some UnsignedInteger, width: Int = 1) {
    appendHexadecimal(UInt64(value), width: width)
  }

  @inline(never)
  private mutating func appendDecimal(_ value: UInt64) { append(digitsOf: value, radix: 10, width: 1) }

  @inline(never)
  private mutating func appendHexadecimal(_ value: UInt64, width: Int) {
    append(digitsOf: value, radix: 16, width: width)
  }

  /// Inlined into both of its callers, where the radix is a constant.
  @inline(__always)
  private mutating func append(digitsOf value: UInt64, radix: UInt64, width: Int) {
    // The digits come from the last to the first: they are written at the end of the reserved bytes, and then moved.
    reserve(40)
    let end = unsafe start + count + 40
    var first = unsafe end
    var rest = value
    repeat {
      unsafe first -= 1
      unsafe first.storeBytes(of: hexDigit(UInt8(truncatingIfNeeded: rest % radix)), as: UInt8.self)
      rest /= radix
    } while rest > 0
    while unsafe width > 1 && end - first < width {
      unsafe first -= 1
      unsafe first.storeBytes(of: ascii("0"), as: UInt8.self)
    }
    unsafe append(first, end - first)
  }
}

extension StandardStream {
  /// Writes all bytes of a buffer; write(2). False when they cannot be written.
  @discardableResult
  func write(_ buffer: borrowing ByteBuffer) -> Bool { buffer.withBytes { write($0) } }
}

/// A word that holds this byte eight times.
@inline(__always)
private func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Whether eight bytes are all printable ASCII characters, and no quote or backslash.
///
/// The highest bit of a byte is set in what is above 0x7f; in 0x7f, after 1 is added; in what is below 0x20, after 0x20 is
/// subtracted; and in a quote or a backslash, after an exclusive or with that character makes it 0 and 1 is subtracted. A
/// borrow from the next byte comes only from a byte that is not plain itself.
@inline(__always)
private func arePlain(_ word: UInt64) -> Bool {
  let highBits =
    word | (word &+ each(1)) | (word &- each(0x20)) | ((word ^ each(ascii("\""))) &- each(1))
    | ((word ^ each(ascii("\\"))) &- each(1))
  return highBits & each(0x80) == 0
}
