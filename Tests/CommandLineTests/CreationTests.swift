import Testing

/// What `link add` does in several steps, of which each may fail.
@Suite struct CreationTests {
  private func answer(_ line: String, in state: String = "pair", of program: Program) throws -> Answer {
    try Sandbox(state: state, program: program).answer(to: line)
  }

  @Test(
    "a pair that cannot be finished is removed again",
    arguments: [
      "link add x0 type veth peer name x1 master nosuch", "link add x0 type veth peer name x1 master veth0",
      "link add x0 alias a type veth peer name x1 altname veth1", "link add x0 altname veth0 type veth peer name x1",
      "link add x0 type veth peer name x1 netns blue master nosuch", "link add x0 addrgenmode stable_secret type veth",
      "link add x0 netns blue alias a type veth peer name x1 master nosuch",
    ])
  func removesWhatIsHalfMade(line: String) throws {
    for program in Program.underTest where !program.isIP {
      let answer = try answer(line, in: "blue", of: program)
      #expect(answer.status != 0)
      #expect(answer.stderr.hasSuffix("The new link was removed again.\n"), "\(answer.stderr)")
      #expect(answer.left == answer.before)
    }
  }

  @Test(
    "what could not be found again is not begun",
    arguments: [
      "link add netns blue alias a type veth", "link add netns blue type veth peer name x1 up",
      "link add x0 netns blue type veth peer up", "link add x%d netns blue alias a type veth peer name x1",
    ])
  func beginsNothingThatItCannotFinish(line: String) throws {
    for program in Program.underTest where !program.isIP {
      let answer = try answer(line, in: "blue", of: program)
      #expect(answer.status == 1)
      #expect(answer.stderr.hasPrefix("A pair in another namespace needs names"), "\(answer.stderr)")
      #expect(answer.left == answer.before)
    }
  }

  @Test("each end is finished where it is", arguments: Program.underTest)
  func finishesElsewhere(program: Program) throws {
    let line =
      "-b - <<< $'link add x0 alias one up type veth peer name x1 netns blue alias two up\\n"
      + "link add y0 netns blue alias three type veth peer name y1 alias four up\\nlink show'"
    let here = try answer(line, in: "blue", of: program)
    #expect(here.status == 0, "\(here.stderr)")
    #expect(here.stdout.contains("alias one\n"))
    #expect(here.stdout.contains("alias four\n"))
    let there = here.left
    #expect(there.contains("two"))
    #expect(there.contains("three"))
  }
}
