internal import CMnl
internal import SystemCalls

/// How far an address or a route is valid: `RT_SCOPE_…` of linux/rtnetlink.h (`ifa_scope`); `scope SCOPE`.
public struct AddressScope: RawRepresentable, Hashable, Sendable {
  /// The C value: the larger, the nearer.
  public let rawValue: UInt8
  /// Wraps a C value.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  private init(_ scope: rt_scope_t) { rawValue = UInt8(truncatingIfNeeded: scope.rawValue) }

  /// Everywhere (`RT_SCOPE_UNIVERSE`); `global`.
  public static var global: AddressScope { AddressScope(RT_SCOPE_UNIVERSE) }
  /// In the site, of IPv6 (`RT_SCOPE_SITE`); `site`.
  public static var site: AddressScope { AddressScope(RT_SCOPE_SITE) }
  /// On the link (`RT_SCOPE_LINK`); `link`.
  public static var link: AddressScope { AddressScope(RT_SCOPE_LINK) }
  /// In this machine (`RT_SCOPE_HOST`); `host`.
  public static var host: AddressScope { AddressScope(RT_SCOPE_HOST) }
  /// Nowhere (`RT_SCOPE_NOWHERE`); `nowhere`.
  public static var nowhere: AddressScope { AddressScope(RT_SCOPE_NOWHERE) }

  /// The words of `ip`. (A machine may have more, in `/etc/iproute2/rt_scopes`.)
  public static let words: [(scope: AddressScope, word: StaticString)] = [
    (.global, "global"), (.nowhere, "nowhere"), (.host, "host"), (.link, "link"), (.site, "site"),
  ]
}

extension AddressScope: CustomStringConvertible {
  /// The word of `ip`, or the number.
  public var description: String { Self.words.first { $0.scope == self }.map { "\($0.word)" } ?? "\(rawValue)" }
}
