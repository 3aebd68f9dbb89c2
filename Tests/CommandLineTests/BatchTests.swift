import Testing

/// What a batch does otherwise than `ip`'s, and so cannot be compared with it.
@Suite struct BatchTests {
  private func answer(_ line: String, of program: Program) throws -> Answer {
    try Sandbox(state: "pair", program: program).answer(to: line)
  }

  @Test("with -force, a command that makes no sense does not end it", arguments: Program.underTest)
  func goesOn(program: Program) throws {
    let answer = try answer(
      "-force -b - <<< $'link set veth0 mtu zz\\nlink set \"veth1\\nlink show veth1'", of: program)
    #expect(answer.status == 1)
    #expect(answer.stdout.contains("veth1@veth0: <BROADCAST,MULTICAST,M-DOWN> mtu 1500"))
    #expect(
      answer.stderr == """
        Error: argument "zz" is wrong: Invalid "mtu" value

        Command failed -:1
        Unterminated quoted string
        Command failed -:2

        """)
  }

  @Test("a file that cannot be read ends it, -force or not", arguments: Program.underTest)
  func endsWhereNothingComes(program: Program) throws {
    let answer = try answer("-force -b /", of: program)
    #expect(answer.status == 1)
    #expect(answer.stderr == "Cannot read the batch: Is a directory\nCommand failed /:0\n")
  }

  @Test("a command is run before the next one is written", arguments: Program.underTest)
  func followsAPipe(program: Program) throws {
    // The second line is only written once the first one has been answered.
    let writer =
      "echo link set veth0 mtu 1400; until ip link show veth0 | grep -q 1400; do :; done; echo link show veth0"
    let answer = try answer("-b - < <(\(writer))", of: program)
    #expect(answer.status == 0)
    #expect(answer.stdout.contains("mtu 1400"))
  }

  @Test("what was looked up for one line is old for the next where a link has changed", arguments: Program.underTest)
  func forgetsNames(program: Program) throws {
    let answer = try answer(
      "-b - <<< $'addr add 10.0.0.1/24 dev veth0\\nlink set veth0 name v9\\naddr add 10.0.0.2/24 dev veth0'",
      of: program)
    #expect(answer.status == 1)
    #expect(answer.stderr == "Cannot find device \"veth0\"\nCommand failed -:3\n")
  }
}
