internal import CMnl
public import Netlink
internal import SystemCalls

/// A short name that the kernel keeps in 16 bytes with a NUL: of a link, a queueing discipline, an address label.
///
/// Any bytes may be in it: `IFNAMSIZ`, linux/if.h.
public struct KernelName: Equatable, Sendable {
  /// The bytes, and zeros behind them.
  private var storage: InlineArray<2, UInt64> = [0, 0]

  /// The longest name there can be.
  public static var maximumCount: Int { Int(IFNAMSIZ) - 1 }

  /// A name of these bytes; nil where there are none, too many, or a NUL among them.
  public init?(_ bytes: [UInt8]) {
    guard !bytes.contains(0) else { return nil }
    self.init(attributeBytes: bytes)
  }

  /// How many bytes it has.
  public var count: Int {
    let last = storage[1] == 0 ? 0 : 1
    let used = UInt64.bitWidth - UInt64(littleEndian: storage[last]).leadingZeroBitCount
    return last * MemoryLayout<UInt64>.size + (used + 7) / 8
  }

  /// Hands its bytes to `body`.
  public func withBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: storage, first: count, body) }

  /// Its bytes in an array.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    withBytes { bytes = [UInt8](attributeBytes: $0) ?? [] }
    return bytes
  }

  /// Whether both hold the same bytes.
  public static func == (one: KernelName, other: KernelName) -> Bool {
    one.storage[0] == other.storage[0] && one.storage[1] == other.storage[1]
  }
}

extension KernelName: ExpressibleByStringLiteral {
  /// A name that stands in the source; a text that cannot be one is a mistake of the programmer's and ends the program.
  public init(stringLiteral name: StaticString) { self.init([UInt8](name))! }
}

extension KernelName: CustomStringConvertible {
  /// The name as text; bytes that are not UTF-8 show as U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension KernelName: AttributeValue {
  /// Reads a string, with the kernel's NUL or without.
  public init?(attributeBytes bytes: RawSpan) {
    let name = bytes.string
    guard (1...Self.maximumCount).contains(name.byteCount) else { return nil }
    name.copyPrefix(to: &storage)
  }

  /// Hands the bytes and the NUL that the kernel expects to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) {
    withRawBytes(of: storage, first: count + 1, body)
  }
}
