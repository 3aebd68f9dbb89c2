internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// One fact about a kind of link: its word, its attribute, and how it is written and read.
struct KindField {
  /// How a value is said and shown.
  enum Form {
    /// A number, and one that is refused as `WORD is invalid` rather than `invalid WORD`.
    case number, rank
    /// `on` or `off`, and the same where JSON does not show it.
    case onOrOff, onOrOffInText
    /// A bit mask, and its bits by their names.
    case mask, maskNames
    case hexadecimal
    /// Hundredths of a second.
    case timer
    case bridgeID
    case hardwareAddress
    case portState
    case vlanProtocol
    /// One of the options that share an attribute.
    case option(BridgeOptions.Option)
    /// The index of a link, and that there is none.
    case link, noLink
    /// Something to do, which has no value.
    case action
  }

  /// What it is called.
  let label: Label
  /// The number of the attribute.
  let type: UInt16
  /// How many bytes a number has.
  let width: UInt8
  let form: Form
  /// Whether it can be said, and whether only in full.
  let use: Use

  enum Use { case said, saidInFull, shown }

  /// The word in text, in which it is said too.
  var word: [UInt8] { label.word.copied }

  /// Whether a word is this one, or short for it.
  ///
  /// What only says that it is about multicast is short for nothing: `ip` takes it for a setting of its own choice.
  func matches(_ said: [UInt8]) -> Bool {
    switch use {
    case .shown: false
    case .saidInFull: said == word
    case .said: !said.isEmpty && word.starts(with: said) && (said.count > 6 || !word.hasPrefix("mcast_"))
    }
  }
}
