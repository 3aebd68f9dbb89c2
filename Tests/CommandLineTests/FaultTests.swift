import Testing

/// A command that makes a pair, at each of whose system calls something goes wrong.
@Suite struct FaultTests {
  private static let commands = [
    "pair add web0 mtu 1400 addr 10.0.0.1/24 up peer eth0 netns $PID alias guest altname other addr fd00::2/64 nodad up",
    "pair ensure web0 up master br0 group 7 peer eth0 netns $PID addr 10.0.0.2/24",
    "attach $PID host web0 bridge br0 addr 10.0.0.2/24 addr fd00::2/64 gateway 10.0.0.1",
    "attach $PID addr 10.0.0.2/24",
    mending,
  ]
  /// A pair that is there, and is changed.
  private static let mending =
    "pair ensure web0 mtu 1400 promisc on alias two master br0 up peer eth0 netns $PID group 7 altname other addr 10.0.0.2/25 up"
  private static let before = """
    ip link add web0 mtu 1300 alias one type veth peer name eth0 netns $PID
    nsenter --net="/proc/$PID/ns/net" ip addr add 10.0.0.2/24 dev eth0
    """
  private static let faults = "ENOBUFS EINTR EPERM ESRCH ENOSPC EMFILE KILL"
  /// The system calls are shared out among so many sandboxes.
  private static let parts = 3

  @Test(
    "leaves nothing half made, and the same command does it afterwards", arguments: commands, 0..<parts)
  func fault(command: String, part: Int) throws {
    // Which build it is makes no difference to what is called when, so one goes through all.
    let program = try #require(Program.underTest.first { !$0.isIP })
    let script = """
      -V >/dev/null
      FAULTS='\(Self.faults)' PARTS=\(Self.parts) PART=\(part) BEFORE='\(command == Self.mending ? Self.before : "")'
      source "${BASH_SOURCE[0]%/*}/faults.bash"
      ip link add br0 type bridge; ip link set br0 mtu 1400 up
      try_faults "${command[@]}" \(command)
      """
    let answer = try Sandbox(state: "elsewhere", program: program).run(.answer(script))
    let lines = answer.stdout.textLines.dropLast()
    let tried = try #require(
      lines.last.flatMap { Int($0.dropFirst("tried ".count)) }, "\(answer.stdout)\(answer.stderr)")
    #expect(tried > 40, "the program makes more calls than that")
    #expect(lines.count == 1, "\(program.path)\n\(answer.stdout)")
  }

  @Test("a question is answered in whole, or it is told why not")
  func question() throws {
    let program = try #require(Program.underTest.first { !$0.isIP })
    let script = """
      -V >/dev/null
      FAULTS='ENOBUFS ENOMEM EMFILE'
      source "${BASH_SOURCE[0]%/*}/faults.bash"
      ip link add web0 type veth peer name eth0 netns $PID
      nsenter --net="/proc/$PID/ns/net" ip addr add 10.0.0.2/24 dev eth0
      try_asking "${command[@]}" -j pair show
      """
    let answer = try Sandbox(state: "elsewhere", program: program).run(.answer(script))
    let lines = answer.stdout.textLines.dropLast()
    let tried = lines.last.flatMap { Int($0.dropFirst("tried ".count)) }
    #expect(tried ?? 0 > 40, "\(answer.stderr)")
    #expect(lines.count == 1, "\(answer.stdout)")
  }

  @Test("of another namespace's addresses, a kernel that would tell our own is not asked")
  func oldKernel() throws {
    // Before Linux 4.20, the last option that a socket is given here is not known.
    let script = """
      -V >/dev/null
      ip link add web0 type veth peer name eth0 netns $PID
      for link in veth0 veth1; do ip addr add 10.9.9.9/24 dev $link; done
      nsenter --net="/proc/$PID/ns/net" ip addr add 10.0.0.2/24 dev eth0
      for knows in yes no; do
        fault=$([[ $knows = yes ]] || echo --inject=setsockopt:error=ENOPROTOOPT:when=3+)
        strace -o /run/noise --trace=setsockopt $fault "${command[@]}" -j pair show web0 | grep -o '"local":"10[^"]*"'
      done
      true
      """
    for program in Program.underTest where !program.isIP {
      let answer = try Sandbox(state: "elsewhere", program: program).run(.answer(script))
      #expect(answer.stdout == "\"local\":\"10.0.0.2\"\n")
    }
  }
}
