internal import CMnl
public import Netlink
internal import SystemCalls

/// An address of the link layer, such as a MAC address; up to 32 bytes (`MAX_ADDR_LEN`, linux/netdevice.h).
public struct HardwareAddress: AttributeValue, Equatable, Sendable {
  private var storage: InlineArray<4, UInt64> = [0, 0, 0, 0]
  /// How many bytes it has; a MAC address has 6.
  public private(set) var count = 0

  /// An address of these bytes; nil where there are too many.
  public init?(_ bytes: [UInt8]) { self.init(attributeBytes: bytes) }

  /// A MAC address that nobody has: drawn, and marked as administered locally (the second bit of the first byte).
  public static var random: HardwareAddress {
    var bytes: [UInt8] = []
    for _ in 0..<6 { bytes.append(UInt8(truncatingIfNeeded: Random.number)) }
    bytes[0] = bytes[0] & 0xfe | 0x02
    return HardwareAddress(bytes)!
  }

  /// Reads a payload; nil where it is too long to be an address.
  public init?(attributeBytes bytes: RawSpan) {
    guard bytes.byteCount <= MemoryLayout.size(ofValue: storage) else { return nil }
    bytes.copyPrefix(to: &storage)
    count = bytes.byteCount
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: storage, first: count, body) }

  /// One of its bytes.
  public subscript(position: Int) -> UInt8 {
    precondition(position < count)
    return storage.byte(at: position)
  }

  /// Whether both hold the same bytes.
  public static func == (one: HardwareAddress, other: HardwareAddress) -> Bool {
    guard one.count == other.count else { return false }
    for position in 0..<one.storage.count where one.storage[position] != other.storage[position] { return false }
    return true
  }
}

extension InlineArray where Element == UInt64 {
  /// One of the bytes that the words were copied from.
  func byte(at position: Int) -> UInt8 {
    let word = UInt64(littleEndian: self[position / MemoryLayout<UInt64>.size])
    return UInt8(truncatingIfNeeded: word >> (position % MemoryLayout<UInt64>.size * UInt8.bitWidth))
  }
}
