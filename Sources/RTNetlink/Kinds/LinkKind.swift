internal import CMnl
package import Netlink
internal import SystemCalls

/// A kind of link, such as `bridge`, with the attributes that only links of this kind have.
///
/// `all` lists the kinds. Parsing, listings and usage texts read the fields of a kind; a new kind is one file and one
/// line in `all`.
public struct LinkKind: Sendable {
  /// The word behind `type`: the name of the kind (`IFLA_INFO_KIND`) or, of the ports of a kind, the name with `_slave`.
  public let word: StaticString
  /// Whether the kind describes a port of a link of the kind (`IFLA_INFO_SLAVE_KIND`), and not the link itself.
  public let isPort: Bool
  /// The attributes, in the order of `ip -d link show`.
  package let fields: [KindField]
  /// What `ip` calls a word that the kind does not know; nil where the kind has no settings.
  package let unknownWord: StaticString?

  init(_ word: StaticString, isPort: Bool = false, unknownWord: StaticString? = nil, fields: [KindField] = []) {
    self.word = word
    self.isPort = isPort
    self.unknownWord = unknownWord
    self.fields = fields
  }

  /// The kinds whose attributes are known.
  public static let all: [LinkKind] = [
    Bridge.kind, BridgePort.kind, Dummy.kind, MACVLAN.kind, Veth.kind, VLAN.kind,
  ]

  /// The kind of this word; nil for a kind whose attributes are not known.
  package static func named(_ word: [UInt8]) -> LinkKind? { all.first { word == $0.word } }

  /// The kind with this name in the kernel's answer; nil for a kind whose attributes are not known.
  package static func named(_ name: RawSpan, isPort: Bool) -> LinkKind? {
    for kind in all where kind.isPort == isPort && name == kind.name { return kind }
    return nil
  }

  /// The name in the kernel: `bridge` for `bridge` and for `bridge_slave`.
  package var name: StaticString { isPort ? Bridge.kind.word : word }

  /// The path of the kind's name.
  package var namePath: AttributePath { AttributePath(IFLA_LINKINFO, isPort ? IFLA_INFO_SLAVE_KIND : IFLA_INFO_KIND) }

  /// The path of one of the kind's attributes.
  package func path(_ type: Int) -> AttributePath {
    AttributePath(IFLA_LINKINFO, isPort ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA, type)
  }
}

extension LinkKind: ExpressibleByStringLiteral, CustomStringConvertible {
  /// A kind that `all` lacks, by the name that the kernel has for it, such as `vxlan`.
  public init(stringLiteral name: StaticString) { self.init(name) }

  /// The word behind `type`.
  public var description: String { "\(word)" }
}

/// A type that declares the attributes of a kind of link: `link[Bridge.ageingTime]`.
///
/// A program declares the attributes of a kind that this module lacks in the same way:
/// `enum VXLAN: LinkKindAttributes { static let kind: LinkKind = "vxlan" … }`.
public protocol LinkKindAttributes {
  /// The kind.
  static var kind: LinkKind { get }
}

/// One attribute of a kind: the word, the type and the form of the value.
package struct KindField: Sendable {
  /// The form of a value in a message and in text.
  package enum Form: Sendable {
    /// A number.
    case number
    /// The number of a macvlan's allowed senders in parentheses; nothing unless the mode is `source`.
    case sourceCount
    /// `on` or `off`.
    case onOrOff
    /// `on` or `off` in text, and nothing in JSON.
    case onOrOffInText
    /// A bit mask as a hexadecimal number.
    case mask
    /// A bit mask as the names of link-local groups: `lacp,lldp,0x8`.
    case groupMask
    /// A hexadecimal number.
    case hexadecimal
    /// Hundredths of a second.
    case timer
    /// A `BridgeID`.
    case bridgeID
    /// A link-layer address.
    case hardwareAddress
    /// One of several words, each for a number in the byte order of the attribute.
    case choice([Choice])
    /// A number, which is shown as one of several words.
    case namedNumber([StaticString])
    /// Bits of the first half of a `{ flags, mask }` pair as words, in the order of `ip`: `<REORDER_HDR>`.
    case flags([Choice])
    /// One of the options of a bridge that share an attribute.
    case option(BridgeOptions.Option)
    /// The index of a link, which is written as a name.
    case link
    /// The absence of a link, which takes no operand.
    case noLink
    /// An action without a value.
    case action
  }

  /// A word and the number that it stands for.
  package struct Choice: Sendable {
    /// The word.
    package let word: StaticString
    /// The number.
    package let number: UInt64
  }

  /// Whether a field can be set, and whether its word can be abbreviated.
  package enum Access: Sendable { case settable, settableByFullWord, readOnly }

  /// How `ip` words its refusal of an operand.
  package enum Complaint: Sendable {
    /// `invalid WORD`
    case invalid
    /// `WORD is invalid`
    case isInvalid
    /// `argument of "WORD" must be …`
    case mustBe
  }

  /// The word in text and on the command line; empty for a value that text has without a word.
  package let word: StaticString
  /// The key in JSON.
  package let key: StaticString
  /// The attribute type inside the kind's data.
  package let attribute: UInt16
  /// The size of a number, in bytes.
  package let width: Int
  /// The form of the value.
  package let form: Form
  /// Whether the field can be set.
  package let access: Access
  /// How a wrong operand is refused.
  package let complaint: Complaint

  init<Kind: LinkKindAttributes, Value>(
    _ property: Property<Kind, Value>, _ form: Form = .number, word: StaticString? = nil, key: StaticString? = nil,
    access: Access = .settable, refused complaint: Complaint = .invalid
  ) {
    self.word = word ?? property.keyword
    self.key = key ?? self.word
    attribute = UInt16(property.type)
    width = MemoryLayout<Value>.size
    self.form = form
    self.access = access
    self.complaint = complaint
  }
}
