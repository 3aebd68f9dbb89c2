import Testing

/// Many links deleted together, while somebody else is at work too.
@Suite struct LinkDeletionTests {
  /// `link del veth0 a1`, held after one of its requests while `act` happens. There is another pair, `other0` and `other1`.
  ///
  /// The requests: 1 and 2 ask for the links, 3 whether the group is free, 4 and 5 put the links into it, 6 asks who is
  /// in it, 7 deletes it.
  private func answer(of program: Program, meanwhile act: String, after request: Int) throws -> Answer {
    let script = """
      -V >/dev/null
      ip link add a1 type veth peer a2; ip link add other0 type veth peer other1
      : >/run/trace
      strace -f -o /run/trace -e trace=sendto -e inject=sendto:signal=STOP:when=\(request) \\
        "${command[@]}" link del veth0 a1 & tracer=$!
      wait_for /run/trace 'stopped by SIGSTOP'
      held=$(sed -n 's/ .*stopped by SIGSTOP.*//p' /run/trace)
      group=$(ip -o link show veth0 2>/run/noise | sed 's/.* group \\([^ ]*\\) .*/\\1/')
      \(act)
      kill -CONT "$held"
      wait "$tracer"
      """
    return try Sandbox(state: "pair", program: program).answer(to: script)
  }

  @Test("a link that joins the group meanwhile is not deleted, and the others are", arguments: Program.underTest)
  func sameNumber(program: Program) throws {
    guard !program.isIP else { return }
    let answer = try answer(of: program, meanwhile: "ip link set other0 group $group", after: 5)
    #expect(answer.status == 0, "\(answer.stderr)")
    #expect(answer.left.contains("\"other0\""))
    #expect(!answer.left.contains("\"veth0\"") && !answer.left.contains("\"a1\""))
  }

  @Test("one that goes meanwhile is told by its name, and the others are deleted", arguments: Program.underTest)
  func goneMeanwhile(program: Program) throws {
    guard !program.isIP else { return }
    let answer = try answer(of: program, meanwhile: "ip link del a1", after: 3)
    #expect(answer.status == 2)
    #expect(answer.stderr.contains("a1"), "\(answer.stderr)")
    #expect(!answer.left.contains("\"veth0\"") && answer.left.contains("\"other0\""))
  }

  @Test("one that is renamed meanwhile is deleted all the same", arguments: Program.underTest)
  func renamedMeanwhile(program: Program) throws {
    guard !program.isIP else { return }
    let answer = try answer(of: program, meanwhile: "ip link set a1 name b1", after: 3)
    #expect(answer.status == 0, "\(answer.stderr)")
    #expect(!answer.left.contains("\"veth0\"") && !answer.left.contains("\"b1\""))
  }

  @Test("one that leaves the group meanwhile is deleted by itself", arguments: Program.underTest)
  func leavesMeanwhile(program: Program) throws {
    guard !program.isIP else { return }
    let answer = try answer(of: program, meanwhile: "ip link set a1 group 0", after: 6)
    #expect(answer.status == 0, "\(answer.stderr)")
    #expect(!answer.left.contains("\"veth0\"") && !answer.left.contains("\"a1\"") && answer.left.contains("\"other0\""))
  }
}
