import Testing

/// Colours by what the environment says of the terminal. (Nothing is changed by looking at `lo`, wherever that is.)
@Suite struct ColorTests {
  private static let dark = "\u{1b}[1;36mlo: \u{1b}[0m"
  private static let light = "\u{1b}[36mlo: \u{1b}[0m"

  @Test(
    "the background decides, and NO_COLOR before it",
    arguments: [
      ([:], dark), (["COLORFGBG": "15;0"], dark), (["COLORFGBG": "15;default;6"], dark), (["COLORFGBG": "0;8"], dark),
      (["COLORFGBG": "0;7"], light), (["COLORFGBG": "0;15"], light), (["COLORFGBG": ""], dark),
      (["COLORFGBG": "x"], dark), (["NO_COLOR": ""], dark), (["NO_COLOR": "1"], "1: lo: "),
      (["NO_COLOR": "1", "COLORFGBG": "0;15"], "1: lo: "),
    ])
  func environment(environment: [String: String], expected: String) throws {
    for program in Program.underTest where !program.isIP {
      let outcome = try program.run(["-c=always", "link", "show", "lo"], environment: environment)
      let text = String(decoding: outcome.output, as: UTF8.self)
      #expect(text.contains(expected), "\(program.path): \(text.visible)")
    }
  }

  @Test("there are none in JSON, nor where nobody looks")
  func none() throws {
    for program in Program.underTest where !program.isIP {
      for options in [["-c", "-j"], ["-c=auto"], ["-c", "-c=never"]] {
        let outcome = try program.run(options + ["link", "show", "lo"])
        #expect(!outcome.output.contains(0x1b))
      }
    }
  }
}
