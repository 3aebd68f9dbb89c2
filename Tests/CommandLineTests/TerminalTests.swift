import Testing

/// What a person at a terminal sees, as against what a script reads.
@Suite struct TerminalTests {
  /// Anyone who may make a link may put an escape sequence into its name or alias.
  @Test(
    "control bytes of names do not reach the terminal",
    arguments: [
      "link", "-o link", "addr", "-j link", "-j -p link", #"link show $'n\xff'"#, #"link show $'e\e[31mc'"#,
      #"link show $'\e[2J'"#, #"link set $'\e[2J' up"#, #"link set $'n\xff' mtu $'1\e[2J'"#, #"$'\e[2J'"#,
    ])
  func namesAreTame(line: String) throws {
    for program in Program.underTest where !program.isIP {
      let answer = try Sandbox(state: "hostile names", program: program).run(.answerOnTerminal(line))
      let wild = answer.stdout.unicodeScalars.contains { scalar in
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\r") || scalar.value == 0x7f || scalar.value == 0xff
      }
      let comment = Comment(rawValue: "\(program.path): \(answer.stdout.visible)")
      #expect(!wild, comment)
      #expect(answer.stdout.count > 2, comment)
    }
  }

  /// The hints of `Cases/hints.txt`: one for a person, none for a script.
  @Test("a hint follows, where a person reads it", arguments: try ParityLine.all(in: "hints.txt"))
  func hints(line: ParityLine) throws {
    for program in Program.underTest where !program.isIP {
      let sandbox = Sandbox(state: line.state, program: program, unprivileged: line.unprivileged)
      let seen = try sandbox.run(.answerOnTerminal(line.words)).stdout
      let count = hints(in: seen).count
      #expect(count == 1, "\(line), \(program.path): \(seen.visible)", sourceLocation: line.location)

      let stdoutOnTerminal = try sandbox.run(
        .answerOnTerminal(line.words, redirected: "2>&1 2>/run/errors; cat /run/errors"))
      for quiet in [try sandbox.answer(to: line.words).stderr, stdoutOnTerminal.stdout] {
        let count = hints(in: quiet).count
        #expect(count == 0, "\(line), \(program.path): \(quiet.visible)", sourceLocation: line.location)
      }
    }
  }

  @Test("a long batch shows how far it has come, and a short one does not", arguments: Program.underTest)
  func progress(program: Program) throws {
    let sandbox = Sandbox(state: "pair", program: program)
    // Nothing is shown in the first second, which the writer lets go by once the program is at work.
    let slow =
      "printf 'link set veth0 mtu 1400\\n\\n'; until ip link show veth0 | grep -q 1400; do :; done; sleep 1.2; "
      + "printf 'link set veth0 mtu 1300\\n#\\nlink show lo\\n'"
    let seen = try sandbox.run(.answerOnTerminal("-b - < <(\(slow))")).stdout
    #expect(seen.contains("\rline 3\r\u{1b}[K1: lo"), Comment(rawValue: seen.visible))
    // On a busy machine, a short one may take longer than that second; sooner or later it does not.
    var quick: String
    repeat {
      let start = ContinuousClock.now
      quick = try sandbox.run(.answerOnTerminal("-b - <<< $'link set veth0 mtu 1200\\nlink show lo'")).stdout
      if start.duration(to: .now) < .seconds(1) { break }
    } while !quick.hasPrefix("1: lo")
    #expect(quick.hasPrefix("1: lo"), Comment(rawValue: quick.visible))
  }

  private func hints(in text: String) -> [String] {
    text.textLines.filter { $0.hasPrefix("hint: ") }
  }
}
