import TestSupport
import Testing

@testable import Netlink

/// No damaged message makes the readers trap, loop or read outside of the message.
@Suite struct DamageTests {
  /// Walks attributes, and the payload of each as attributes, as deep as the kernel nests them.
  ///
  /// - Returns: the number of bytes.
  private func walk(_ attributes: Attributes, depth: Int = 0) -> Int {
    var (attributes, count) = (attributes, 0)
    while let attribute = attributes.next() {
      count += 4 + attribute.payload.byteCount
      if depth < 2, walk(attribute.nested, depth: depth + 1) > attribute.payload.byteCount { return .max }
    }
    return count
  }

  @Test("attributes never reach beyond their message", arguments: Damage.allCases)
  func attributes(damage: Damage) {
    // One link is enough: its attributes are nested as deep as those of the others.
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

  @Test("a read that is cut off has the whole messages, and is malformed", arguments: Captures.links.sections)
  func cutReads(section: HexTable.Section) {
    let whole = section.bytes
    // The ends of the messages, by the lengths in their headers.
    var ends = [0]
    while let end = ends.last, end < whole.count { ends.append(end + Int(whole[end]) + Int(whole[end + 1]) << 8) }
    #expect(ends.last == whole.count)

    for count in 0...whole.count {
      var answers = Answers(whole.span.bytes.extracting(first: count), to: Captures.sequence, port: Captures.port)
      let isMalformed = failure { () throws(NetlinkError) in try answers.end() } == "malformed"
      #expect(isMalformed == !ends.contains(count))
      var found = 0
      while answers.next() != nil { found += 1 }
      #expect(found == (section.name == "last read" ? 0 : ends.count { $0 <= count } - 1))
    }
  }

  @Test("a damaged message ends an exchange or does not", arguments: Damage.allCases)
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
