import Foundation
import RTNetlink

// Addresses as people write them. Tests only: a literal that is none ends them.

extension HardwareAddress: ExpressibleByStringLiteral {
  /// Bytes in hexadecimal digits, colons between them.
  public init(stringLiteral text: String) {
    self.init(text.split(separator: ":").map { UInt8($0, radix: 16)! })!
  }
}

extension IPAddress: ExpressibleByStringLiteral {
  /// What inet_pton(3) reads.
  public init(stringLiteral text: String) {
    let family: Family = text.contains(":") ? .v6 : .v4
    var bytes: InlineArray<16, UInt8> = .init(repeating: 0)
    let known = withUnsafeMutableBytes(of: &bytes) { bytes in
      inet_pton(Int32(family.rawValue), text, bytes.baseAddress!)
    }
    precondition(known == 1, "\(text) is no address")
    self.init(family: family, bytes: bytes)
  }
}
