internal import SystemCalls

// Word lists: the spellings of a keyword in one literal, such as `broadcast* brd: ADDRESS`.

extension [UInt8] {
  /// Whether these bytes are a word in a list such as `broadcast* brd: ADDRESS`.
  ///
  /// Blanks separate the words of the list, and a colon ends the list. A word with `*` at its end can be abbreviated to its
  /// first letter, unless `inFull` is true.
  @inline(never) @_optimize(speed)
  func isAmong(_ words: StaticString, inFull: Bool = false) -> Bool {
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
}
