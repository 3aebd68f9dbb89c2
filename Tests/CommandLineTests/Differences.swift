extension Difference {
  /// Everything in which we are known to answer otherwise than the installed `ip`, and why.
  static let all: [Difference] =
    words + missingValues + devices + names + processes + details + addresses + colors + deliberate

  // MARK: - iproute2 7.1, as against 6.1

  private static let words = [
    Difference(
      .version, in: .stderr, #"is a garbage\."#, reads: "is garbage.",
      because: "the sentence was mended"),
    Difference(
      .version, to: "link set veth0 carrier o", status: 22,
      stderr: "Error: argument of \"carrier\" must be one of \"off\", \"on\", not \"o\"\n",
      because: "\"on\" and \"off\" have to be written out"),
    Difference(
      .version, in: .stdout, "\u{1b}", reads: #"\\u001b"#, lines: "^-j",
      because: "control bytes are escaped in JSON"),
    Difference(
      .version, in: .stdout, "\u{7f}", reads: #"\\u007f"#, lines: "^-j",
      because: "control bytes are escaped in JSON"),
  ]

  private static let missingValues = [
    ("-family", "family type"), ("-f", "family type"), ("-rc", "rcvbuf size"), ("-b", "batch file"),
  ].map { option, value in
    Difference(
      .version, to: option, status: 255, stderr: "Error: argument \"\(value)\" is required\n",
      because: "an option without its value is named; it used to get the usage text")
  }

  private static let devices = ["'a b'", "a/b", #"$'a\tb'"#].map { name in
    Difference(
      .version, to: "link add \(name) type veth", status: 2, stderr: "RTNETLINK answers: Invalid argument\n",
      because: "a name without \"name\" before it is left for the kernel to judge")
  }

  private static let names = [".", ".."].map { name in
    Difference(
      .version, to: "link add name \(name) type veth", status: 255,
      stderr: "Error: argument \"\(name)\" is wrong: \"name\" not a valid ifname\n",
      because: "the two names that no directory can have are refused before the kernel is asked")
  }

  private static let processes = [
    ("link set veth0 netns 999999", "999999"), ("link set veth0 netns -1", "-1"), ("link set veth0 netns 0", "0"),
    ("link add x0 type veth peer name p0 netns 999999", "999999"),
    ("link add x0 netns 999999 type veth peer name p0", "999999"),
  ].map { line, process in
    Difference(
      .version, to: line, status: 255, stderr: "Error: argument \"\(process)\" is wrong: Invalid \"netns\" value\n\n",
      because: "a process is looked up in /proc, not left for the kernel to find")
  }

  private static let details = [
    Difference(
      .version, in: .stdout, #"(promiscuity [0-9]+)  allmulti"#, reads: "$1 allmulti",
      because: "there was a blank too many"),
    Difference(
      .version, in: .stdout, #"(gro_max_size [0-9]+ )"#, reads: "$1gso_ipv4_max_size 65536 gro_ipv4_max_size 65536 ",
      because: "two properties that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(,\s*)"gro_max_size":( ?)65536"#,
      reads: #"$0$1"gso_ipv4_max_size":$265536$1"gro_ipv4_max_size":$265536"#,
      because: "two properties that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(?m)^([0-9]+: (?:lo|br0): .*?(?:\n|\\).*?maxmtu [0-9]+ )"#, reads: "$1netns-immutable ",
      because: "a property that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(,\s*)("ifname": ?"(?:lo|br0)"[^}]*?"max_mtu":( ?)[0-9]+)"#,
      reads: #"$1$2$1"netns-immutable":$3true"#,
      because: "a property that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(?<= gc_timer \(running\) )"#, reads: "fdb_n_learned 0 fdb_max_learned 0 ",
      because: "properties of a bridge that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(mcast_vlan_snooping 0 )"#,
      reads: "$1mst_enabled 0 mdb_offload_fail_notification 0 fdb_local_vlan_0 0 ",
      because: "properties of a bridge that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(,\s*)"gc_timer \(running\)"#, reads: #"$0$1"fdb_n_learned": 0$1"fdb_max_learned": 0"#,
      lines: "-p",
      because: "properties of a bridge that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(,\s*)"mcast_vlan_snooping": 0"#,
      reads: #"$0$1"mst_enabled": 0$1"mdb_offload_fail_notification": 0$1"fdb_local_vlan_0": 0"#, lines: "-p",
      because: "properties of a bridge that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"(neigh_suppress off )"#, reads: "$1neigh_vlan_suppress off ",
      because: "a property of a bridge port that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #"( locked off )"#, reads: "$1mab off ",
      because: "a property of a bridge port that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #""neigh_suppress":false"#, reads: #"$0,"neigh_vlan_suppress":false"#,
      because: "a property of a bridge port that 6.1 does not know"),
    Difference(
      .version, in: .stdout, #""locked":false"#, reads: #"$0,"mab":false"#,
      because: "a property of a bridge port that 6.1 does not know"),
  ]

  private static let addresses = [
    Difference(
      .version, in: .stdout, #"(::1(?:\u001b\[0m)?/128 scope host )"#, reads: "$1proto kernel_lo ",
      because: "an address tells who made it"),
    Difference(
      .version, in: .stdout, #"("local":( ?)"::1",\s*"prefixlen": ?128(,\s*)"scope": ?"host")"#,
      reads: #"$1$3"protocol":$2"kernel_lo""#,
      because: "an address tells who made it"),
  ]

  private static let colors = [
    Difference(
      .version, in: .stdout, #"\u001b\[34m"#, reads: "\u{1b}[1;94m", lines: "^-c|-br -c",
      because: "the colours are chosen for a dark background"),
    Difference(
      .version, in: .stdout, #"\u001b\[3([1-6])m"#, reads: "\u{1b}[1;3$1m", lines: "^-c|-br -c",
      because: "the colours are chosen for a dark background"),
  ]

  // MARK: - Better on purpose

  private static let deliberate = [
    Difference(
      .deliberate, to: "link set veth0 group 4294967296", status: 255,
      stderr: "Error: argument \"4294967296\" is wrong: Invalid \"group\" value\n\n",
      because: "a number that does not fit is refused; ip cuts it down to group 0")
  ]
}
