internal import CMnl
public import Netlink
internal import SystemCalls

// Attributes of a bridge that are not numbers.

/// The id of a bridge in the spanning tree: a priority and a MAC address; `struct ifla_bridge_id`.
public struct BridgeID: AttributeValue, Hashable, Sendable {
  private var bytes: InlineArray<8, UInt8> = .init(repeating: 0)

  /// The priority; the bridge with the lowest id is the root bridge.
  public var priority: UInt16 { UInt16(bytes[0]) << 8 | UInt16(bytes[1]) }

  /// One of the six bytes of the MAC address.
  public subscript(position: Int) -> UInt8 { bytes[2 + position] }

  /// Reads a payload; nil where the payload is not 8 bytes long.
  public init?(attributeBytes payload: RawSpan) {
    guard payload.byteCount == bytes.count else { return nil }
    payload.copyPrefix(to: &bytes)
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: bytes, body) }

  /// Whether all bytes are the same.
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

/// Options of a bridge, each on, off or absent; `struct br_boolopt_multi`.
public struct BridgeOptions: AttributeValue, Hashable, Sendable {
  /// One option, by the number of its bit: `enum br_boolopt_id` of linux/if_bridge.h.
  public enum Option: UInt8, Sendable {
    /// The bridge does not learn from link-local frames (`BR_BOOLOPT_NO_LL_LEARN`); `no_linklocal_learn { 0 | 1 }`.
    case noLinkLocalLearning
    /// Multicast snooping is by VLAN (`BR_BOOLOPT_MCAST_VLAN_SNOOPING`); `mcast_vlan_snooping { 0 | 1 }`.
    case multicastVLANSnooping
    /// VLANs have spanning trees of their own (`BR_BOOLOPT_MST_ENABLE`, Linux 5.18); `mst_enabled { 0 | 1 }`.
    case multipleSpanningTrees
    /// The kernel announces that a multicast group could not be offloaded (`BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION`,
    /// Linux 6.16); `mdb_offload_fail_notification { 0 | 1 }`.
    case offloadFailureNotification
    /// The bridge's own addresses are in the forwarding database for VLAN 0 only (`BR_BOOLOPT_FDB_LOCAL_VLAN_0`, Linux
    /// 6.18); `fdb_local_vlan_0 { 0 | 1 }`.
    case localAddressesInVLAN0
  }

  private var values: UInt32
  private var mask: UInt32

  /// No option.
  public init() { (values, mask) = (0, 0) }

  /// The options of both; an option in both has the value in `other`.
  public func union(_ other: BridgeOptions) -> BridgeOptions {
    var union = self
    union.values = values & ~other.mask | other.values
    union.mask = mask | other.mask
    return union
  }

  /// One option; all others are absent.
  public init(_ option: Option, _ isOn: Bool) {
    mask = 1 << UInt32(option.rawValue)
    values = isOn ? mask : 0
  }

  /// Whether an option is on; nil for an absent option, which the kernel does not know.
  public subscript(option: Option) -> Bool? {
    let bit: UInt32 = 1 << UInt32(option.rawValue)
    return mask & bit == 0 ? nil : values & bit != 0
  }

  /// Reads a payload; nil for a payload that is too short.
  public init?(attributeBytes payload: RawSpan) {
    guard let values = payload.load(at: 0, as: UInt32.self), let mask = payload.load(at: 4, as: UInt32.self)
    else { return nil }
    self.values = values
    self.mask = mask
  }

  /// Hands the bytes to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: br_boolopt_multi(optval: values, optmask: mask), body)
  }
}
