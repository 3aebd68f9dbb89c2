import RTNetlink

// Tests only: a text that is no address ends them.

extension HardwareAddress: ExpressibleByStringLiteral {
  /// An address in the source code.
  public init(stringLiteral text: String) { self.init(text)! }
}
