import Foundation

/// A text file of bytes that can be read and checked: named sections of hexadecimal digits with their meanings.
///
///     # a comment
///     [name of the section]
///     08000400 78050000 | the meaning, which belongs to the whole line
package struct HexTable: Sendable {
  /// The bytes under one name.
  package struct Section: Sendable {
    package let name: String
    package fileprivate(set) var lines: [Line] = []
    package var bytes: [UInt8] { lines.flatMap(\.bytes) }
  }

  /// A line of a section.
  package struct Line: Sendable {
    package let bytes: [UInt8]
    package let meaning: String
  }

  /// An error in a table, or a name that the table does not have.
  package struct Malformed: Error, CustomStringConvertible {
    package let description: String
  }

  package let name: String
  package private(set) var sections: [Section] = []

  /// Reads a table in the source tree. A table that cannot be read ends the tests.
  ///
  /// - Parameter path: the path from the directory of the calling file.
  package static func at(_ path: String, from caller: String = #filePath) -> HexTable {
    let file = URL(fileURLWithPath: caller).deletingLastPathComponent().appendingPathComponent(path)
    do {
      return try HexTable(name: path, text: String(contentsOf: file, encoding: .utf8))
    } catch {
      fatalError("\(error)")
    }
  }

  init(name: String, text: String) throws {
    self.name = name
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        sections.append(Section(name: String(line.dropFirst().dropLast())))
        continue
      }
      let halves = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      guard let bytes = try? [UInt8](hex: String(halves[0])), !bytes.isEmpty, !sections.isEmpty else {
        throw Malformed(description: "\(name):\(index + 1): neither a section nor bytes in one: \(line)")
      }
      let meaning = halves.dropFirst().first?.trimmingCharacters(in: .whitespaces) ?? ""
      sections[sections.count - 1].lines.append(Line(bytes: bytes, meaning: meaning))
    }
    if let twice = Dictionary(grouping: sections, by: \.name).first(where: { $1.count > 1 }) {
      throw Malformed(description: "\(name): [\(twice.key)] is there twice")
    }
  }

  /// The section of this name.
  package func section(_ name: String) throws -> Section {
    guard let section = sections.first(where: { $0.name == name }) else {
      throw Malformed(description: "\(self.name) has no [\(name)]")
    }
    return section
  }
}

extension HexTable.Section {
  /// The names of the lines: a meaning begins with the name and a colon.
  package var lineNames: [String] { lines.map { String($0.meaning.prefix { $0 != ":" }) } }

  /// The bytes of the line of this name.
  package func line(_ name: String) throws -> [UInt8] {
    guard let position = lineNames.firstIndex(of: name) else {
      throw HexTable.Malformed(description: "no line for \(name)")
    }
    return lines[position].bytes
  }
}

extension [UInt8] {
  /// Reads pairs of hexadecimal digits, with or without blanks between.
  package init(hex text: String) throws {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy(\.isHexDigit) else {
      throw HexTable.Malformed(description: "not bytes: \(text)")
    }
    self = stride(from: 0, to: digits.count, by: 2).map { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start...digits.index(after: start)], radix: 16)!
    }
  }

  /// Hexadecimal digits in groups of four bytes, as in the tables.
  package var hex: String {
    stride(from: 0, to: count, by: 4).map { start in
      self[start..<Swift.min(start + 4, count)].map { String(format: "%02x", $0) }.joined()
    }.joined(separator: " ")
  }
}
