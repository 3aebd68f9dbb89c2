import Testing

/// `addr flush` honours every filter that it takes, where `ip` passes over those of links and flushes everything.
@Suite struct FlushTests {
  struct Case: Sendable, CustomStringConvertible {
    let filter: String
    /// The links of the state `addressed` that lose their addresses.
    let flushed: Set<String>
    var description: String { filter }
  }

  private static let cases = [
    Case(filter: "type veth", flushed: ["veth0", "veth1"]),
    Case(filter: "type bridge", flushed: []),
    Case(filter: "group 77", flushed: []),
    Case(filter: "group default dev veth1", flushed: ["veth1"]),
    Case(filter: "down", flushed: []),
    Case(filter: "nomaster type veth", flushed: ["veth0", "veth1"]),
    Case(filter: "nomaster", flushed: ["lo", "veth0", "veth1"]),
    Case(filter: "dev veth0 type bridge", flushed: []),
  ]

  @Test("takes away what its filter chooses, and no more", arguments: cases)
  func honoursFilters(test: Case) throws {
    for program in Program.underTest {
      let sandbox = Sandbox(state: "addressed", program: program)
      let answer = try sandbox.answer(to: "-b - <<< $'addr flush \(test.filter)\\naddr show'")
      #expect(answer.status == 0 && answer.stderr.isEmpty, "\(answer)")
      for link in ["lo", "veth0", "veth1"] {
        #expect(Self.hasAddress(link, in: answer.stdout) != test.flushed.contains(link), "\(link): \(answer.stdout)")
      }
    }
  }

  /// Whether a listing tells of an address on a link.
  private static func hasAddress(_ link: String, in listing: String) -> Bool {
    var isOurs = false
    for line in listing.textLines {
      if line.hasPrefix(" ") {
        if isOurs, line.hasPrefix("    inet") { return true }
      } else {
        isOurs = line.contains(": \(link)@") || line.contains(": \(link):")
      }
    }
    return false
  }
}
