import Foundation

/// A text file of named sections, the form of everything in `Cases/` that a newcomer may want to add a line to.
///
///     # a comment
///     [pair, unprivileged]
///     link set veth0 up
struct Table: Sendable {
  let name: String
  let sections: [Section]

  struct Section: Sendable {
    let name: String
    let options: [String]
    var lines: [Line]
  }

  struct Line: Sendable {
    let text: String
    /// Counted from one, as editors do.
    let number: Int
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// Read where it lies in the source tree, so that a failure leads to the line to edit.
  init(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    try self.init(name: name, text: text)
  }

  init(name: String, text: String) throws {
    self.name = name
    var sections: [Section] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        let words = line.dropFirst().dropLast().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let name = words.first else {
          throw Malformed(description: "\(name):\(index + 1): a section with no name")
        }
        sections.append(Section(name: name, options: Array(words.dropFirst()), lines: []))
      } else if sections.isEmpty {
        throw Malformed(description: "\(name):\(index + 1): a line before the first section")
      } else {
        sections[sections.count - 1].lines.append(Line(text: String(line), number: index + 1))
      }
    }
    self.sections = sections
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")
}

/// The starting states that `states.txt` describes, as shell commands.
enum States {
  private static let table = Result { try Table("states.txt") }

  /// The commands that make a state, those of the states it builds on first.
  static func commands(for name: String) throws -> String {
    guard let section = try table.get().sections.first(where: { $0.name == name }) else {
      throw Table.Malformed(description: "states.txt has no [\(name)]")
    }
    let before = try section.options.map { option in
      guard option.hasPrefix("after ") else { throw Table.Malformed(description: "states.txt: what is \"\(option)\"?") }
      return try commands(for: String(option.dropFirst("after ".count)))
    }
    return (before + section.lines.map(\.text)).joined(separator: "\n")
  }

  static var names: [String] {
    get throws { try table.get().sections.map(\.name) }
  }
}
