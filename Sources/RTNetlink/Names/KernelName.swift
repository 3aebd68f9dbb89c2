internal import CMnl
public import Netlink
internal import SystemCalls

/// A short name in a message of the kernel: of an interface, a queueing discipline, an address label.
///
/// 1 to 15 bytes of any value (`IFNAMSIZ`, linux/if.h), stored inline: a listing reads thousands.
public struct KernelName: Sendable {
  /// The bytes, and zeros behind them.
  private var storage: InlineArray<2, UInt64> = [0, 0]

  /// The length of the longest name, in bytes.
  public static var maximumCount: Int { Int(IFNAMSIZ) - 1 }

  /// A name of these bytes; nil where there are none or too many, or a NUL is among them.
  @inline(never)
  package init?(bytes: [UInt8]) {
    guard !bytes.contains(0) else { return nil }
    self.init(attributeBytes: bytes)
  }

  /// A name from text; nil where the text is empty or too long, or contains a NUL.
  public init?(_ name: String) { self.init(bytes: [UInt8](name.utf8)) }

  /// The number of bytes.
  public var count: Int {
    let last = storage[1] == 0 ? 0 : 1
    let used = UInt64.bitWidth - UInt64(littleEndian: storage[last]).leadingZeroBitCount
    return last * MemoryLayout<UInt64>.size + (used + 7) / 8
  }

  /// Hands the bytes to `body`.
  public func withBytes(_ body: (RawSpan) -> Void) { withRawBytes(of: storage, first: count, body) }

  /// The bytes in an array.
  @inline(never)
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    withBytes { bytes = $0.copied }
    return bytes
  }
}

extension KernelName: Hashable {
  /// Whether both contain the same bytes.
  public static func == (one: KernelName, other: KernelName) -> Bool {
    one.storage[0] == other.storage[0] && one.storage[1] == other.storage[1]
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(storage[0])
    hasher.combine(storage[1])
  }
}

extension KernelName: Comparable {
  /// Whether the bytes of one name come before those of the other.
  public static func < (one: KernelName, other: KernelName) -> Bool { one.bytes.lexicographicallyPrecedes(other.bytes) }
}

extension KernelName: ExpressibleByStringLiteral {
  /// A name in the source code; a text that is no name is a programming error and ends the program.
  public init(stringLiteral name: StaticString) { self.init(bytes: [UInt8](name))! }
}

extension KernelName: CustomStringConvertible {
  /// The name as text; bytes that are not UTF-8 become U+FFFD.
  @inline(never)
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension KernelName: AttributeValue {
  /// Reads a string, with the kernel's NUL or without; nil where the string is no name.
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
