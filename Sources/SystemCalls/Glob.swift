internal import CMnl

/// The patterns that a shell has for file names; fnmatch(3).
package enum Glob {
  /// Whether a text matches a pattern such as `veth0:*`.
  package static func matches(_ text: [UInt8], pattern: [UInt8]) -> Bool {
    guard let text = text.nulTerminated, let pattern = pattern.nulTerminated else { return false }
    return unsafe text.withUnsafeBytes { text in
      unsafe pattern.withUnsafeBytes { pattern in
        unsafe fnmatch(
          pattern.baseAddress!.assumingMemoryBound(to: CChar.self),
          text.baseAddress!.assumingMemoryBound(to: CChar.self), 0) == 0
      }
    }
  }
}
