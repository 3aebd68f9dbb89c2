internal import SystemCalls

/// What a value is called in text and, behind a blank, what JSON calls it, where that is another word.
///
/// One literal for both, as each costs the start of the program some 30 instructions.
struct Label: ExpressibleByStringLiteral, Sendable {
  private let literal: StaticString

  init(stringLiteral literal: StaticString) { self.literal = literal }

  /// The word in text.
  var word: RawSpan { @_lifetime(immortal) get { literal.bytes(behindBlank: false) } }

  /// The key in JSON.
  var key: RawSpan { @_lifetime(immortal) get { literal.bytes(behindBlank: true) } }
}
