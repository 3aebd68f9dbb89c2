internal import CMnl
public import Netlink

/// An IPv4 or IPv6 address.
public struct IPAddress: AttributeValue, Equatable, Sendable {
  /// Which protocol's, with the number that the kernel knows it by.
  public enum Family: UInt8, Sendable {
    /// `AF_INET`.
    case v4 = 2
    /// `AF_INET6`.
    case v6 = 10

    /// How many bits an address has.
    public var bitWidth: Int { self == .v4 ? 32 : 128 }
  }

  /// Which protocol's it is.
  public let family: Family
  /// Its bytes in network order, and zeros behind them.
  private var storage: InlineArray<2, UInt64> = [0, 0]

  /// An address of these bytes in network order; nil where they are neither 4 nor 16.
  public init?(_ bytes: [UInt8]) { self.init(attributeBytes: bytes) }

  /// Reads a payload; nil where it is neither 4 nor 16 bytes long.
  public init?(attributeBytes payload: RawSpan) {
    switch payload.byteCount {
    case 4: family = .v4
    case 16: family = .v6
    default: return nil
    }
    payload.copyPrefix(to: &storage)
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: storage, first: family.bitWidth / 8, body)
  }

  /// One of its bytes, the first of which names the widest network.
  public subscript(position: Int) -> UInt8 {
    precondition(position < family.bitWidth / 8)
    return storage.byte(at: position)
  }

  /// Whether it names many receivers: 224.0.0.0/4, ff00::/8.
  public var isMulticast: Bool { family == .v4 ? self[0] >> 4 == 0xe : self[0] == 0xff }

  /// The same address with all bits behind the first `prefixLength` set, or cleared.
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

  /// Whether both are the same address.
  public static func == (one: IPAddress, other: IPAddress) -> Bool {
    one.family == other.family && one.storage[0] == other.storage[0] && one.storage[1] == other.storage[1]
  }
}

/// An address with the number of its bits that name the network: `10.0.0.1/24`.
public struct IPPrefix: Equatable, Sendable {
  /// The address.
  public var address: IPAddress
  /// How many of its bits name the network.
  public var length: UInt8

  /// Whether an address is in this network.
  public func contains(_ other: IPAddress) -> Bool {
    address.hostPart(after: Int(length), allOnes: true) == other.hostPart(after: Int(length), allOnes: true)
  }

  /// Joins the two.
  public init(address: IPAddress, length: UInt8) {
    self.address = address
    self.length = length
  }
}
