import Testing

@testable import CLI

/// Most rows of a grammar are passed over by their first letter, and none may be that has another name.
@Suite struct SpellingsTests {
  /// The names that the usage tells of: `broadcast | brd { ADDRESS | + | - }`.
  private func names(_ spellings: Spellings) -> [[UInt8]] {
    let words = spellings.usage.split(separator: UInt8(ascii: " ")).map([UInt8].init)
    var names = [words[0]]
    var next = 1
    while next < words.count, words[next] == [UInt8(ascii: "|")] {
      names.append(words[next + 1])
      next += 2
    }
    return names
  }

  /// - Parameter areSeveral: the number of rows with several spellings.
  private func check(_ rows: [some Row], areSeveral: Int) {
    var several = 0
    for spellings in rows.map(\.spellings) {
      let names = names(spellings)
      #expect(spellings.name == names[0])
      for name in names {
        #expect(spellings.match(name) && spellings.contains(name), "\(String(decoding: name, as: UTF8.self))")
        #expect(!spellings.match(name + [0x78]) && !spellings.match([0x20] + name))
      }
      if names.count > 1 { several += 1 }
      #expect(!spellings.match([]) && !spellings.match([0x20]))
    }
    #expect(several == areSeveral)
  }

  @Test("each name of a row is found, and nothing else")
  func everyName() {
    check(linkKeywords, areSeveral: 2)
    check(addressKeywords, areSeveral: 3)
    check(Options.rows, areSeveral: 2)
    check(ShowFilter.keywords, areSeveral: 0)
    check(AttachArguments.keywords, areSeveral: 2)
    check(commandObjects, areSeveral: 0)
    for object in commandObjects {
      check(object.verbs, areSeveral: object.verbs.filter { $0.spellings.usage.contains(0x7c) }.count)
    }
  }
}
