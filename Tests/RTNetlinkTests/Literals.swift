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
    let isIPv6 = text.contains(":")
    var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
    let known = inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes)
    precondition(known == 1, "\(text) is no address")
    self.init(bytes)!
  }
}
