internal import Netlink
internal import SystemCalls

/// The name of a value in text and, after a blank, the key in JSON where the key differs: `crc crc_errors`.
///
/// One literal for both, because each literal costs the start of the program some 30 instructions.
struct Label: ExpressibleByStringLiteral, Sendable {
  private let literal: StaticString

  init(stringLiteral literal: StaticString) { self.literal = literal }

  /// The word in text.
  var word: RawSpan { @_lifetime(immortal) get { part(isKey: false) } }

  /// The key in JSON.
  var key: RawSpan { @_lifetime(immortal) get { part(isKey: true) } }

  @inline(never)
  @_lifetime(immortal)
  private func part(isKey: Bool) -> RawSpan {
    let bytes = literal.bytes
    var blank = 0
    while let byte = bytes.load(at: blank, as: UInt8.self), byte != ascii(" ") { blank &+= 1 }
    if isKey, blank < bytes.byteCount { return bytes.extracting(droppingFirst: blank + 1) }
    return bytes.extracting(first: blank)
  }
}
