internal import CMnl

/// Patterns as the shell has them for file names; fnmatch(3).
package enum Glob {
  /// Whether a text is what a pattern such as `veth0:*` describes.
  package static func matches(_ text: [UInt8], pattern: [UInt8]) -> Bool {
    guard let text = text.nulTerminated, let pattern = pattern.nulTerminated else { return false }
    return unsafe text.withUnsafeBytes { text in
      unsafe pattern.withUnsafeBytes { pattern in
        unsafe matches_pattern(
          pattern.baseAddress!.assumingMemoryBound(to: CChar.self),
          text.baseAddress!.assumingMemoryBound(to: CChar.self)) != 0
      }
    }
  }
}
