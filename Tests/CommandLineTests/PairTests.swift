import Foundation
import Testing

/// `pair` and `attach`, from outside.
@Suite struct PairTests {
  /// What lines of shell print, each with the program in front where it begins with `vethctl`.
  private func answer(_ script: String, in state: String = "empty", of program: Program) throws -> Answer {
    let lines = script.replacingOccurrences(of: "vethctl", with: "\"${command[@]}\"")
    return try Sandbox(state: state, program: program).answer(to: "-V >/run/noise\n\(lines)")
  }

  private static var programs: [Program] { Program.underTest.filter { !$0.isIP } }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]], "\(text)")
  }

  // MARK: add and ensure

  @Test("a pair is made with all that is said of both ends", arguments: programs)
  func add(program: Program) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge
      vethctl pair add web0 mtu 1400 address 02:00:00:00:00:01 master br0 up \
        peer eth0 netns blue alias guest altname other addr 10.0.0.2/24 addr fd00::2/64 nodad group 7 up
      vethctl -d link show web0
      vethctl -n blue addr show eth0; vethctl -n blue link show eth0
      """, in: "blue", of: program)
    #expect(answer.status == 0, "\(answer.stderr)")
    for text in [
      "mtu 1400", "02:00:00:00:00:01", "master br0", "link-netns blue", "alias guest", "altname other", "10.0.0.2/24",
      "fd00::2/64", "nodad", "group 7",
    ] {
      #expect(answer.stdout.contains(text), "\(text): \(answer.stdout)")
    }
  }

  @Test("an end may be named with what is short for a keyword", arguments: programs)
  func shortNames(program: Program) throws {
    let answer = try answer("vethctl pair add a peer m mtu 1400; vethctl pair ensure a peer m mtu 1400", of: program)
    #expect(answer.stdout == "unchanged\n" && answer.left.contains("\"m\""), "\(answer.stderr)")
  }

  @Test(
    "a pair that cannot be made as a whole is not made, and the step that failed is told", arguments: programs,
    [
      ("x0 peer x1 master nosuch", "x1: master nosuch: Cannot find device \"nosuch\"\nThe pair was removed again.\n"),
      ("x0 addr 10.0.0.1/24 addr 10.0.0.1/24 peer x1", "x0: addr 10.0.0.1/24:"),
      ("x0 peer x1 netns blue addr 10.0.0.1/24 master nosuch", "x1: master nosuch:"),
      ("x0 mtu 5 peer x1", "x0: mtu 5: Numerical result out of range (minimum 68)\n"),
      ("x0 peer x1 address 01:00:00:00:00:00", "x1: address 01:00:00:00:00:00: Cannot assign requested address\n"),
      ("x0 peer veth1", "veth1: add:"), ("veth0 peer x1", "veth0: add:"),
      ("x0 peer x1 alias a master veth0", "x1: master veth0:"),
      ("x0 altname veth0 peer x1", "x0: altname veth0: File exists\n"),
      ("x0 addrgenmode stable_secret peer x1", "x0: addrgenmode stable_secret:"),
    ])
  func addFails(program: Program, line: (words: String, story: String)) throws {
    let answer = try answer("vethctl pair add \(line.words)", in: "blue", of: program)
    #expect(answer.status == 1 || answer.status == 2)
    #expect(answer.stderr.hasPrefix(line.story), "\(answer.stderr)")
    #expect(answer.changedNothing, "\(answer.left)")
  }

  @Test(
    "words that make no sense are refused", arguments: programs,
    [
      "add", "add x0", "add x0 peer", "add peer x1", "add x0 type veth peer x1", "add x0 peer x1 type veth",
      "add x0 peer x1 dry-run", "add x0 link lo peer x1", "add x0 peer x1 peer x2", "add x0 addr peer x1",
      "add a/b peer x1", "add x0 netns nosuch peer x1", "ensure x0 peer x1 now", "del", "del ''", "wait", "wait lo",
      "wait lo there", "wait lo up timeout soon", "wait lo up timeout", "show nosuch", "show lo lo",
      "show netns nosuch", "nosuch",
    ])
  func refused(program: Program, words: String) throws {
    let answer = try answer("vethctl pair \(words)", in: "pair", of: program)
    #expect(answer.status == 1 || answer.status == 255, "\(answer.status)")
    #expect(!answer.stderr.isEmpty && answer.stdout.isEmpty)
    #expect(answer.changedNothing)
  }

  @Test("what a process that died has half made is made anew, what one that lives makes is left", arguments: programs)
  func leftovers(program: Program) throws {
    let answer = try answer(
      """
      mark=$((118 << 24 | 12345))
      ip link add x0 group $mark type veth peer name x1 group $mark
      vethctl pair ensure x0 peer x1 dry-run
      vethctl pair add x0 peer x2; echo $?
      # Stopped while the pair is made but not whole; whether it lives is seen from another PID namespace too.
      strace -o /run/noise -e trace=sendto -e inject=sendto:signal=STOP:when=3 "${command[@]}" pair add y0 alias a peer y1 &
      until ip link show y0; do sleep 0.01; done >/run/noise 2>&1
      unshare -pf --mount-proc "${command[@]}" pair add y0 peer y2; echo $?
      vethctl pair ensure y0 peer y1; echo $?
      while pkill -CONT -f 'pair add y0 alias'; do sleep 0.02; done; wait $!; echo $?
      """, of: program)
    #expect(answer.stdout == "created\n0\n2\nunchanged\n0\n0\n", "\(answer.stderr)")
    #expect(answer.left.contains("\"x2\"") && !answer.left.contains("\"x1\"") && answer.left.contains("\"y1\""))
  }

  @Test("a name that is only taken until a namespace is cleared away is waited for", arguments: programs)
  func twin(program: Program) throws {
    let answer = try answer(
      """
      vethctl pair add web0 peer eth0 netns blue
      for round in {1..5}; do
        ip netns del blue; namespace blue
        vethctl pair add web0 peer eth0 netns blue; echo $?
        ip netns del blue; namespace blue
        vethctl pair ensure web0 peer eth0 netns blue
      done
      """, in: "blue", of: program)
    #expect(answer.stdout == String(repeating: "0\ncreated\n", count: 5), "\(answer.stderr)")
  }

  @Test("ensure creates, mends, and then has nothing to do", arguments: programs)
  func ensure(program: Program) throws {
    let first = "web0 mtu 1400 addr 10.0.0.1/24 up peer eth0 netns blue alias one up"
    let second =
      "web0 mtu 512 addr 10.0.0.3/24 master br0 down promisc on peer eth0 netns blue alias two altname x group 5 up"
    let answer = try answer(
      """
      ip link add br0 type bridge
      vethctl pair ensure \(first) dry-run
      vethctl pair ensure \(first)
      vethctl pair ensure \(first)
      vethctl pair ensure \(second) dry-run
      vethctl pair ensure \(second)
      vethctl pair ensure \(second)
      vethctl -j pair ensure \(first) | tr -d '\\n'; echo
      vethctl -j pair ensure \(first)
      """, in: "blue", of: program)
    #expect(
      answer.stdout == """
        created
        created
        unchanged
        changed group alias altname mtu down promisc addr master
        changed group alias altname mtu down promisc addr master
        unchanged
        {"result":"changed","changes":["alias","mtu","up"]}
        {"result":"unchanged"}

        """, "\(answer.stderr)")
  }

  @Test(
    "ensure says what has a name that is taken", arguments: programs,
    [
      ("lo peer veth1", "lo: add: the name belongs to a device that is not a veth\n"),
      ("veth0 peer x1", "veth0: add: the name belongs to a veth whose peer is if2, not the given one\n"),
      ("x0 peer veth1", "veth1: add: the name belongs to a veth whose peer is if3"),
      ("veth0 peer veth1 netns blue", "veth0: add: the name"),
      ("veth0 numtxqueues 3 peer veth1", "veth0: numtxqueues 3: can only be set while a pair is created\n"),
      (
        "veth0 mtu 1400 numtxqueues 3 peer veth1 addr 10.0.0.1/24",
        "veth0: numtxqueues 3: can only be set while a pair is created\n"
      ),
      ("veth0 index 99 peer veth1", "veth0: index 99: can only be set while a pair is created\n"),
      ("veth0 mtu 1400 peer veth1 mtu 1400 alias a master nosuch", "veth1: master nosuch: "),
      ("v%d peer w%d", "\"v%d\" is a pattern"),
    ])
  func ensureFails(program: Program, line: (words: String, story: String)) throws {
    let answer = try answer("vethctl pair ensure \(line.words)", in: "blue", of: program)
    #expect(answer.status == 1)
    #expect(answer.stderr.hasPrefix(line.story), "\(answer.stderr)")
    #expect(answer.changedNothing)
  }

  @Test("ensure gives an address another prefix length, and says what holds a name", arguments: programs)
  func ensureDetails(program: Program) throws {
    let answer = try answer(
      """
      ip addr add 10.0.0.1/24 dev veth0; ip addr add fd00::1/64 dev veth0 nodad
      vethctl pair ensure veth0 addr 10.0.0.1/25 addr fd00::1/80 nodad peer veth1
      vethctl pair ensure veth0 addr 10.0.0.1/25 addr fd00::1/80 nodad peer veth1
      ip -br addr show veth0
      vethctl -j pair add a0 peer veth1
      vethctl pair ensure a0 peer veth1
      vethctl pair ensure veth0 mtu 1400 peer veth1 master nosuch
      """, in: "pair", of: program)
    let lines = answer.stdout.textLines
    #expect(lines.prefix(2) == ["changed addr addr", "unchanged"], "\(answer.stdout)\(answer.stderr)")
    #expect(lines[2].contains("10.0.0.1/25 fd00::1/80") && !lines[2].contains("/24"), "\(answer.stdout)")
    #expect(answer.stderr.contains("\"device\":\"veth1\""), "\(answer.stderr)")
    #expect(answer.stderr.contains("whose peer is if3, not the given one"), "\(answer.stderr)")
    #expect(!answer.stderr.contains("not undone"), "\(answer.stderr)")
  }

  // MARK: show

  @Test("show takes the options of its form, and begins with the end that was asked for", arguments: programs)
  func showOptions(program: Program) throws {
    let answer = try answer(
      """
      vethctl pair show -j veth1 | grep -o '"ifname":"[a-z0-9]*"'; vethctl -j pair show veth0 | grep -o '"ifname":"[a-z0-9]*"'
      vethctl pair show -br | wc -l; vethctl pair show veth0 -o -d | wc -l; vethctl pair show -nosuch || echo $?
      vethctl pair show -j nosuch
      printf 'pair show -j nosuch\nlink show nosuch\n' | vethctl -force -batch - 2>&1 >/run/noise | grep -c '^{' >&2
      """, in: "pair", of: program)
    #expect(
      answer.stdout == """
        "ifname":"veth1"
        "ifname":"veth0"
        "ifname":"veth0"
        "ifname":"veth1"
        1
        1
        255

        """, "\(answer.stdout)\(answer.stderr)")
    #expect(answer.stderr.contains("{\"error\":\"Cannot find device"), "\(answer.stderr)")
    #expect(answer.stderr.hasSuffix("\n1\n"), "in a batch, of its own error alone: \(answer.stderr)")
  }

  @Test("show tells of both ends, wherever the other one is", arguments: programs)
  func show(program: Program) throws {
    let answer = try answer(
      """
      namespace blue
      vethctl pair add web0 addr 10.0.0.1/24 up peer eth0 netns blue addr 10.0.0.2/24 up
      vethctl pair add db0 peer eth0 netns $PID
      vethctl pair add here0 peer here1
      vethctl -j pair show
      """, in: "elsewhere", of: program)
    let pairs = try objects(answer.stdout)
    func pair(_ name: String) throws -> (own: [String: Any], peer: [String: Any]) {
      let own = try #require(pairs.first { $0["ifname"] as? String == name }, "\(answer.stdout)")
      return (own, try #require(own["peer"] as? [String: Any]))
    }
    #expect(pairs.count == 4, "veth0 and veth1 are there too")
    let web = try pair("web0")
    #expect(web.peer["ifname"] as? String == "eth0" && web.peer["netns"] as? String == "blue")
    #expect(web.peer["netnsid"] is Int)
    let address = try #require((web.peer["addr_info"] as? [[String: Any]])?.first)
    #expect(address["local"] as? String == "10.0.0.2")
    let database = try pair("db0")
    #expect((database.peer["pids"] as? [Int])?.count == 1)
    let process = try #require((database.peer["processes"] as? [[String: Any]])?.first)
    #expect(process["command"] as? String == "sleep")
    let here = pairs.compactMap { $0["peer"] as? [String: Any] }.first { $0["netnsid"] is NSNull }
    #expect(here?["netns"] is NSNull)
  }

  @Test("show aligns for people, is brief, tells of one, and why it is not up", arguments: programs)
  func showText(program: Program) throws {
    let answer = try answer(
      """
      vethctl pair show veth0
      vethctl -br pair
      vethctl -o pair
      vethctl pair show veth0 -d
      vethctl pair show veth1 netns blue
      """, in: "moved-up", of: program)
    let lines = answer.stdout.textLines
    #expect(lines[0].hasPrefix("veth0@if") && lines[0].contains(" UP             mtu 1500 "), "\(answer.stdout)")
    #expect(lines[1].hasPrefix("  veth1@if") && lines[1].hasSuffix(" in blue (id 0)"), "\(answer.stdout)")
    #expect(lines[2].hasPrefix("veth0@if") && lines[2].contains(" UP             veth1@if"))
    #expect(lines[3].contains("\\  veth1@if"))
    #expect(lines[6].hasPrefix("veth1@if") && lines[7].hasPrefix("  veth0@if"), "\(answer.stdout)")
    let down = try self.answer(
      "ip link set veth1 mtu 1400; ip link set veth0 up; vethctl pair show -d", in: "pair", of: program)
    for problem in ["veth0 has no carrier", "veth1 is set down", "the MTUs differ"] {
      #expect(down.stdout.contains("    \(problem)\n"), "\(down.stdout)")
    }
  }

  @Test("show draws a tree, and a graph", arguments: programs)
  func draw(program: Program) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge
      vethctl pair add web0 master br0 peer eth0 netns blue; vethctl pair add 'a"b' peer ab
      ip -n blue link add br1 type bridge; ip -n blue link set eth0 master br1
      vethctl pair show -tree; vethctl pair show web0 netns self -dot; vethctl -j pair show -dot || echo refused
      """, in: "blue", of: program)
    #expect(
      answer.stdout
        == """
        our namespace
        ├─ br0
        │  └─ web0 ── eth0 ── br1 in blue
        ├─ veth1 ── veth0
        └─ ab ── a"b
        graph pairs {
          rankdir=LR
          subgraph "cluster " {
            label="our namespace"
            "/web0" [label="web0"]
            "/br0" [label="br0"]
          }
          subgraph "cluster blue" {
            label="blue"
            "blue/eth0" [label="eth0"]
            "blue/br1" [label="br1"]
          }
          "/web0" -- "blue/eth0"
          "blue/br1" -- "blue/eth0"
          "/br0" -- "/web0"
        }
        refused

        """.latin, "\(answer.stdout)\(answer.stderr)")
  }

  // MARK: delete and wait

  @Test(
    "delete takes what is chosen, and no more", arguments: programs,
    [
      ("a0 b1", "c0 d0"), ("a0 a1", "b0 c0 d0"), ("netns blue", "a0 b0 c0"), ("group 7", "a0 b0 d0"),
      ("master br0", "a0 c0 d0"),
      ("all", ""), ("nosuch missing-ok", "a0 b0 c0 d0"), ("a0 nosuch missing-ok", "b0 c0 d0"),
      ("group 9 missing-ok", "a0 b0 c0 d0"), ("netns nosuch master nosuch a0 missing-ok", "b0 c0 d0"),
    ])
  func delete(program: Program, line: (words: String, rest: String)) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge
      vethctl pair add a0 peer a1; vethctl pair add b0 master br0 peer b1
      vethctl pair add c0 group 7 peer c1; vethctl pair add d0 peer d1 netns blue
      ip link del veth0
      vethctl pair del \(line.words) || echo failed
      vethctl -j link show | grep -o '"ifname":"[a-d]0"' | cut -d'"' -f4 | sort | tr '\\n' ' '
      """, in: "blue", of: program)
    #expect(answer.stdout == (line.rest.isEmpty ? "" : line.rest + " "), "\(answer.stderr)")
  }

  @Test("delete tells by name what stays, and the rest goes", arguments: programs)
  func deleteFails(program: Program) throws {
    let answer = try answer("vethctl pair del lo nosuch veth0", in: "pair", of: program)
    #expect(answer.status == 1)
    #expect(
      answer.stderr == "\"lo\" is not of type veth: not deleted.\nCannot find device \"nosuch\"\n",
      "\(answer.stderr)")
    #expect(!answer.left.contains("veth0"))
  }

  @Test("wait ends with what it waits for", arguments: programs)
  func wait(program: Program) throws {
    // Each change is made once the one who waits is asleep in poll(2), which is ppoll(2) on arm64.
    let answer = try answer(
      """
      asleep() { until grep -qE '^(7|73) ' /proc/$1/syscall; do :; done 2>/run/noise; }
      vethctl pair wait x0 exist & asleep $!; ip link add x0 type veth peer name x1; wait $!; echo "exist $?"
      vethctl pair wait x0 up & asleep $!; ip link set x0 up; ip link set x1 up; wait $!; echo "up $?"
      vethctl pair wait x0 addr & asleep $!; ip addr add 10.0.0.1/24 dev x0; wait $!; echo "addr $?"
      vethctl pair wait x1 gone & asleep $!; ip link set x1 down; ip link set x1 name x9; wait $!; echo "gone $?"
      vethctl pair wait x0 carrier timeout 0.05; echo "timeout $?"
      vethctl pair wait veth1 exist netns blue timeout 0; echo "there $?"
      vethctl pair wait veth1 gone netns blue & asleep $!; ip netns del blue; wait $!; echo "with its namespace $?"
      """, in: "moved", of: program)
    #expect(
      answer.stdout == "exist 0\nup 0\naddr 0\ngone 0\ntimeout 1\nthere 0\nwith its namespace 0\n",
      "\(answer.stderr)")
  }

  // MARK: attach and detach

  @Test("attach gives a container all that it needs, and detach takes it away", arguments: programs)
  func attach(program: Program) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge; ip link set br0 mtu 1400 up; ip addr add 10.1.0.1/24 dev br0
      vethctl attach $PID bridge br0 addr 10.1.0.2/24 addr fd00::2/64 gateway 10.1.0.1 gateway fd00::1
      vethctl -j attach $PID name eth1 host h1 addr 10.2.0.2/32 gateway 10.2.0.1 mtu 1300; echo "again $?"
      vethctl -j attach $PID name eth1 host h1 addr 10.2.0.2/32 mtu 1300 address 02:00:00:00:00:09
      ping -c 1 -W 60 10.1.0.2 >/run/noise; echo "ping $?"
      in="nsenter --net=/proc/$PID/ns/net"
      $in ip -br addr show eth0; $in ip route show default; $in ip -6 route show default; $in ip link show eth0
      $in ip link show eth1; $in ip -br link show lo; ip link show h1
      vethctl detach $PID; vethctl detach $PID name eth1; vethctl detach $PID 2>/run/noise || echo "detached"
      """, in: "elsewhere", of: program)
    let out = answer.stdout
    #expect(out.hasPrefix("veth2\n"), "\(out)\(answer.stderr)")
    for text in [
      "again 2", "\"host\":\"h1\"", "ping 0", "10.1.0.2/24 fd00::2/64", "default via 10.1.0.1 dev eth0",
      "default via fd00::1 dev eth0",
      "mtu 1400", "mtu 1300", "02:00:00:00:00:09", "<LOOPBACK,UP,LOWER_UP>", "state UP", "detached",
    ] {
      #expect(out.contains(text), "\(text): \(out)\(answer.stderr)")
    }
    #expect(!answer.left.contains("\"h1\""))
  }

  @Test(
    "attach refuses our own namespace, and what it cannot make as a whole", arguments: programs,
    [
      "self", "$$", "pid:$$", "$PID bridge nosuch", "$PID gateway 10.0.0.1 gateway 10.0.0.2", "$PID host veth0",
      "$PID mtu 5",
      "$PID addr 10.0.0.1/24 addr 10.0.0.1/24", "nosuch", "$PID name a/b", "$PID nosuch", "",
    ])
  func attachFails(program: Program, words: String) throws {
    let answer = try answer("vethctl attach \(words)", in: "elsewhere", of: program)
    #expect(answer.status == 1 || answer.status == 2 || answer.status == 255)
    #expect(!answer.stderr.isEmpty && answer.stdout.isEmpty)
    #expect(answer.changedNothing)
  }

  @Test("attach tells the neighbours on the bridge", arguments: programs)
  func announcement(program: Program) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge; ip link set br0 up
      tcpdump -c 2 -nnvli br0 'arp or icmp6[0] = 136' >/run/seen 2>/run/noise & listener=$!
      wait_for /run/noise listening
      vethctl attach $PID bridge br0 addr 10.0.0.2/24 addr fd00::2/64
      wait $listener; cat /run/seen
      """, in: "elsewhere", of: program)
    for text in ["who-has 10.0.0.2 tell 10.0.0.2", "fd00::2 > ff02::1: [icmp6 sum ok]", "tgt is fd00::2", "[override]"]
    {
      #expect(answer.stdout.contains(text), "\(text): \(answer.stdout)\(answer.stderr)")
    }
  }

  @Test("nothing lands with a process that has got the number of the one that was meant", arguments: programs)
  func reusedPID(program: Program) throws {
    // Held as it goes into the namespace, which it has by a descriptor then.
    let answer = try answer(
      """
      : >/run/trace
      strace -f -o /run/trace -e trace=setns -e inject=setns:signal=STOP:when=1 "${command[@]}" attach $PID host h0 & tracer=$!
      wait_for /run/trace 'stopped by SIGSTOP'
      kill -KILL $PID; wait $PID 2>/run/noise
      until [[ ${new-} == "$PID" ]]; do
        echo $((PID - 1)) >/proc/sys/kernel/ns_last_pid
        unshare -n sleep infinity & new=$!
      done
      kill -CONT "$(sed -n '/stopped by SIGSTOP/{s/ .*//p;q}' /run/trace)"
      wait $tracer; echo "attach $?"
      nsenter --net="/proc/$PID/ns/net" ip -o link | grep -c .
      """, in: "elsewhere", of: program)
    #expect(answer.stdout == "attach 2\n1\n", "\(answer.stdout)\(answer.stderr)")
    #expect(answer.stderr.contains("has ended, and"))
  }

  @Test("fifty attaches at once all succeed", arguments: programs)
  func attachAtOnce(program: Program) throws {
    let answer = try answer(
      """
      ip link add br0 type bridge; ip link set br0 up
      all=()
      for n in {1..50}; do vethctl attach $PID name e$n bridge br0 addr 10.0.0.$n/24 >>/run/hosts & all+=($!); done
      wait "${all[@]}"
      sort -u /run/hosts | wc -l; nsenter --net="/proc/$PID/ns/net" ip -br -4 addr | grep -c 10.0.0.
      ip -o link show master br0 | grep -c 'group default'
      """, in: "elsewhere", of: program)
    #expect(answer.stdout == "50\n50\n50\n", "\(answer.stderr)")
  }

  @Test("a namespace is named in every form", arguments: programs)
  func namespaces(program: Program) throws {
    let answer = try answer(
      """
      namespace blue
      for form in blue /run/netns/blue $PID pid:$PID /proc/$PID/ns/net fd:9; do
        vethctl -n "$form" link set lo mtu 1234 9</run/netns/blue && vethctl -n "$form" link show lo 9</run/netns/blue | grep -c 1234
      done
      vethctl -n self link show lo | grep -c 1234
      vethctl link set veth0 netns pid:$$; echo $?
      vethctl link set veth0 netns fd:9 9</run/netns/blue; echo $?
      """, in: "elsewhere", of: program)
    #expect(answer.stdout == "1\n1\n1\n1\n1\n1\n0\n1\n0\n", "\(answer.stdout)\(answer.stderr)")
  }
}

extension String {
  /// As an answer has its bytes, one character for each.
  fileprivate var latin: String { String(bytes: utf8) }
}
