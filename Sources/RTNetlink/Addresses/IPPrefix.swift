internal import CMnl
internal import SystemCalls

/// An address and the length of its network's prefix: `10.0.0.1/24`.
public struct IPPrefix: Hashable, Sendable {
  /// The address.
  public var address: IPAddress
  /// The length of the prefix, in bits.
  public var length: UInt8

  /// An address with the length of its prefix.
  public init(address: IPAddress, length: UInt8) {
    self.address = address
    self.length = length
  }

  /// Whether an address is in the network of this prefix.
  public func contains(_ other: IPAddress) -> Bool {
    address.hostPart(after: Int(length), allOnes: true) == other.hostPart(after: Int(length), allOnes: true)
  }
}

extension IPPrefix: LosslessStringConvertible, ExpressibleByStringLiteral {
  /// Reads `ADDRESS[/LENGTH]`, in which the length may be an IPv4 mask; without a length, the prefix is the whole address.
  ///
  /// - Parameter family: the family that the address must have; nil for any.
  @inline(never)
  package init?(text: [UInt8], family: IPAddress.Family? = nil) {
    let slash = text.firstIndex(of: ascii("/"))
    guard let address = IPAddress(text: [UInt8](text[..<(slash ?? text.count)]), family: family) else { return nil }
    self.init(address: address, length: UInt8(address.family.bitWidth))
    guard let slash else { return }
    let word = [UInt8](text[(slash + 1)...])
    guard let bits = word.number(as: UInt8.self) ?? Self.maskLength(word), bits <= address.family.bitWidth else {
      return nil
    }
    length = bits
  }

  /// The number of one bits of an IPv4 mask such as `255.255.255.0`; nil where they are not all at the front.
  private static func maskLength(_ word: [UInt8]) -> UInt8? {
    guard word.contains(ascii(".")), let mask = IPAddress(ipv4Text: word) else { return nil }
    var bits: UInt32 = 0
    for position in 0..<4 { bits = bits << 8 | UInt32(mask[position]) }
    let length = (~bits).leadingZeroBitCount
    return bits == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) ? UInt8(length) : nil
  }

  /// Reads a prefix such as `10.0.0.1/24`; nil for any other text.
  public init?(_ text: String) { self.init(text: [UInt8](text.utf8)) }

  /// A prefix in the source code; a text that is no prefix is a programming error and ends the program.
  public init(stringLiteral text: StaticString) { self.init(text: [UInt8](text))! }

  /// The prefix as text: `10.0.0.1/24`.
  @inline(never)
  package var text: [UInt8] {
    var text = address.text
    text.append(ascii("/"))
    text.append(decimal: length)
    return text
  }

  /// The prefix as text: `10.0.0.1/24`.
  @inline(never)
  public var description: String { String(decoding: text, as: UTF8.self) }
}

extension IPAddress: ExpressibleByStringLiteral {
  /// An address in the source code; a text that is no address is a programming error and ends the program.
  public init(stringLiteral text: StaticString) { self.init(text: [UInt8](text))! }
}
