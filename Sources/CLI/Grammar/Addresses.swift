internal import RTNetlink
internal import SystemCalls

// Addresses as they are typed.

/// A link-layer address: bytes in hexadecimal with colons between, or an IPv4 address in dots.
func hardwareAddress(_ word: [UInt8]) throws(Failure) -> HardwareAddress {
  if word.contains(ascii(".")) {
    guard let address = ipv4Address(word) else { throw Failure(1, "\"%\" is invalid lladdr.", word) }
    return HardwareAddress([address[0], address[1], address[2], address[3]])!
  }
  var bytes: [UInt8] = []
  for piece in word.pieces(between: { $0 == ascii(":") }) {
    var value: UInt8 = 0
    var isByte = piece.count == 1 || piece.count == 2
    for character in piece {
      guard let digit = digitValue(character) else {
        isByte = false
        break
      }
      value = value << 4 | digit
    }
    if !isByte { throw Failure(1, "\"%\" is invalid lladdr.", piece) }
    bytes.append(value)
  }
  guard let address = HardwareAddress(bytes) else { throw Failure(1, "\"%\" is invalid lladdr.", word) }
  return address
}

/// An IPv4 address: up to four numbers with dots between, zeros for those that are missing.
func ipv4Address(_ word: [UInt8]) -> IPAddress? {
  var bytes: [UInt8] = [0, 0, 0, 0]
  let pieces = word.pieces { $0 == ascii(".") }
  guard pieces.count <= 4 else { return nil }
  for position in 0..<pieces.count {
    guard let byte = pieces[position].number(as: UInt8.self) else { return nil }
    bytes[position] = byte
  }
  return IPAddress(bytes)
}

/// An IPv4 or IPv6 address of the family asked for, or of the one that it looks like.
func ipAddress(_ word: [UInt8], family: IPAddress.Family?) -> IPAddress? {
  let isIPv6 = word.contains(ascii(":"))
  switch family {
  case .v4?: return ipv4Address(word)
  case .v6? where !isIPv6: return nil
  default: break
  }
  guard isIPv6 else { return ipv4Address(word) }
  return NetworkAddress.ipv6(word).flatMap { IPAddress($0) }
}

/// A prefix as it was typed.
struct TypedPrefix {
  var prefix: IPPrefix
  /// Whether the length was said, or is that of a whole address.
  var hasLength: Bool
}

/// `ADDRESS[/LENGTH]`, where the length may be an IPv4 mask.
func ipPrefix(_ word: [UInt8], family: IPAddress.Family?) -> TypedPrefix? {
  let slash = word.firstIndex(of: ascii("/"))
  guard let address = ipAddress([UInt8](word[..<(slash ?? word.count)]), family: family) else { return nil }
  guard let slash else {
    return TypedPrefix(prefix: IPPrefix(address: address, length: UInt8(address.family.bitWidth)), hasLength: false)
  }
  let length = [UInt8](word[(slash + 1)...])
  guard let bits = length.number(as: UInt8.self) ?? maskLength(length), bits <= address.family.bitWidth else {
    return nil
  }
  return TypedPrefix(prefix: IPPrefix(address: address, length: bits), hasLength: true)
}

/// How many bits an IPv4 mask such as `255.255.255.0` has, nil where they are not all at the front.
private func maskLength(_ word: [UInt8]) -> UInt8? {
  guard word.contains(ascii(".")), let mask = ipv4Address(word) else { return nil }
  var bits: UInt32 = 0
  for position in 0..<4 { bits = bits << 8 | UInt32(mask[position]) }
  let length = (~bits).leadingZeroBitCount
  return bits == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) ? UInt8(length) : nil
}
