internal import CMnl
public import Netlink
internal import SystemCalls

/// An address of the link layer, such as a MAC address: up to 32 bytes (`MAX_ADDR_LEN`, linux/netdevice.h).
public struct HardwareAddress: AttributeValue, Sendable {
  private var storage: InlineArray<4, UInt64> = [0, 0, 0, 0]
  /// The number of bytes; a MAC address has 6.
  public private(set) var count = 0

  /// An address of these bytes; nil where there are more than 32.
  public init?(bytes: [UInt8]) { self.init(attributeBytes: bytes) }

  /// A random MAC address, marked as locally administered (the second bit of the first byte).
  public static var random: HardwareAddress {
    var bytes: [UInt8] = []
    for _ in 0..<6 { bytes.append(UInt8(truncatingIfNeeded: Random.number)) }
    bytes[0] = bytes[0] & 0xfe | 0x02
    return HardwareAddress(bytes: bytes)!
  }

  /// Reads a payload; nil where the payload is too long.
  public init?(attributeBytes bytes: RawSpan) {
    guard bytes.byteCount <= MemoryLayout.size(ofValue: storage) else { return nil }
    bytes.copyPrefix(to: &storage)
    count = bytes.byteCount
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: storage, first: count, body) }

  /// Whether an Ethernet link can have the address: six bytes, not all zero, and no multicast address.
  public var isValidForEthernet: Bool { count == 6 && self[0] & 1 == 0 && !(0..<6).allSatisfy { self[$0] == 0 } }

  /// One of the bytes.
  public subscript(position: Int) -> UInt8 {
    precondition(position < count)
    return storage.byte(at: position)
  }
}

extension HardwareAddress: Hashable {
  /// Whether both contain the same bytes.
  public static func == (one: HardwareAddress, other: HardwareAddress) -> Bool {
    guard one.count == other.count else { return false }
    for position in 0..<one.storage.count where one.storage[position] != other.storage[position] { return false }
    return true
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    for position in 0..<count { hasher.combine(self[position]) }
  }
}

extension HardwareAddress: LosslessStringConvertible {
  /// A part of a text that is no byte of an address.
  package struct InvalidText: Error {
    package let part: [UInt8]
  }

  /// Reads bytes in hexadecimal with colons between, such as `52:54:00:12:34:56`, or an IPv4 address, of which the
  /// tunnels have four bytes.
  @inline(never)
  package init(text: [UInt8]) throws(InvalidText) {
    if text.contains(ascii(".")) {
      guard let address = IPAddress(ipv4Text: text) else { throw InvalidText(part: text) }
      self.init(attributeBytes: address.attributeBytes)!
      return
    }
    var bytes: [UInt8] = []
    for part in text.pieces(between: { $0 == ascii(":") }) {
      guard (1...2).contains(part.count) else { throw InvalidText(part: part) }
      var value: UInt8 = 0
      for character in part {
        guard let digit = digitValue(character) else { throw InvalidText(part: part) }
        value = value << 4 | digit
      }
      bytes.append(value)
    }
    guard let address = HardwareAddress(bytes: bytes) else { throw InvalidText(part: text) }
    self = address
  }

  /// Reads an address such as `52:54:00:12:34:56`; nil for any other text.
  public init?(_ text: String) {
    do throws(InvalidText) { try self.init(text: [UInt8](text.utf8)) } catch { return nil }
  }

  /// The bytes in hexadecimal with colons between.
  public var description: String { String(decoding: text, as: UTF8.self) }

  /// The bytes in hexadecimal with colons between.
  package var text: [UInt8] {
    var text: [UInt8] = []
    for position in 0..<count {
      if position > 0 { text.append(ascii(":")) }
      text.append(hex: self[position], width: 2)
    }
    return text
  }
}

extension HardwareAddress: ExpressibleByStringLiteral {
  /// An address in the source code; a text that is no address is a programming error and ends the program.
  public init(stringLiteral text: StaticString) {
    do throws(InvalidText) { try self.init(text: [UInt8](text)) } catch {
      preconditionFailure("The text is no link-layer address.")
    }
  }
}

extension InlineArray where Element == UInt64 {
  /// One of the bytes that the words were copied from.
  func byte(at position: Int) -> UInt8 {
    let word = UInt64(littleEndian: self[position / MemoryLayout<UInt64>.size])
    return UInt8(truncatingIfNeeded: word >> (position % MemoryLayout<UInt64>.size * UInt8.bitWidth))
  }
}
