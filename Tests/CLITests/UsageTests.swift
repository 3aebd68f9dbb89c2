import RTNetlink
import SystemCalls
import Testing

@testable import CLI

/// Usage texts name what the tables have.
@Suite struct UsageTests {
  private let names = FakeResolver()

  private func lines(_ usage: Failure) -> [String] {
    #expect(usage.status == 255)
    return String(decoding: usage.message, as: UTF8.self).components(separatedBy: "\n")
  }

  /// The words of a row, between blanks.
  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  @Test("every verb of every object is in the usage text of the object")
  func verbs() {
    for object in commandObjects {
      let name = String(decoding: object.spellings.name, as: UTF8.self)
      let rows = lines(object.usageFailure(names)).filter {
        $0.hasPrefix("Usage: vethctl \(name) ") || $0.hasPrefix("       vethctl \(name) ")
      }
      #expect(!rows.isEmpty, "\(name)")
      for verb in object.verbs.map({ TestedRow($0) }) where verb.name != "help" && !object.hasOneVerb {
        #expect(rows.contains { row in verb.names.contains { words(row).contains($0) } }, "\(name) \(verb.name)")
      }
    }
  }

  @Test("every keyword of a grammar is in the usage text of its objects")
  func keywords() {
    func check(_ rows: [some Row], _ object: CommandObject, _ title: String) {
      let text = lines(object.usageFailure(names))
      let start = text.firstIndex(of: "\(title) :=")
      #expect(start != nil, "\(title)")
      for (position, row) in rows.enumerated() {
        #expect(text[(start ?? 0) + 1 + position] == "  " + String(decoding: row.spellings.usage, as: UTF8.self))
      }
    }
    check(linkKeywords, linkObject, "SETTINGS")
    check(ShowFilter.keywords, linkObject, "FILTERS")
    check(addressKeywords, addressObject, "SETTINGS")
    check(ShowFilter.keywords, addressObject, "FILTERS")
  }

  /// The words of `attach` are a row by hand.
  @Test("the usage text of attach has every keyword")
  func attachKeywords() {
    let row = lines(attachObject.usageFailure(names))[0]
    for keyword in AttachArguments.keywords {
      #expect(TestedRow(keyword).names.contains { words(row).contains($0) }, "\(TestedRow(keyword).name)")
    }
  }

  @Test("the usage text of pair has attach and detach, and explains its words")
  func pair() {
    let text = lines(pairObject.usageFailure(names))
    for object in [attachObject, detachObject] {
      #expect(text.contains("       " + lines(object.usageFailure(names))[0].dropFirst("Usage: ".count)))
    }
    for word in ["END", "NETNS"] { #expect(text.contains { $0.hasPrefix("\(word) := ") }, "\(word)") }
  }

  @Test("every field of a kind that can be set is in the usage text of the kind, and no other", arguments: LinkKind.all)
  func fields(kind: LinkKind) {
    let text = String(decoding: kind.usage, as: UTF8.self).components(separatedBy: "\n")
    #expect(text[0].hasPrefix("Usage: … ") && text[0].contains("\(kind.word)"))
    if kind.word.bytes == Veth.kind.word { return }
    let rows = text.dropFirst(2).map { words($0)[0] }
    #expect(rows == kind.fields.filter { $0.access != .readOnly }.map { "\($0.word)" })
    for (row, field) in zip(text.dropFirst(2), kind.fields.filter { $0.access != .readOnly }) {
      #expect((words(row).count > 1) == TestedRow(field).hasOperand, "\(row)")
    }
  }

  @Test("the usage text of choices has each of them")
  func choices() {
    let text = String(decoding: MACVLAN.kind.usage, as: UTF8.self)
    #expect(text.contains("  mode { private | vepa | bridge | passthru | source }\n"))
    #expect(String(decoding: VLAN.kind.usage, as: UTF8.self).contains("  protocol { 802.1Q | 802.1ad }\n"))
    #expect(String(decoding: BridgePort.kind.usage, as: UTF8.self).contains("  backup_port DEVICE\n  nobackup_port\n"))
  }
}
