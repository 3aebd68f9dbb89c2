internal import SystemCalls

// The usage texts, read off the rows of the grammar.

enum UsageTopic { case program, link, address, monitor, pair }

extension Failure {
  /// What may be said, as a failure: `ip` ends with status 255 after it.
  static func usage(of topic: UsageTopic, _ programName: [UInt8]) -> Failure {
    var usage = Usage(programName: programName)
    switch topic {
    case .program: usage.program()
    case .link: usage.link()
    case .address: usage.address()
    case .monitor: usage.monitor()
    case .pair: usage.pair()
    }
    usage.text.removeLast()
    return Failure(255, usage.text)
  }
}

/// What may follow `type veth`.
let vethUsage: StaticString = """
  Usage: … type veth [ peer SETTINGS ]
  SETTINGS are those of `link add`, for the other end
  """

private struct Usage {
  let programName: [UInt8]
  var text: [UInt8] = [UInt8]("Usage: ")

  mutating func program() {
    line("[ OPTIONS ] link { add | set | show | delete | property | help } …")
    next()
    line("[ OPTIONS ] address { add | change | replace | delete | show | flush | save | showdump | restore | help } …")
    next()
    line("[ OPTIONS ] monitor …")
    next()
    line("[ OPTIONS ] pair { show | add | ensure | delete | wait | help } …")
    next()
    line("[ OPTIONS ] { attach | detach } { NETNS … | help }")
    next()
    line("[ OPTIONS ] -batch { FILE | - }")
    text.append("OPTIONS :=\n")
    list(Options.rows)
  }

  mutating func link() {
    line("link add [ name ] NAME [ SETTINGS ] type veth [ peer [ name ] NAME [ SETTINGS ] ]")
    next()
    line("link add [ name ] NAME [ SETTINGS ] type bridge")
    next()
    line("link set { [ dev ] DEVICE | group GROUP } [ SETTINGS ]")
    next()
    line("link delete { [ dev ] DEVICE | group GROUP }")
    next()
    line("link show [ [ dev ] DEVICE ] [ FILTERS ]")
    next()
    line("link property { add | del } [ dev ] DEVICE [ altname NAME ]…")
    text.append("SETTINGS :=\n")
    list(linkKeywords)
    text.append("FILTERS :=\n")
    list(ShowFilter.rows)
  }

  mutating func address() {
    line("address { add | change | replace } PREFIX dev DEVICE [ SETTINGS ]")
    next()
    line("address delete PREFIX dev DEVICE")
    next()
    line("address show [ [ dev ] DEVICE ] [ FILTERS ]")
    next()
    line("address flush { [ dev ] DEVICE | FILTERS }")
    next()
    line("address save [ [ dev ] DEVICE ] [ FILTERS ] > FILE")
    next()
    line("address { showdump | restore } < FILE")
    text.append("SETTINGS :=\n")
    list(addressKeywords)
    text.append("FILTERS :=\n")
    list(ShowFilter.rows)
  }

  mutating func monitor() {
    line("monitor [ all ] [ label ] [ link ] [ address ] [ nsid ] [ all-nsid ] [ dev DEVICE ]")
  }

  mutating func pair() {
    line("pair add END peer END")
    next()
    line("pair ensure END peer END [ dry-run ]")
    next()
    line("pair show [ [ dev ] DEVICE ] [ netns NETNS ] [ -tree | -dot ] [ OPTIONS ]")
    next()
    line("pair delete { DEVICE… | netns NETNS | group GROUP | master BRIDGE | all } [ missing-ok ]")
    next()
    line("pair wait DEVICE { exist | up | carrier | addr | gone } [ netns NETNS ] [ timeout SECONDS ]")
    next()
    line(
      "attach NETNS [ name NAME ] [ host NAME ] [ bridge BRIDGE ] [ addr PREFIX ]… [ gateway ADDRESS ]… [ mtu BYTES ] [ address ADDRESS ]"
    )
    next()
    line("detach NETNS [ name NAME ]")
    text.append(
      "END := NAME [ netns NETNS ] [ master BRIDGE ] [ addr PREFIX [ nodad ] ]… [ up | down ] [ SETTINGS of `link add` ]\n"
    )
    text.append("NETNS := { NAME | /PATH | PID | pid:PID | nsid:N | fd:N | self }\n")
  }

  private mutating func line(_ words: StaticString) {
    text += programName
    text.append(" ")
    text.append(words)
    text.append("\n")
  }

  private mutating func next() { text.append("       ") }

  private mutating func list<Target: ~Copyable, Context: AnyObject>(_ rows: [Keyword<Target, Context>]) {
    for row in rows {
      text.append("  ")
      text += row.spellings.usage
      text.append("\n")
    }
  }
}
