internal import RTNetlink
internal import SystemCalls

/// What tells the neighbours on a bridge who has an address from now on, so that none keeps an older answer.
enum Announcement {
  /// A gratuitous ARP request (RFC 5227), or an unsolicited neighbour advertisement (RFC 4861, 7.2.6).
  static func frame(of address: IPAddress, at hardware: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    address.withAttributeBytes { bytes.append($0) }
    return address.family == .v4 ? arp(bytes, hardware) : advertisement(bytes, hardware)
  }

  private static func arp(_ address: [UInt8], _ hardware: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    frame += hardware
    // ARP about IPv4 on Ethernet, a request.
    frame += [0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1]
    frame += hardware + address
    frame += [0, 0, 0, 0, 0, 0]
    return frame + address
  }

  private static func advertisement(_ address: [UInt8], _ hardware: [UInt8]) -> [UInt8] {
    let everybody: [UInt8] = [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    // Type and code, room for the checksum, the flag "override", the address, and an option with the MAC address.
    var message: [UInt8] = [136, 0, 0, 0, 0x20, 0, 0, 0]
    message += address
    message += [2, 1]
    message += hardware
    // The checksum covers a header of its own: both addresses, the length, and the protocol.
    let sum = checksum(address + everybody + [0, 0, 0, 32, 0, 0, 0, 58] + message)
    message[2] = UInt8(sum >> 8)
    message[3] = UInt8(sum & 0xff)
    var frame: [UInt8] = [0x33, 0x33, 0, 0, 0, 1]
    frame += hardware
    // IPv6, 32 bytes of ICMPv6, as far as the link goes.
    frame += [0x86, 0xdd, 0x60, 0, 0, 0, 0, 32, 58, 255]
    frame += address + everybody
    return frame + message
  }

  /// The Internet checksum, RFC 1071.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0
    for position in 0..<bytes.count { sum += UInt32(bytes[position]) << (position % 2 == 0 ? 8 : 0) }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return ~sum & 0xffff
  }
}
