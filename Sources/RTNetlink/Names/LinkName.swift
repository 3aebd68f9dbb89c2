internal import CMnl
public import Netlink
internal import SystemCalls

/// A name by which a link is found, or that a link is to have: 1 to 127 bytes without a NUL.
///
/// A name of up to 15 bytes can be the name of an interface (`IFLA_IFNAME`), and every name an alternative name
/// (`IFLA_ALT_IFNAME`, `ALTIFNAMSIZ` of linux/if.h). In a new interface's name, `%d` is numbered by the kernel.
public struct LinkName: Hashable, Sendable {
  /// The bytes, for which the kernel prescribes no encoding.
  package let bytes: [UInt8]

  /// The length of the longest name, in bytes.
  public static var maximumCount: Int { 127 }

  /// A name of these bytes; nil where there are none or too many, or a NUL is among them.
  @inline(never)
  package init?(bytes: [UInt8]) {
    guard (1...Self.maximumCount).contains(bytes.count), !bytes.contains(0) else { return nil }
    self.bytes = bytes
  }

  /// A name from text; nil where the text is empty or too long, or contains a NUL.
  public init?(_ name: String) { self.init(bytes: [UInt8](name.utf8)) }

  /// A name that the kernel reported.
  public init(_ name: KernelName) { bytes = name.bytes }

  /// The name as the kernel reports it; nil where it is longer than 15 bytes.
  public var interfaceName: KernelName? { KernelName(bytes: bytes) }

  /// Whether the kernel numbers the name of a new interface: `veth%d`.
  public var isPattern: Bool { bytes.contains(ascii("%")) }

  /// Whether a new interface can have the name: at most 15 bytes, not `.` or `..`, no `/`, `:`, blanks or control bytes.
  ///
  /// The kernel accepts control bytes; a terminal obeys them. The byte 0xa0 is a blank for the kernel.
  public var isValidInterfaceName: Bool {
    interfaceName != nil && Self.isValid(bytes) && !bytes.contains(ascii(":")) && !bytes.contains(0xa0)
  }

  /// Whether `ip` accepts all bytes in the name of a new interface; the kernel then refuses some.
  package static func isValid(_ bytes: [UInt8]) -> Bool {
    !bytes.isEmpty && !(bytes == ".") && !(bytes == "..")
      && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != ascii("/") }
  }
}

extension LinkName: Comparable {
  /// Whether the bytes of one name come before those of the other.
  public static func < (one: LinkName, other: LinkName) -> Bool { one.bytes.lexicographicallyPrecedes(other.bytes) }
}

extension LinkName: ExpressibleByStringLiteral {
  /// A name in the source code; a text that is no name is a programming error and ends the program.
  public init(stringLiteral name: StaticString) { self.init(bytes: [UInt8](name))! }
}

extension LinkName: CustomStringConvertible {
  /// The name as text; bytes that are not UTF-8 become U+FFFD.
  @inline(never)
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension LinkName: AttributeValue {
  /// Reads a string, with the kernel's NUL or without; nil where the string is no name.
  public init?(attributeBytes payload: RawSpan) { self.init(bytes: payload.string.copied) }

  /// Hands the bytes and the NUL that the kernel expects to `body`.
  public func withAttributeBytes(_ body: (RawSpan) -> Void) { (bytes + [0]).withAttributeBytes(body) }
}
