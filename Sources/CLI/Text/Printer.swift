internal import RTNetlink
internal import SystemCalls

/// The output: records as text, as text with one record a line, or as JSON.
///
/// One call writes a field in all forms: the JSON key, the text before the value, and whether a blank follows the value.
struct Printer: ~Copyable {
  enum Form { case text, oneLine, json, prettyJSON }

  let form: Form
  let isJSON: Bool
  /// Whether the output is a terminal, for which control bytes are escaped.
  let isTerminal: Bool
  /// The colours of a text; nil for none.
  let palette: Palette?
  private var bytes = ByteBuffer()
  /// The number of open arrays and objects.
  private var depth = 0
  /// Whether the innermost array or object is empty so far.
  private var isFirst = true
  /// Whether a write has failed.
  private var isBroken = false

  init(form: Form, isTerminal: Bool, palette: Palette?) {
    self.form = form
    isJSON = form == .json || form == .prettyJSON
    self.isTerminal = isTerminal
    self.palette = palette
  }

  /// Whether all output is written.
  var isEmpty: Bool { bytes.isEmpty }

  /// The bytes that are not written yet.
  var unsent: [UInt8] { bytes.bytes }

  /// Writes all bytes to standard output; false where this write or an earlier one has failed.
  @discardableResult
  mutating func flush() -> Bool {
    if !bytes.isEmpty, !StandardStream.output.write(bytes) { isBroken = true }
    bytes.removeAll()
    return !isBroken
  }

  /// Appends binary data, whatever the form is.
  mutating func raw(_ bytes: RawSpan) { self.bytes.append(bytes) }

  /// Removes the partial output of a failed command.
  mutating func discard() {
    bytes.removeAll()
    depth = 0
    isFirst = true
  }

  /// Writes all bytes once less than 4 KB of the capacity is left for the next record.
  mutating func flushIfFull() {
    if bytes.count >= Self.capacity - 4096 { flush() }
  }

  /// The number of bytes that one write has at most, apart from a longer record.
  private static var capacity: Int { 64 * 1024 }
}

// These functions are not inlined: the program is 4 KB smaller, for 2 % more instructions of a listing.

// Output in text only.
extension Printer {
  @inline(never)
  mutating func text(_ literal: StaticString) {
    if !isJSON { bytes.append(literal) }
  }

  @inline(never)
  mutating func text(_ value: some FieldValue & ~Escapable) {
    if !isJSON { value.appendText(to: &bytes, isTerminal: isTerminal) }
  }

  /// Ends a line inside a record.
  mutating func newLine() {
    switch form {
    case .text: bytes.append(ascii("\n"))
    case .oneLine: bytes.append(ascii("\\"))
    case .json, .prettyJSON: break
    }
  }

  /// The start of a column, for `endColumn`.
  func beginColumn() -> Int { bytes.count }

  /// Pads a column with blanks.
  mutating func endColumn(_ start: Int, width: Int) {
    while !isJSON, bytes.count < start + width { bytes.append(ascii(" ")) }
  }

  /// Begins text in a colour; `end` ends it.
  @inline(__always)
  mutating func begin(_ color: Color?) {
    if let palette, let color { text(palette.sequence(for: color)) }
  }

  @inline(__always)
  mutating func end(_ color: Color?) {
    if palette != nil, color != nil { text(Palette.reset) }
  }

  /// Ends a record.
  mutating func endRecord() { text("\n") }
}

// Fields in text and JSON.
extension Printer {
  /// Writes a field; nothing for nil, without a call.
  @inline(__always)
  mutating func field(
    _ key: StaticString, _ before: StaticString, _ value: (some FieldValue & ~Escapable)?, spaced: Bool = true
  ) {
    if let value { put(key, before, value, spaced) }
  }

  @inline(never)
  private mutating func put(
    _ key: StaticString, _ before: StaticString, _ value: some FieldValue & ~Escapable, _ spaced: Bool
  ) {
    if isJSON { return member(key.bytes, value) }
    bytes.append(before)
    value.appendText(to: &bytes, isTerminal: isTerminal)
    if spaced { bytes.append(ascii(" ")) }
  }

  /// Writes a field in a colour. (Calling `put` would cost 2 % of a listing's instructions.)
  @inline(never)
  mutating func field(
    _ key: StaticString, _ before: StaticString, _ value: (some FieldValue & ~Escapable)?, spaced: Bool = true,
    in color: Color
  ) {
    guard let value else { return }
    if isJSON { return member(key.bytes, value) }
    bytes.append(before)
    begin(color)
    value.appendText(to: &bytes, isTerminal: isTerminal)
    if spaced { bytes.append(ascii(" ")) }
    end(color)
  }
}

// Lists: arrays in JSON, and items with commas between them in text.
extension Printer {
  mutating func beginList(_ key: StaticString, _ before: StaticString) {
    if isJSON { beginArray(key) } else { bytes.append(before) }
    isFirst = true
  }

  mutating func item(_ word: StaticString) { item(word.bytes) }

  /// Writes an item that needs no escaping.
  mutating func item(_ word: RawSpan) {
    if isJSON {
      bytes.append(quoted: word, isFirst: isFirst)
      isFirst = false
    } else {
      separate()
      bytes.append(word)
    }
  }

  mutating func endList(_ after: StaticString) {
    if isJSON { endArray() } else { bytes.append(after) }
  }
}

// Output in JSON only.
extension Printer {
  @inline(never)
  mutating func json(_ key: StaticString, _ value: some FieldValue & ~Escapable) {
    if isJSON { member(key.bytes, value) }
  }

  mutating func json(_ key: RawSpan, _ value: some FieldValue & ~Escapable) {
    if isJSON { member(key, value) }
  }

  @inline(__always)
  private mutating func member(_ key: RawSpan, _ value: some FieldValue & ~Escapable) {
    begin(key: key)
    value.appendJSON(to: &bytes)
  }

  /// Writes a member without a value.
  mutating func jsonNull(_ key: StaticString) {
    guard isJSON else { return }
    begin(key: key.bytes)
    bytes.append("null")
  }

  mutating func element(_ value: some FieldValue & ~Escapable) {
    guard isJSON else { return }
    separate()
    value.appendJSON(to: &bytes)
  }

  mutating func beginArray(_ key: StaticString? = nil) {
    guard isJSON else { return }
    open(key, ascii("["))
    if form == .prettyJSON { bytes.append(ascii(" ")) }
  }

  mutating func endArray() {
    guard isJSON else { return }
    depth -= 1
    if form == .prettyJSON, !isFirst { bytes.append(ascii(" ")) }
    bytes.append(ascii("]"))
    endValue()
  }

  mutating func beginObject(_ key: StaticString? = nil) {
    guard isJSON else { return }
    open(key, ascii("{"))
  }

  mutating func endObject() {
    guard isJSON else { return }
    depth -= 1
    if form == .prettyJSON, !isFirst { indent() }
    bytes.append(ascii("}"))
    endValue()
  }

  /// Ends an array or object; a newline follows the outermost one.
  private mutating func endValue() {
    isFirst = depth == 0
    if depth == 0 { bytes.append(ascii("\n")) }
  }

  private mutating func open(_ key: StaticString?, _ bracket: UInt8) {
    if let key { begin(key: key.bytes) } else { separate() }
    bytes.append(bracket)
    depth += 1
    isFirst = true
  }

  @inline(never) @_optimize(speed)
  private mutating func begin(key: RawSpan) {
    if form == .prettyJSON { return beginPretty(key) }
    let wasFirst = isFirst
    isFirst = false
    bytes.append(key: key, isFirst: wasFirst)
  }

  @inline(never)
  private mutating func beginPretty(_ key: RawSpan) {
    separate()
    indent()
    bytes.append(quoted: key)
    bytes.append(": ")
  }

  @inline(__always)
  private mutating func separate() {
    if !isFirst { bytes.append(ascii(",")) }
    isFirst = false
  }

  private mutating func indent() {
    bytes.append(ascii("\n"))
    for _ in 0..<depth { bytes.append("    ") }
  }
}
