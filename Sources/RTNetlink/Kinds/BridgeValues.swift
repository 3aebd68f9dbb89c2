internal import CMnl
public import Netlink
internal import SystemCalls

// Values of a bridge's attributes that are no numbers.

/// The id of a bridge in the spanning tree: a priority and a MAC address; `struct ifla_bridge_id`.
public struct BridgeID: AttributeValue, Hashable, Sendable {
  private var bytes: InlineArray<8, UInt8> = .init(repeating: 0)

  /// The higher half: the least of all bridges is the root.
  public var priority: UInt16 { UInt16(bytes[0]) << 8 | UInt16(bytes[1]) }

  /// One of the six bytes of the lower half, a MAC address.
  public subscript(position: Int) -> UInt8 { bytes[2 + position] }

  /// Reads a payload; nil where the payload is not 8 bytes long.
  public init?(attributeBytes payload: RawSpan) {
    guard payload.byteCount == bytes.count else { return nil }
    payload.copyPrefix(to: &bytes)
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: bytes, body) }

  /// Whether both are the same.
  public static func == (one: BridgeID, other: BridgeID) -> Bool {
    for position in 0..<8 where one.bytes[position] != other.bytes[position] { return false }
    return true
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    for position in 0..<8 { hasher.combine(bytes[position]) }
  }
}

extension BridgeID: CustomStringConvertible {
  /// The id as `ip` prints it: `8000.2:0:0:0:0:99`.
  public var description: String { String(decoding: text, as: UTF8.self) }

  /// The id as `ip` prints it.
  package var text: [UInt8] {
    var text: [UInt8] = []
    text.append(hex: priority, width: 4)
    for position in 0..<6 {
      text.append(position == 0 ? "." : ":")
      text.append(hex: self[position])
    }
    return text
  }
}

/// Options of a bridge that are on or off, and which of them are meant; `struct br_boolopt_multi`.
public struct BridgeOptions: AttributeValue, Hashable, Sendable {
  /// One option, by the number of its bit: `enum br_boolopt_id` of linux/if_bridge.h.
  public enum Option: UInt8, Sendable {
    /// Link-local addresses are not learned; `no_linklocal_learn { 0 | 1 }`.
    case noLinkLocalLearning
    /// Multicast snooping goes by VLAN; `mcast_vlan_snooping { 0 | 1 }`.
    case multicastVLANSnooping
    /// Each VLAN may have a tree of its own (Linux 5.18); `mst_enabled { 0 | 1 }`.
    case multipleSpanningTrees
    /// A failure to offload a group is told (Linux 6.16); `mdb_offload_fail_notification { 0 | 1 }`.
    case offloadFailureNotification
    /// Addresses of its own are in VLAN 0 alone (Linux 6.18); `fdb_local_vlan_0 { 0 | 1 }`.
    case localAddressesInVLAN0
  }

  private var values: UInt32
  private var mask: UInt32

  /// No option.
  public init() { (values, mask) = (0, 0) }

  /// The options of both; of an option in both, the other's value.
  public func union(_ other: BridgeOptions) -> BridgeOptions {
    var union = self
    union.values = values & ~other.mask | other.values
    union.mask = mask | other.mask
    return union
  }

  /// One option, and no other.
  public init(_ option: Option, _ isOn: Bool) {
    mask = 1 << UInt32(option.rawValue)
    values = isOn ? mask : 0
  }

  /// Whether an option is on; nil where the kernel does not know it.
  public subscript(option: Option) -> Bool? {
    let bit: UInt32 = 1 << UInt32(option.rawValue)
    return mask & bit == 0 ? nil : values & bit != 0
  }

  /// Reads a payload; nil where it is too short.
  public init?(attributeBytes payload: RawSpan) {
    guard let values = payload.load(at: 0, as: UInt32.self), let mask = payload.load(at: 4, as: UInt32.self)
    else { return nil }
    self.values = values
    self.mask = mask
  }

  /// Hands its bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: br_boolopt_multi(optval: values, optmask: mask), body)
  }
}
