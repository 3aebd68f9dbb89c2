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
  /// Its bytes in network order; of an IPv4 address, the first four.
  public private(set) var bytes: InlineArray<16, UInt8>

  /// An address of these bytes.
  public init(family: Family, bytes: InlineArray<16, UInt8>) {
    self.family = family
    self.bytes = bytes
  }

  /// Reads a payload; nil where it is neither 4 nor 16 bytes long.
  public init?(attributeBytes payload: RawSpan) {
    switch payload.byteCount {
    case 4: family = .v4
    case 16: family = .v6
    default: return nil
    }
    bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    payload.copyPrefix(to: &bytes)
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: bytes, first: family.bitWidth / 8, body)
  }

  /// Whether it names many receivers: 224.0.0.0/4, ff00::/8.
  public var isMulticast: Bool { family == .v4 ? bytes[0] >> 4 == 0xe : bytes[0] == 0xff }

  /// The same address with all bits behind the first `prefixLength` set, or cleared.
  public func hostPart(after prefixLength: Int, allOnes: Bool) -> IPAddress {
    var address = self
    for bit in min(max(prefixLength, 0), family.bitWidth)..<family.bitWidth {
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      address.bytes[bit / 8] = allOnes ? address.bytes[bit / 8] | mask : address.bytes[bit / 8] & ~mask
    }
    return address
  }

  /// Whether both are the same address.
  public static func == (one: IPAddress, other: IPAddress) -> Bool {
    guard one.family == other.family else { return false }
    for position in 0..<one.family.bitWidth / 8 where one.bytes[position] != other.bytes[position] { return false }
    return true
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
