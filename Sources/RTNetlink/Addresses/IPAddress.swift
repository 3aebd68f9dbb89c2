internal import CMnl
public import Netlink
internal import SystemCalls

/// An IPv4 or IPv6 address.
public struct IPAddress: AttributeValue, Sendable {
  /// The protocol of an address, by the number of its address family.
  public enum Family: UInt8, Sendable {
    /// `AF_INET`.
    case v4 = 2
    /// `AF_INET6`.
    case v6 = 10

    /// The number of bits of an address.
    public var bitWidth: Int { self == .v4 ? 32 : 128 }
  }

  /// The protocol.
  public let family: Family
  /// The bytes in network order, and zeros behind them.
  private var storage: InlineArray<2, UInt64> = [0, 0]

  /// An address of these bytes in network order; nil where they are neither 4 nor 16.
  public init?(bytes: [UInt8]) { self.init(attributeBytes: bytes) }

  /// Reads a payload; nil where the payload is neither 4 nor 16 bytes long.
  public init?(attributeBytes payload: RawSpan) {
    switch payload.byteCount {
    case 4: family = .v4
    case 16: family = .v6
    default: return nil
    }
    payload.copyPrefix(to: &storage)
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: storage, first: family.bitWidth / 8, body)
  }

  /// One of the bytes, in network order.
  public subscript(position: Int) -> UInt8 {
    precondition(position < family.bitWidth / 8)
    return storage.byte(at: position)
  }

  /// Whether the address is a multicast group: 224.0.0.0/4, ff00::/8.
  public var isMulticast: Bool { family == .v4 ? self[0] >> 4 == 0xe : self[0] == 0xff }

  /// The address with all bits behind the first `prefixLength` set, or cleared.
  public func hostPart(after prefixLength: Int, allOnes: Bool) -> IPAddress {
    var address = self
    for position in storage.indices {
      let first = position * UInt64.bitWidth
      let behindPrefix = UInt64.max >> max(prefixLength - first, 0)
      let behindAddress = UInt64.max >> max(family.bitWidth - first, 0)
      let hostBits = (behindPrefix & ~behindAddress).bigEndian
      if allOnes { address.storage[position] |= hostBits } else { address.storage[position] &= ~hostBits }
    }
    return address
  }
}

extension IPAddress.Family: CustomStringConvertible {
  /// The word of `ip`: `inet` or `inet6`.
  public var description: String { self == .v4 ? "inet" : "inet6" }
}

extension IPAddress: Hashable {
  /// Whether both are the same address.
  public static func == (one: IPAddress, other: IPAddress) -> Bool {
    one.family == other.family && one.storage[0] == other.storage[0] && one.storage[1] == other.storage[1]
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(family.rawValue)
    hasher.combine(storage[0])
    hasher.combine(storage[1])
  }
}

extension IPAddress: LosslessStringConvertible {
  /// Reads an IPv4 address: up to four numbers with dots between, zeros for those that are missing.
  @inline(never)
  package init?(ipv4Text text: [UInt8]) {
    var bytes: [UInt8] = [0, 0, 0, 0]
    let pieces = text.pieces { $0 == ascii(".") }
    guard pieces.count <= 4 else { return nil }
    for position in 0..<pieces.count {
      guard let byte = pieces[position].number(as: UInt8.self) else { return nil }
      bytes[position] = byte
    }
    self.init(bytes: bytes)
  }

  /// Reads an address of the given family or, where that is nil, of the one that the text looks like.
  @inline(never)
  package init?(text: [UInt8], family: Family? = nil) {
    let isIPv6 = text.contains(ascii(":"))
    if let family, isIPv6 != (family == .v6) { return nil }
    if isIPv6 {
      guard let bytes = NetworkAddress.ipv6(text) else { return nil }
      self.init(bytes: bytes)
    } else {
      self.init(ipv4Text: text)
    }
  }

  /// Reads an address such as `10.0.0.1` or `fd00::1` (inet_pton(3)); an IPv4 address may be short, as with `ip`: `10.1`
  /// is `10.1.0.0`. Nil for any other text.
  public init?(_ text: String) { self.init(text: [UInt8](text.utf8)) }

  /// The address as text.
  @inline(never)
  package var text: [UInt8] {
    var text: [UInt8] = []
    switch family {
    case .v4:
      for position in 0..<4 {
        if position > 0 { text.append(ascii(".")) }
        text.append(decimal: self[position])
      }
    case .v6: withAttributeBytes { text = NetworkAddress.text(ofIPv6: $0) }
    }
    return text
  }

  /// The address as text, IPv6 in its canonical form (inet_ntop(3)).
  public var description: String { String(decoding: text, as: UTF8.self) }
}
