internal import SystemCalls

/// The parts of the output that have a colour with `-color`.
enum Color: Int { case interfaceName, hardwareAddress, ipv4, ipv6, up, down }

/// The colours for a light or dark background: escape sequences of ECMA-48.
enum Palette {
  case light, dark

  /// The palette by the environment: the last number in `COLORFGBG` is the colour of the background, where 7 and numbers
  /// above 8 are light. Nil with `NO_COLOR`.
  static func fromEnvironment() -> Palette? {
    if let wish = Environment.value(of: "NO_COLOR"), !wish.isEmpty { return nil }
    let background = Environment.value(of: "COLORFGBG")?.pieces { $0 == ascii(";") }.last
    let number: UInt8? = background.flatMap { $0.number() }
    return number.map { $0 == 7 || $0 > 8 } ?? false ? .light : .dark
  }

  static var reset: StaticString { "\u{1b}[0m" }

  func sequence(for color: Color) -> StaticString {
    switch (self, color) {
    case (.light, .interfaceName): "\u{1b}[36m"
    case (.light, .hardwareAddress): "\u{1b}[33m"
    case (.light, .ipv4): "\u{1b}[35m"
    case (.light, .ipv6): "\u{1b}[34m"
    case (.light, .up): "\u{1b}[32m"
    case (.light, .down): "\u{1b}[31m"
    case (.dark, .interfaceName): "\u{1b}[1;36m"
    case (.dark, .hardwareAddress): "\u{1b}[1;33m"
    case (.dark, .ipv4): "\u{1b}[1;35m"
    case (.dark, .ipv6): "\u{1b}[1;94m"
    case (.dark, .up): "\u{1b}[1;32m"
    case (.dark, .down): "\u{1b}[1;31m"
    }
  }
}
