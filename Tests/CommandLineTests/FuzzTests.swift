import Testing

/// Lines of `parity.txt` with words swapped, doubled, dropped, cut and replaced by junk: whatever comes out, the
/// program ends by itself and in time.
@Suite struct FuzzTests {
  @Test("no words make it crash or hang", arguments: ["blue", "port-up", "decorated"], Program.underTest)
  func endures(state: String, program: Program) throws {
    var words = try WordMixer(seed: 20_260_101)
    let lines = (0..<400).map { _ in words.line() }
    let answer = try Sandbox(state: state, program: program).run(.endure(lines))
    let endings = answer.stdout.textLines.dropLast()
    #expect(endings.count == lines.count)
    for ending in endings {
      let status = Int(ending.prefix { $0 != " " }) ?? 0
      #expect(status < 124 || status == 255, "\(status == 124 ? "hung" : "ended by a signal"): \(ending)")
    }
  }
}

/// Makes command lines out of those in `parity.txt`; the same seed makes the same lines.
struct WordMixer {
  private var random: SplitMix64
  private let lines: [[String]]
  private let vocabulary: [String]

  init(seed: UInt64) throws {
    random = SplitMix64(state: seed)
    lines = try ParityLine.all(in: "parity.txt").map(\.words)
      .filter { line in !line.contains { "'\"$\\`<>|&;(){}*?~#".contains($0) } }
      .map { $0.split(separator: " ").map(String.init) }
    vocabulary = Set(lines.joined()).sorted()
  }

  /// One command line, its words quoted for the shell.
  mutating func line() -> String {
    var words = lines.randomElement(using: &random)!
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...words.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: words.insert(vocabulary.randomElement(using: &random)!, at: place)
      case 1: words.insert(junk(), at: place)
      case 2 where place < words.count: words.remove(at: place)
      case 3 where place < words.count: words.insert(words[place], at: place)
      case 4 where place < words.count: words[place] = String(words[place].dropLast())
      case 5 where place < words.count: words.swapAt(place, Int.random(in: 0..<words.count, using: &random))
      default: words = Array(words.prefix(place))
      }
    }
    return words.map(quoted).joined(separator: " ")
  }

  /// Bytes of any value but NUL, one character each.
  private mutating func junk() -> String {
    let longest = [1, 4, 16, 300].randomElement(using: &random)!
    let length = Int.random(in: 0...longest, using: &random)
    return String(bytes: (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) })
  }

  private func quoted(_ word: String) -> String {
    "$'" + word.unicodeScalars.map { "\\x" + String($0.value + 0x100, radix: 16).dropFirst() }.joined() + "'"
  }
}

/// Steele, Lea and Flood's small generator: good enough to mix words with, and the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
