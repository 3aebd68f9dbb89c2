/// A version of iproute2, such as 6.1 or 6.15.0.
struct IPVersion: Sendable {
  private let numbers: [Int]

  init?(_ text: some StringProtocol) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count >= 2, numbers.allSatisfy({ $0 != nil }) else { return nil }
    self.numbers = numbers.map { $0! }
  }

  /// Reads what `ip -V` prints, `ip utility, iproute2-6.1.0, libbpf 1.1.2`.
  init?(printed text: String) {
    guard let start = text.range(of: "iproute2-") else { return nil }
    self.init(text[start.upperBound...].prefix { $0.isNumber || $0 == "." })
  }

  /// The version of the `ip` that is compared with.
  static let installed: IPVersion = {
    let output = try? Program.ip.run(["-V"]).output
    guard let output, let version = IPVersion(printed: String(decoding: output, as: UTF8.self)) else {
      fatalError("\(Program.ip) -V does not tell the version of iproute2")
    }
    return version
  }()
}

extension IPVersion: Comparable {
  static func == (left: IPVersion, right: IPVersion) -> Bool { !(left < right) && !(right < left) }

  /// By number, and not by digit: 6.9 comes before 6.15. A number that is left out is zero.
  static func < (left: IPVersion, right: IPVersion) -> Bool {
    for place in 0..<max(left.numbers.count, right.numbers.count) {
      let (ours, theirs) = (left[place], right[place])
      if ours != theirs { return ours < theirs }
    }
    return false
  }

  private subscript(place: Int) -> Int { place < numbers.count ? numbers[place] : 0 }
}

extension IPVersion: ExpressibleByStringLiteral {
  init(stringLiteral text: String) {
    guard let version = IPVersion(text) else { fatalError("\"\(text)\" is no version") }
    self = version
  }
}

extension IPVersion: CustomStringConvertible {
  var description: String { numbers.map(String.init).joined(separator: ".") }
}
