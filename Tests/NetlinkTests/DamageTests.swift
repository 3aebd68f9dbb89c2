import TestSupport
import Testing

@testable import Netlink

/// That no bytes, however damaged, make a reader trap, go round in circles or see more than there is.
@Suite struct DamageTests {
  /// Walks through attributes, and through each of them as if it held others, as deep as the kernel nests them.
  ///
  /// - Returns: how many bytes it met.
  private func walk(_ attributes: Attributes, depth: Int = 0) -> Int {
    var (attributes, met) = (attributes, 0)
    while let attribute = attributes.next() {
      met += 4 + attribute.payload.byteCount
      if depth < 2, walk(attribute.nested, depth: depth + 1) > attribute.payload.byteCount { return .max }
    }
    return met
  }

  @Test("attributes never reach beyond their message", arguments: Damage.allCases)
  func attributes(damage: Damage) {
    // One link is enough, for they are long; its attributes nest as deep as any.
    let messages = Captures.links.messages(ofType: 16).suffix(1) + Captures.addresses.messages(ofType: 20)
    for whole in messages {
      damage.forEach(of: whole) { bytes in
        var messages = Messages(bytes.span.bytes)
        while let message = messages.next() {
          let attributes = message.attributes(after: 16)
          if walk(attributes) > message.payload.byteCount { Issue.record() }
          let table = AttributeTable(attributes)
          for type in 0..<100 where (table.payload(type)?.byteCount ?? 0) > bytes.count { Issue.record() }
        }
      }
    }
  }

  @Test("a read that is cut off gives the messages that are whole, and says so", arguments: Captures.links.sections)
  func cutReads(section: HexTable.Section) {
    let whole = section.bytes
    // Where messages end, by the lengths in their headers.
    var ends = [0]
    while let end = ends.last, end < whole.count { ends.append(end + Int(whole[end]) + Int(whole[end + 1]) << 8) }
    #expect(ends.last == whole.count)

    for count in 0...whole.count {
      var answers = Answers(whole.span.bytes.extracting(first: count), to: Captures.sequence, port: Captures.port)
      let isMalformed = failure { () throws(NetlinkError) in try answers.end() } == "malformed"
      #expect(isMalformed == !ends.contains(count))
      var met = 0
      while answers.next() != nil { met += 1 }
      #expect(met == (section.name == "last read" ? 0 : ends.count { $0 <= count } - 1))
    }
  }

  @Test("the end of an exchange is one or none", arguments: Damage.allCases)
  func endings(damage: Damage) {
    for section in Captures.endings.sections {
      damage.forEach(of: section.bytes) { bytes in
        let answers = Answers(bytes.span.bytes, to: Captures.sequence, port: Captures.port)
        do throws(NetlinkError) {
          let end = try answers.end()
          if let warning = end.warning, warning.count > bytes.count { Issue.record() }
        } catch {
          if case .refused(let refusal) = error, refusal.sentence.count > bytes.count { Issue.record() }
        }
      }
    }
  }
}
