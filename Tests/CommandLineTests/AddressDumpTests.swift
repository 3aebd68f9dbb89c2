import Testing

/// What `addr save`, `showdump` and `restore` do that cannot be compared with `ip` line by line.
@Suite struct AddressDumpTests {
  private func run(_ line: String, state: String = "addressed", of program: Program) throws -> Answer {
    try Sandbox(state: state, program: program).run(.answer(line))
  }

  /// How many addresses `showdump` tells of.
  private func count(_ text: String) -> Int { text.textLines.filter { $0.hasPrefix("    inet") }.count }

  @Test(
    "save honours every filter that it takes",
    arguments: [
      ("", 11), ("dev veth0", 8), ("veth0", 8), ("type veth", 9), ("type bridge", 0), ("to 10.0.0.0/24", 3),
      ("scope link", 1), ("label veth0:*", 1), ("group 77", 0), ("down", 0), ("deprecated", 1),
    ])
  func filters(filter: String, expected: Int) throws {
    for program in Program.underTest where !program.isIP {
      let answer = try run("addr save \(filter) | ip addr showdump", of: program)
      #expect(count(answer.stdout) == expected && answer.stderr.isEmpty && answer.status == 0, "\(filter): \(answer)")
    }
  }

  @Test("what ip saved we restore, and the other way round", arguments: Program.underTest)
  func exchange(program: Program) throws {
    for (saver, restorer) in [("ip", "/run/ip"), ("/run/ip", "ip"), ("/run/ip", "/run/ip")] {
      let answer = try run(
        """
        -V >/dev/null; list() { settle; ip -o addr | sed 's/ valid_lft.*//' | sort; }; list >/run/before
        \(saver) addr save >/run/dump; ip addr flush dev veth0; ip addr flush dev veth1
        \(restorer) addr restore </run/dump 2>/run/errors; echo "status $?"; list | diff /run/before - && echo same
        """, of: program)
      #expect(answer.stdout == "status 0\nsame\n", "\(saver), \(restorer): \(answer)")
    }
  }

  @Test("restore says nothing of what is there already", arguments: Program.underTest)
  func quiet(program: Program) throws {
    let answer = try run("addr save >/run/dump; /run/ip addr restore </run/dump", of: program)
    #expect(answer.status == 0 && answer.stdout.isEmpty && (answer.stderr.isEmpty || program.isIP), "\(answer)")
    #expect(answer.changedNothing)
  }

  @Test(
    "a damaged dump ends in good order, wherever it is cut and whatever byte is another", arguments: Program.underTest)
  func damage(program: Program) throws {
    let answer = try run(
      #"""
      addr save dev veth1 >/run/dump; size=$(stat -c %s /run/dump)
      try() { for verb in showdump restore; do /run/ip addr $verb </run/damaged >/dev/null 2>&1; echo "$1 $verb $?"; done; }
      for ((at = 0; at < size; at++)); do
        head -c $at /run/dump >/run/damaged; try cut
        for byte in 00 ff 17; do
          { head -c $at /run/dump; printf "\\x$byte"; tail -c +$((at + 2)) /run/dump; } >/run/damaged; try byte
        done
      done
      """#, of: program)
    let endings = Set(answer.stdout.textLines.dropLast())
    #expect(answer.stdout.textLines.count > 500)
    #expect(
      endings.isSubset(of: [
        "cut showdump 0", "cut restore 0", "cut showdump 255", "cut restore 255",
        "byte showdump 0", "byte restore 0", "byte showdump 255", "byte restore 255",
      ]), "\(endings)")
    // A dump that ends with a message is a shorter one; here, there is nothing but the beginning.
    #expect(answer.stdout.textLines.filter { $0 == "cut restore 0" }.count == 1)
  }

  @Test("nothing is restored of a dump that is damaged at its end", arguments: Program.underTest)
  func wholeOrNothing(program: Program) throws {
    let answer = try run(
      "addr save | head -c -5 >/run/dump; ip addr flush dev veth0; ip addr >/run/before; /run/ip addr restore </run/dump; "
        + "ip addr | diff /run/before - && echo same", of: program)
    #expect(answer.stdout == "same\n" || program.isIP, "\(answer)")
    #expect(answer.stderr == "The dump is damaged, or is not a dump of addresses.\n" || program.isIP, "\(answer)")
  }

  @Test(
    "no dump goes to a person, or comes from one",
    arguments: [
      ("save", "Not sending a binary stream to stdout"), ("restore", "Can't restore address dump from a terminal"),
      ("showdump", "Can't restore address dump from a terminal"),
    ])
  func terminal(verb: String, sentence: String) throws {
    for program in Program.underTest {
      let seen = try Sandbox(state: "addressed", program: program).run(.answerOnTerminal("addr \(verb)"))
      #expect(seen.stdout == sentence + "\r\n", "\(seen)")
    }
  }
}
