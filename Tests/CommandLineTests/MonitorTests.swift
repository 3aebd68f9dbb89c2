import Foundation
import Testing

/// `monitor` beside `ip monitor` in one namespace, and what it does better.
@Suite struct MonitorTests {
  /// Something that happens, and how it is watched.
  struct Case: Sendable, CustomStringConvertible {
    let words: String
    var state = "empty"
    let changes: String
    var last = Sandbox.Mark.namespaceID
    var description: String { "\(words) [\(state)]: \(changes)" }
  }

  private static let pair =
    "ip link add mm0 address 02:00:00:00:00:01 type veth peer name mm1 address 02:00:00:00:00:02"
  private static let life = """
    \(pair); ip addr add 10.0.0.1/24 brd + dev mm0; ip addr add 2001:db8::1/64 dev mm0
    ip link set mm0 up; ip link set mm0 alias x mtu 1400 group 7 txqueuelen 5; ip link property add dev mm0 altname other
    ip addr del 10.0.0.1/24 dev mm0; ip link del mm0
    """
  private static let move = """
    ip link set veth1 netns blue; ip -n blue link set veth1 up; ip link set veth0 up
    ip -n blue link set veth1 netns 1; ip link set veth1 netns blue name other index 77; ip link del veth0
    """
  /// A namespace goes some time after its last name.
  private static let end = """
    ip netns del blue; while ip link show veth0; do sleep 0.01; done >/run/last 2>&1
    """
  private static let ports = """
    ip link set veth0 master br0; ip link set veth0 type bridge_slave cost 7; ip link set veth0 nomaster
    """

  private static let cases = [
    Case(words: "monitor label link address nsid", changes: life),
    Case(words: "monitor link address nsid", changes: life),
    Case(words: "-o monitor label link address nsid", changes: life),
    Case(words: "-4 monitor link address", changes: life, last: .address),
    Case(words: "-6 monitor link address", changes: life, last: .link),
    Case(words: "-0 monitor link address", changes: life, last: .link),
    Case(words: "-s monitor link", changes: life, last: .link),
    Case(words: "monitor label li", changes: life, last: .link),
    Case(words: "monitor a", changes: life, last: .address),
    Case(words: "monitor all address", changes: life, last: .address),
    Case(words: "mo ns", state: "blue", changes: move),
    Case(words: "monitor label link nsid", state: "blue", changes: move),
    Case(words: "monitor nsid", state: "moved", changes: end),
    Case(words: "monitor nsid link", state: "blue", changes: "ip link set veth1 netns blue; told new-netns; \(end)"),
    Case(words: "monitor link address nsid", state: "addressed", changes: "ip addr flush dev veth0; ip link del veth0"),
    Case(words: "monitor label link", state: "bridge and pair", changes: ports, last: .link),
  ]

  @Test("tells what ip tells, byte for byte", arguments: cases)
  func tellsAsIP(test: Case) throws {
    for program in Program.underTest {
      let answer = try Sandbox(state: test.state, program: program)
        .run(.watch(test.words, changes: test.changes, last: test.last, besideIP: true))
      let (ours, theirs) = (told(answer.stdout, test.last), told(answer.stderr, test.last))
      #expect(ours.textLines.count > 2)
      #expect(ours == theirs, "\(program.path)\n\(Comparison.diff(theirs, ours))")
    }
  }

  /// What is told between the two marks.
  private func told(_ text: String, _ last: Sandbox.Mark) -> String {
    guard let from = text.range(of: last.rawValue + "100"), let to = text.range(of: last.rawValue + "101") else {
      return text
    }
    return String(text[from.upperBound..<to.lowerBound])
  }

  private func watch(
    _ words: String, state: String = "empty", _ changes: String, last: Sandbox.Mark = .link, of program: Program
  ) throws -> String {
    told(
      try Sandbox(state: state, program: program).run(.watch(words, changes: changes, last: last)).stdout, last)
  }

  /// Each line of JSON.
  private func records(_ text: String) throws -> [[String: Any]] {
    try text.textLines.dropFirst().dropLast().map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("a peer that was renamed shows by its new name", arguments: Program.underTest)
  func renames(program: Program) throws {
    let told = try watch(
      "monitor link", state: "pair", "ip link set veth1 name new; ip link set veth0 mtu 1400", of: program)
    #expect(told.contains("veth0@new: ") && !told.contains("veth0@veth1"), "\(told)")
  }

  @Test("so it does where only addresses are told of", arguments: Program.underTest)
  func renamesUnseen(program: Program) throws {
    let told = try watch(
      "monitor address", state: "pair", "ip link set veth0 name new; ip addr add 10.0.0.1/24 dev new", last: .address,
      of: program)
    #expect(told.contains(": new    inet 10.0.0.1/24"), "\(told)")
  }

  @Test("a bridge's word on its port does not take another link for a peer far away", arguments: Program.underTest)
  func portsOfFarPeers(program: Program) throws {
    let told = try watch(
      "monitor link", state: "bridge",
      "ip netns add x; ip -n x link add far index 2 type veth peer name near netns 1; ip link set near master br0",
      of: program)
    #expect(told.contains("near@if2: ") && !told.contains("near@br0"), "\(told)")
  }

  private func has(_ pattern: String, _ text: String) -> Bool {
    text.range(of: pattern, options: .regularExpression) != nil
  }

  @Test("-json tells each change in an object on a line", arguments: Program.underTest)
  func json(program: Program) throws {
    let changes = "\(Self.pair); ip addr add 10.0.0.1/24 dev mm0; ip link del mm0"
    let records = try records(try watch("-j -t monitor", changes, last: .address, of: program))
    let objects = records.map { "\($0["deleted"] as? Bool ?? false ? "-" : "+")\($0["object"] ?? "")" }
    #expect(
      objects == [
        "+nsid", "+link", "+link", "+address", "-address", "-link", "-link", "+link",
      ])
    let link = try #require(records.first { $0["ifname"] as? String == "mm0" })
    #expect(link["link"] as? String == "mm1" && link["txqlen"] as? Int == 1000 && link["address"] != nil)
    let address = try #require(records.first { $0["local"] as? String == "10.0.0.1" })
    #expect(address["dev"] as? String == "mm0" && address["prefixlen"] as? Int == 24)
    for record in records {
      let timestamp = try #require(record["timestamp"] as? String)
      #expect(has(#"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$"#, timestamp))
    }
  }

  @Test("-brief tells each change on a line", arguments: Program.underTest)
  func brief(program: Program) throws {
    let told = try watch(
      "-br monitor label", "\(Self.pair); ip addr add 10.0.0.1/24 dev mm0", last: .address, of: program)
    #expect(
      told.textLines.dropFirst(2).dropLast(2).map { $0 } == [
        "[LINK]mm1@NONE         DOWN           02:00:00:00:00:02 <BROADCAST,MULTICAST> ",
        "[LINK]mm0@mm1          DOWN           02:00:00:00:00:01 <BROADCAST,MULTICAST,M-DOWN> ",
        "[ADDR]3: mm0 10.0.0.1/24 ",
      ], "\(told)")
  }

  @Test("timestamps are ip's", arguments: Program.underTest)
  func timestamps(program: Program) throws {
    let long = try watch("-t monitor link", "ip link set lo up", of: program)
    #expect(has(#"\nTimestamp: \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} \d+ usec\n1: lo: "#, long), "\(long)")
    let short = try watch("-ts monitor label link", "ip link set lo up", of: program)
    #expect(has(#"\n\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\] \[LINK\]1: lo: "#, short), "\(short)")
  }

  @Test("only one link is told of", arguments: Program.underTest)
  func device(program: Program) throws {
    let told = try watch(
      "monitor label dev lo", state: "pair",
      "ip link set veth0 up; ip addr add 10.0.0.1/24 dev veth0; ip link set lo up",
      last: .address, of: program)
    #expect(!told.contains("veth") && told.contains("[LINK]1: lo: <LOOPBACK,UP"), "\(told)")
  }

  @Test("of other namespaces, names are theirs", arguments: Program.underTest)
  func everywhere(program: Program) throws {
    let changes = """
      ip -n blue link add in0 type veth peer name in1; ip -n blue link set in1 name in2; ip -n blue link set in0 up
      ip -n blue addr add 10.0.0.1/24 dev veth1
      """
    let told = try watch("monitor label all-nsid link address", state: "moved", changes, last: .address, of: program)
    #expect(told.contains("[nsid 0][LINK]4: in0@in2: <NO-CARRIER,"), "\(told)")
    #expect(told.contains("[nsid 0][ADDR]2: veth1    inet 10.0.0.1/24"), "\(told)")
    #expect(told.contains("[nsid current][LINK]1: lo: "), "\(told)")
    #expect(!told.contains("link-netns blue"), "\(told)")
  }

  /// While it is stopped, more happens than its small buffer holds.
  private static let flood = """
    kill -STOP $ours; for number in {1..60}; do ip link add flood$number type veth peer name doolf$number; done
    ip netns set blue 5; ip addr add 10.0.0.1/24 dev flood60; kill -CONT $ours
    """

  @Test("says when changes were lost, and tells what there is", arguments: Program.underTest)
  func overrun(program: Program) throws {
    // The marks may be lost too, so all that is told counts.
    let answer = try Sandbox(state: "blue", program: program)
      .run(.watch("-rc 1 monitor label", changes: Self.flood, last: .namespaceID))
    let told = try #require(answer.stdout.components(separatedBy: "Overrun: some changes were lost.").last)
    #expect(told != answer.stdout)
    for number in [1, 60] {
      #expect(told.contains(": flood\(number)@doolf\(number): <BROADCAST,MULTICAST,M-DOWN> mtu 1500"), "\(told)")
    }
    #expect(told.contains("[ADDR]") && told.contains(": flood60    inet 10.0.0.1/24 scope global flood60\n"), "\(told)")
    #expect(told.contains("[NSID]nsid 5 (iproute2 netns name: blue)\n"), "\(told)")
  }

  @Test("with -0 there are no addresses, then either", arguments: Program.underTest)
  func overrunWithoutAddresses(program: Program) throws {
    let told = try Sandbox(state: "blue", program: program)
      .run(.watch("-0 -rc 1 monitor label", changes: Self.flood, last: .namespaceID)).stdout
    #expect(told.contains("\nOverrun: ") && !told.contains("[ADDR]"), "\(told)")
  }

  @Test("says so in JSON", arguments: Program.underTest)
  func overrunInJSON(program: Program) throws {
    let told = try Sandbox(state: "blue", program: program)
      .run(.watch("-rc 1 -j monitor link address", changes: Self.flood, last: .address)).stdout
    #expect(told.contains("\n{\"overrun\":true}\n{\"object\":\"link\",\"ifindex\":1,"), "\(told)")
  }

  @Test("ends when nobody reads it any more", arguments: Program.underTest)
  func closedPipe(program: Program) throws {
    // `head` goes after a line; the changes go on until the pipe is seen to be closed.
    let answer = try Sandbox(state: "pair", program: program).answer(
      to: """
        monitor link > >(head -n 1) & ours=$!
        while kill -0 $ours; do ip link set veth0 up; ip link set veth0 down; done 2>/dev/null; wait $ours
        """)
    #expect(answer.status == 1 || answer.signal == 13, "\(answer)")
    #expect(answer.stdout.textLines.count == 2 && answer.stderr.isEmpty, "\(answer)")
  }
}
