/// A link that drops all packets that are sent through it; `ip link add NAME type dummy`.
public enum Dummy: LinkKindAttributes {
  /// The kind `dummy`, which has no attributes of its own.
  public static let kind = LinkKind("dummy")
}
