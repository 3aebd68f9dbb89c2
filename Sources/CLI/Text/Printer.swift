internal import RTNetlink
internal import SystemCalls

/// Writes records in one of three forms: text, text with a record on a line, or JSON.
///
/// A field is stated once, with its JSON key, the text before it, and whether a blank follows.
struct Printer: ~Copyable {
  enum Form { case text, oneLine, json, prettyJSON }

  let form: Form
  let isJSON: Bool
  /// Whether a person looks at it, who must not get control bytes.
  let isTerminal: Bool
  /// The colours of a text; nil for none.
  let palette: Palette?
  private var bytes = ByteBuffer()
  /// How deep the open arrays and objects are.
  private var depth = 0
  /// Whether the innermost has no element yet.
  private var isFirst = true
  /// Whether something could not be written.
  private var isBroken = false

  init(form: Form, isTerminal: Bool, palette: Palette?) {
    self.form = form
    isJSON = form == .json || form == .prettyJSON
    self.isTerminal = isTerminal
    self.palette = palette
  }

  /// Whether there is nothing to send.
  var isEmpty: Bool { bytes.isEmpty }

  /// What waits to be sent.
  var unsent: [UInt8] { bytes.bytes }

  /// Sends what there is; false when nobody takes it, or took what was sent before.
  @discardableResult
  mutating func flush() -> Bool {
    if !bytes.isEmpty, !StandardStream.output.write(bytes) { isBroken = true }
    bytes.removeAll()
    return !isBroken
  }

  /// Bytes that are not for people, in whatever form the rest is.
  mutating func raw(_ bytes: RawSpan) { self.bytes.append(bytes) }

  /// Drops what a command that failed has left half said.
  mutating func discard() {
    bytes.removeAll()
    depth = 0
    isFirst = true
  }

  /// Sends what there is once it is much, while the next record still has room.
  mutating func flushIfFull() {
    if bytes.count >= Self.capacity - 4096 { flush() }
  }

  /// How many bytes are sent at once, and a record's more.
  private static var capacity: Int { 64 * 1024 }
}

// Not copied into each of their many callers: a listing takes 2 % more instructions, the program 4 KB less.

// Text, which JSON does not have.
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

  /// Where a column begins, for `endColumn`.
  func beginColumn() -> Int { bytes.count }

  /// Fills a column up with blanks.
  mutating func endColumn(_ start: Int, width: Int) {
    while !isJSON, bytes.count < start + width { bytes.append(ascii(" ")) }
  }

  /// What follows up to `end` is in this colour.
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

// Fields, which both have.
extension Printer {
  /// States a value; nothing where it is nil, which is seen to before anything is called.
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

  /// The same in a colour. (By way of `put`, a listing would take 2 % more instructions.)
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

// Lists, which are arrays in JSON and in text have commas between their items.
extension Printer {
  mutating func beginList(_ key: StaticString, _ before: StaticString) {
    if isJSON { beginArray(key) } else { bytes.append(before) }
    isFirst = true
  }

  mutating func item(_ word: StaticString) { item(word.bytes) }

  /// The same of a word that was put together, and needs no escaping either.
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

// JSON, which text does not have.
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

  /// States that there is no value.
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

  /// Ends an array or object; the outermost is a document, on a line of its own.
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
