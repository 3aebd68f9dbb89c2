import Testing

/// Namespaces that are hard to reach, and users who may reach little.
@Suite struct NamespaceTests {
  private static var programs: [Program] { Program.underTest.filter { !$0.isIP } }

  private func answer(_ script: String, of program: Program) throws -> Answer {
    let lines = script.replacingOccurrences(of: "vethctl", with: "\"${command[@]}\"")
    return try Sandbox(state: "empty", program: program).answer(to: "-V >/run/noise\n\(lines)")
  }

  @Test("a namespace that is known by its id alone is read from outside, and nothing else", arguments: programs)
  func outside(program: Program) throws {
    let answer = try answer(
      """
      ip netns add hidden; ip link add web0 type veth peer name eth0 netns hidden
      ip -n hidden link add br0 type bridge; ip -n hidden link set eth0 master br0 up
      ip -n hidden addr add 10.0.0.2/24 dev br0; ip -n hidden addr add 10.0.0.3/24 dev eth0
      # Only a descriptor of the shell's keeps it.
      exec 9</run/netns/hidden; umount -l /run/netns/hidden; rm /run/netns/hidden
      vethctl -n nsid:0 link show eth0; vethctl -n nsid:0 link show master br0
      vethctl -n nsid:0 -o addr show eth0; vethctl -n nsid:0 -br addr
      for words in 'link set eth0 down' 'link del eth0' 'link add x0 type veth' 'addr add 10.0.0.9/24 dev eth0' \
        'addr flush dev eth0' 'pair show' 'pair del all' monitor 'attach self' 'addr save'; do
        vethctl -n nsid:0 $words; echo "status $?"
      done
      vethctl -n nsid:7 link; echo "status $?"
      """, of: program)
    let links = answer.stdout.components(separatedBy: "eth0@if")
    #expect(
      links.count >= 4 && links.dropFirst().prefix(2).allSatisfy { $0.contains("master br0") }, "\(answer.stdout)")
    #expect(answer.stdout.contains("10.0.0.3/24 scope global eth0") && answer.stdout.contains("10.0.0.2/24"))
    #expect(answer.stdout.components(separatedBy: "status 255").count == 11, "\(answer.stdout)")
    #expect(answer.stderr.components(separatedBy: "can be read, and not entered").count == 11, "\(answer.stderr)")
    #expect(answer.stdout.hasSuffix("status 2\n") && answer.stderr.contains("network namespace id"))
  }

  @Test("everything works for an ordinary user in a user namespace of theirs", arguments: programs)
  func ordinaryUser(program: Program) throws {
    let answer = try answer(
      """
      cp "${command[0]}" /run/program && chmod 755 /run /run/program
      cat >/run/script <<'END'
      unshare -n sleep infinity & pid=$!
      while [ "$(readlink /proc/$pid/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
      set -ex
      /run/program pair add web0 up addr 10.0.0.1/24 peer eth0 netns $pid up addr 10.0.0.2/24
      ping -c1 -W60 10.0.0.2
      /run/program pair ensure web0 mtu 1400 peer eth0 netns $pid mtu 1400
      /run/program pair wait web0 exist
      /run/program -j pair show web0 | grep '"pids":\\['$pid'\\]'
      /run/program link add br0 up type bridge
      /run/program attach $pid name eth1 bridge br0 addr 10.1.0.2/24 gateway 10.1.0.1
      /run/program -n $pid -br addr show eth1 | grep 10.1.0.2/24
      /run/program detach $pid name eth1
      /run/program pair delete all
      set +e
      /run/program -n /proc/1/ns/net link; echo "status $?"
      /run/program attach 1; echo "status $?"
      kill $pid
      END
      setpriv --reuid=65534 --regid=65534 --clear-groups unshare -Urn bash /run/script
      """, of: program)
    #expect(answer.stdout.contains("changed mtu") && answer.stdout.contains("eth1"), "\(answer.stdout)\(answer.stderr)")
    #expect(answer.stdout.hasSuffix("status 255\nstatus 1\n"), "\(answer.stdout)\(answer.stderr)")
    #expect(answer.stderr.contains("Permission denied"), "\(answer.stderr)")
  }
}
