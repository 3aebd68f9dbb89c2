internal import SystemCalls

/// The name of a network namespace: a file in `/run/netns`, which `ip netns add NAME` creates.
public struct NamespaceName: Hashable, Sendable {
  /// The directory of the names.
  package static var directory: StaticString { "/run/netns" }

  /// The bytes.
  package let bytes: [UInt8]

  /// A name of these bytes; nil where they are no file name.
  package init?(bytes: [UInt8]) {
    guard !bytes.isEmpty, !(bytes == "."), !(bytes == ".."), !bytes.contains(ascii("/")), !bytes.contains(0) else {
      return nil
    }
    self.bytes = bytes
  }

  /// A name from text; nil where the text is no file name.
  public init?(_ name: String) { self.init(bytes: [UInt8](name.utf8)) }

  /// The path of the file.
  package var path: [UInt8] { [UInt8](Self.directory) + [ascii("/")] + bytes }
}

extension NamespaceName: ExpressibleByStringLiteral, CustomStringConvertible {
  /// A name in the source code; a text that is no file name is a programming error and ends the program.
  public init(stringLiteral name: StaticString) { self.init(bytes: [UInt8](name))! }

  /// The name as text; bytes that are not UTF-8 become U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
