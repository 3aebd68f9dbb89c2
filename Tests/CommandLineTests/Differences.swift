extension Difference {
  /// Everything in which we are known to answer otherwise than the `ip` that is compared with, and why.
  static let all = listed.filter { $0.applies(to: .installed) }

  private static let listed: [Difference] =
    words + lost + missingValues + names + processes + details + addresses + colors
    + numbers + careful + clashes + output + batch + namespaces + repaired + completed + errors

  // MARK: - iproute2 7.1, as against older versions

  // The versions 6.2 to 6.11 are those whose release notes have the property; 6.16 and 6.18 are the kernels that brought it,
  // and `ip` 6.15 does not know it yet. The others are bounds, as 6.1, 6.15 and 7.2 were tried: 6.15 stands for
  // what 6.1 and 6.15 do differently, and 7.1 for what 6.15 does not do either.

  private static let words = [
    Difference(
      .since("6.15"), in: .stderr, #"is a garbage\."#, reads: "is garbage.",
      because: "the sentence was mended"),
    Difference(
      .since("6.15"), refuses: "link set veth0 carrier o", status: 22,
      "Error: argument of \"carrier\" must be one of \"off\", \"on\", not \"o\"\n",
      because: "\"on\" and \"off\" have to be written out"),
    Difference(
      .since("7.1"), in: .stdout, "\u{1b}", reads: #"\\u001b"#, lines: "^-j",
      because: "control bytes are escaped in JSON"),
    Difference(
      .since("7.1"), in: .stdout, "\u{7f}", reads: #"\\u007f"#, lines: "^-j",
      because: "control bytes are escaped in JSON"),
  ]

  private static let lost = ["nosuch", "type"].map { name in
    Difference(
      .asBefore("6.15"), refuses: "link add x0 link-netns \(name == "type" ? "" : "nosuch ")type veth",
      "Error: argument \"\(name)\" is wrong: Invalid \"link-netns\" value\n\n",
      because: "the name of the namespace got lost in the sentence")
  }

  private static let missingValues = [
    ("-family", "family type"), ("-f", "family type"), ("-rc", "rcvbuf size"), ("-b", "batch file"),
  ].map { option, value in
    Difference(
      .since("6.15"), refuses: option, "Error: argument \"\(value)\" is required\n",
      because: "an option without its value is named; it used to get the usage text")
  }

  private static let names = [".", ".."].map { name in
    Difference(
      .since("7.1"), refuses: "link add name \(name) type veth",
      "Error: argument \"\(name)\" is wrong: \"name\" not a valid ifname\n",
      because: "the two names that no directory can have are refused before the kernel is asked")
  }

  private static let processes = [
    ("link set veth0 netns 999999", "999999"), ("link set veth0 netns -1", "-1"), ("link set veth0 netns 0", "0"),
    ("link add x0 type veth peer name p0 netns 999999", "999999"),
    ("link add x0 netns 999999 type veth peer name p0", "999999"),
  ].map { line, process in
    Difference(
      .since("6.15"), refuses: line, "Error: argument \"\(process)\" is wrong: Invalid \"netns\" value\n\n",
      because: "a process is looked up in /proc, not left for the kernel to find")
  }

  private static let details =
    [
      Difference(
        .since("6.15"), in: .stdout, #"(promiscuity [0-9]+)  allmulti"#, reads: "$1 allmulti",
        because: "there was a blank too many"),
      Difference(
        .since("6.3"), in: .stdout, #"(gro_max_size [0-9]+ )"#,
        reads: "$1gso_ipv4_max_size 65536 gro_ipv4_max_size 65536 ", because: "two properties of a link are new"),
      Difference(
        .since("6.3"), in: .stdout, #"(,\s*)"gro_max_size":( ?)65536"#,
        reads: #"$0$1"gso_ipv4_max_size":$265536$1"gro_ipv4_max_size":$265536"#,
        because: "two properties of a link are new"),
      Difference(
        .since("6.16"), in: .stdout,
        #"(?m)^([0-9]+: (?:\u001b\[[0-9;]*m)?(?:lo|br0): .*?(?:\n|\\).*?maxmtu [0-9]+ )"#,
        reads: "$1netns-immutable ", because: "a property of a link is new"),
      Difference(
        .since("6.16"), in: .stdout, #"(,\s*)("ifname": ?"(?:lo|br0)"[^}]*?"max_mtu":( ?)[0-9]+)"#,
        reads: #"$1$2$1"netns-immutable":$3true"#, because: "a property of a link is new"),
      Difference(
        .since("6.7"), in: .stdout, #"(?<= gc_timer \(running\) )"#, reads: "fdb_n_learned 0 fdb_max_learned 0 ",
        because: "two properties of a bridge are new"),
      Difference(
        .since("6.7"), in: .stdout, #"(,\s*)"gc_timer \(running\)"#,
        reads: #"$0$1"fdb_n_learned": 0$1"fdb_max_learned": 0"#, lines: "-p",
        because: "two properties of a bridge are new"),
    ]
    + [
      // Each follows the one before it, where that one is known already.
      ("6.11", "mst_enabled", []), ("6.16", "mdb_offload_fail_notification", ["mst_enabled"]),
      ("6.18", "fdb_local_vlan_0", ["mst_enabled", "mdb_offload_fail_notification"]),
    ].flatMap { (version: IPVersion, name: String, others: [String]) in
      let text = others.map { "(?:\($0) 0 )?" }.joined()
      let members = others.map { #"(?:,\s*"\#($0)": 0)?"# }.joined()
      return [
        Difference(
          .since(version), in: .stdout, "mcast_vlan_snooping 0 \(text)", reads: "$0\(name) 0 ",
          because: "a property of a bridge is new"),
        Difference(
          .since(version), in: .stdout, #"(,\s*)"mcast_vlan_snooping": 0\#(members)"#, reads: #"$0$1"\#(name)": 0"#,
          lines: "-p", because: "a property of a bridge is new"),
      ]
    }
    + [
      Difference(
        .since("6.4"), in: .stdout, #"(neigh_suppress off )"#, reads: "$1neigh_vlan_suppress off ",
        because: "a property of a bridge port is new"),
      Difference(
        .since("6.2"), in: .stdout, #"( locked off )"#, reads: "$1mab off ",
        because: "a property of a bridge port is new"),
      Difference(
        .since("6.4"), in: .stdout, #""neigh_suppress":false"#, reads: #"$0,"neigh_vlan_suppress":false"#,
        because: "a property of a bridge port is new"),
      Difference(
        .since("6.2"), in: .stdout, #""locked":false"#, reads: #"$0,"mab":false"#,
        because: "a property of a bridge port is new"),
    ]

  private static let addresses = [
    Difference(
      .since("6.15"), in: .stdout, #"(::1(?:\u001b\[0m)?/128 scope host )"#, reads: "$1proto kernel_lo ",
      because: "an address tells who made it"),
    Difference(
      .since("6.15"), in: .stdout, #"("local":( ?)"::1",\s*"prefixlen": ?128(,\s*)"scope": ?"host")"#,
      reads: #"$1$3"protocol":$2"kernel_lo""#,
      because: "an address tells who made it"),
  ]

  private static let colors = [
    Difference(
      .since("7.1"), in: .stdout, #"\u001b\[34m"#, reads: "\u{1b}[1;94m", lines: "^-c|-br -c|--color=always",
      because: "the colours are chosen for a dark background"),
    Difference(
      .since("7.1"), in: .stdout, #"\u001b\[3([1-6])m"#, reads: "\u{1b}[1;3$1m", lines: "^-c|-br -c|--color=always",
      because: "the colours are chosen for a dark background"),
  ]

  // MARK: - Better on purpose

  private static let numbers =
    [
      ("link add x0 mtu 02570 type veth peer name x1", "02570", "mtu"),
      ("link add x0 mtu ' 1400' type veth peer name x1", " 1400", "mtu"),
      ("link add x0 mtu +1400 type veth peer name x1", "+1400", "mtu"),
      ("link add x0 mtu -1 type veth", "-1", "mtu"),
      ("link add x0 txqueuelen -5 type veth", "-5", "txqueuelen"),
      ("link set veth0 mtu 01000", "01000", "mtu"),
      ("link set veth0 txqueuelen -5", "-5", "txqueuelen"),
      ("link set veth0 gso_max_size 0x8000 gso_max_segs 010 gro_max_size 60000", "010", "gso_max_segs"),
      ("link set veth0 group 4294967296", "4294967296", "group"),
    ].map { line, number, keyword in
      Difference(
        .deliberate, refuses: line, "Error: argument \"\(number)\" is wrong: Invalid \"\(keyword)\" value\n\n",
        because: "a number is read as it is written: no octal, no signs, no blanks, nothing cut off")
    } + [
      Difference(
        .deliberate, refuses: "link set veth0 address 2:0x0:0:0:0:1z", status: 1, "\"0x0\" is invalid lladdr.\n",
        because: "a byte of an address has one or two digits and nothing else"),
      Difference(
        .deliberate, refuses: "link set veth0 address 02-00-00-00-00-01", status: 1,
        "\"02-00-00-00-00-01\" is invalid lladdr.\n",
        because: "a byte of an address has one or two digits and nothing else"),
      Difference(
        .deliberate, refuses: "addr add 010.010.1.1/24 dev veth0", status: 1,
        "Error: any valid prefix is expected rather than \"010.010.1.1/24\".\n",
        because: "a number is read as it is written: no octal"),
    ]

  private static let careful =
    [
      ("link set if99 up", "Cannot find device \"if99\"\n"),
      ("link set if3xyz mtu 1400", "Cannot find device \"if3xyz\"\n"),
      ("link del if3xyz", "Cannot find device \"if3xyz\"\n"),
      ("addr add 10.0.0.1/24 dev if99", "Cannot find device \"if99\"\n"),
      ("link show if99", "Device \"if99\" does not exist.\n"),
      ("addr show if99", "Device \"if99\" does not exist.\n"),
    ].map { line, sentence in
      Difference(
        .deliberate, refuses: line, status: 1, sentence, because: "a name is a name, and never an index in disguise")
    }
    + [("link del veth0 type bridge", "veth0"), ("link del group 7 type bridge", "veth1")].map { line, name in
      Difference(
        .deliberate, refuses: line, status: 1,
        "\"\(name)\" is not of type bridge: not deleted.\n",
        because: "what is to be of a kind is looked at before it is deleted")
    }
    + [".", ".."].map { name in
      Difference(
        .deliberate, refuses: "link add \(name) type veth",
        "Error: argument \"\(name)\" is wrong: \"dev\" not a valid ifname\n",
        because: "what cannot be a name is said to be none, whichever way it is given")
    }
    + ["any", "all", "default"].map { word in
      Difference(
        .deliberate, refuses: "addr add \(word) dev veth0", status: 1,
        "Error: any valid prefix is expected rather than \"\(word)\".\n",
        because: "the kernel has no such address to give")
    } + [
      Difference(
        .deliberate, refuses: #"link add name $'e\e[31mc' type veth peer name 'é€'"#,
        "Error: argument \"e\u{1b}[31mc\" is wrong: \"name\" not a valid ifname\n",
        because: "no link is made whose name commands a terminal"),
      Difference(
        .deliberate, refuses: "addr add 10.0.0.1/24 dev veth0 dev veth1",
        "Error: duplicate \"dev\": \"veth1\" is the second value.\n",
        because: "of two devices, one would be ignored"),
      Difference(
        .deliberate, refuses: "-n", "Error: argument \"netns name\" is required\n",
        because: "a missing name is said to be missing"),
    ]

  private static let clashes = [
    ("link set a up", "link set dev a up"), ("link set t up", "link set dev t up"),
    ("link set m up", "link set dev m up"), ("link del a", "link del dev a"), ("link del t", "link del dev t"),
    ("link add a type veth", "link add name a type veth"), ("link show h", "link show dev h"),
  ].map { line, other in
    Difference(
      .deliberate, line, as: other,
      because: "a device may be called what is short for a keyword, where it cannot be the keyword")
  }

  private static let output = [
    Difference(
      .deliberate, in: .stdout, #"(?<=\[)(?:\{\},?)+|(?:,\{\})+(?=[,\]])"#, reads: "", lines: "^-j|^-d -j",
      because: "what a filter leaves out leaves no empty object behind"),
    Difference(
      .deliberate, in: .stdout, "( mtu [0-9]+ )(state [A-Z]+ )(qlen)", reads: "$1qdisc noqueue $2group default $3",
      lines: "inet6 addr$|-6 addr show [a-z]*$",
      because: "the line of a link does not lack half of it for being listed with IPv6 addresses only"),
    Difference(
      .deliberate, in: .stderr, #"Error: ipv[46]: [Aa]ddress already assigned\.\n"#, reads: "", lines: "addr res",
      because: "what is there already needs no restoring"),
    Difference(
      .deliberate, in: .stdout, "\u{ff}", reads: #"\\u00ff"#, lines: "^-j",
      because: "JSON holds no bytes that are not UTF-8"),
  ]

  private static let batch = [
    Difference(
      .deliberate, in: .stdout, "(2: veth1.* state DOWN )mode DEFAULT ", reads: "$1",
      lines: #"link show veth0\\naddr show veth1"#,
      because: "one command of a batch does not change how the next one speaks"),
    Difference(
      .deliberate, in: .stderr, #"(link help"\.\n)$"#, reads: "$1Command failed -:1\n", lines: #"'link foo'"#,
      because: "every failure in a batch tells its line"),
    Difference(
      .deliberate, refuses: #"-b - <<< $'link set veth0 mtu 1400 \\'"#, status: 1,
      "Missing continuation line\nCommand failed -:1\n",
      because: "a command that was cut off is no success"),
  ]

  private static let namespaces = [
    ("-n 1 link", "link"), ("-n /proc/self/ns/net link", "link"),
    ("link set veth0 netns self", "link set veth0 netns 1"),
  ].map { line, other in
    Difference(
      .deliberate, line, as: other, because: "a namespace is said in the same ways everywhere")
  }

  private static let repaired = [
    Difference(
      .since("7.1"), "link add x0 link-netns $PID type veth peer name x1",
      as: "link add x0 type veth peer name x1 netns $PID",
      because: "a namespace is said in the same ways everywhere"),
    Difference(
      .deliberate, in: .stderr, #"\n$"#, reads: "\nalready applied: mtu\n",
      lines: "^link set veth0 mtu 1400 protodown on",
      because: "what of a refused command has been done is told"),
    Difference(
      .deliberate, in: .stderr, #"Error: argument "(/proc/[0-9]+/ns/net)" is wrong: Invalid "netns" value\n\n"#,
      reads: "Cannot open network namespace \"$1\": Permission denied\n", lines: #"netns /proc/\$PID/ns/net"#,
      because: "a namespace that may not be opened is not a wrong value"),
    Difference(
      .deliberate, "link del veth0 veth1", as: "link del veth0",
      because: "one command deletes as many links as it names"),
    Difference(
      .deliberate, "link del veth0 dev veth1", as: "link del veth0",
      because: "one command deletes as many links as it names"),
    Difference(
      .deliberate, in: .stdout, #"(?s)^Deleted 3: veth0.*"#,
      reads: "$0Deleted 2: veth1@NONE: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default \n"
        + "    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff\n", lines: "^-echo link del veth0",
      because: "both ends of a pair go, and the kernel tells of both"),
    Difference(
      .deliberate, "link set veth0 xdp off up", as: "link set veth0 up xdp off",
      because: "the order of words does not matter"),
    Difference(
      .deliberate, "link add x0 xdp off type veth peer name x1", as: "link add x0 type veth peer name x1",
      because: "the order of words does not matter"),
    Difference(
      .deliberate, "addr add nodad 2001:db8::1/64 dev veth0", as: "addr add 2001:db8::1/64 dev veth0 nodad",
      because: "the order of words does not matter"),
  ]

  private static let completed = [
    ("link add x0 alias 'not kept' type veth", ["link add x0 type veth", "link set x0 alias \"not kept\""]),
    (
      "link add group 5 mtu 1400 txqueuelen 9 address 02:00:00:00:00:01 index 9 up name x0 type veth peer name x1 up",
      [
        "link add group 5 mtu 1400 txqueuelen 9 address 02:00:00:00:00:01 index 9 up name x0 type veth peer name x1",
        "link set x1 up",
      ]
    ),
    ("link add x0 type veth peer name p0 up", ["link add x0 type veth peer name p0", "link set p0 up"]),
    ("link add x0 up type veth peer name p0 up", ["link add x0 up type veth peer name p0", "link set p0 up"]),
    (
      "link add x0 addrgenmode none type veth peer name p0",
      ["link add x0 type veth peer name p0", "link set x0 addrgenmode none"]
    ),
    (
      "link add x0 alias one type veth peer name p0 alias two addrgenmode none master br0",
      [
        "link add x0 type veth peer name p0", "link set x0 alias one",
        "link set p0 alias two addrgenmode none master br0",
      ]
    ),
    (
      "link add x0 altname other type veth peer name p0 altname a1 altname a2",
      [
        "link add x0 type veth peer name p0", "link property add dev x0 altname other",
        "link property add dev p0 altname a1 altname a2",
      ]
    ),
    (
      "link add br1 address 02:00:00:00:00:98 alias switch altname other type bridge",
      [
        "link add br1 address 02:00:00:00:00:98 type bridge", "link set br1 alias switch",
        "link property add dev br1 altname other",
      ]
    ),
  ].map { line, steps in
    Difference(
      .deliberate, line, as: "-b - <<< $'\(steps.joined(separator: "\\n"))'",
      because: "what the kernel passes over while it makes a link is done afterwards")
  }

  private static let errors = [
    ("-j foo", #"{"error":"Object \"foo\" is unknown, try \"ip help\"."}"#),
    ("-j link show nosuch", #"{"error":"Device \"nosuch\" does not exist.","object":"link","device":"nosuch"}"#),
    ("-j addr show nosuch", #"{"error":"Device \"nosuch\" does not exist.","object":"address","device":"nosuch"}"#),
    (
      "-j link set veth0 netns blue",
      #"{"error":"Error: argument \"blue\" is wrong: Invalid \"netns\" value","object":"link","device":"veth0","#
        + #""attribute":"netns"}"#
    ),
  ].map { line, sentence in
    Difference(
      .deliberate, refuses: line, status: line.hasSuffix("blue") ? 255 : 1, sentence + "\n",
      because: "who asks for JSON gets errors in JSON too")
  }
}
