internal import RTNetlink
internal import SystemCalls

// The lines of a batch: words separated by blanks, quotes, comments after `#`, and `\` at the end of a continued line.

/// A command in a batch.
final class BatchLine {
  /// The number of the last line of the command, from 1.
  let number: Int
  /// The words of the command; empty for an empty line.
  let words: [[UInt8]]
  /// The reason why the line cannot be parsed; nil for a line that can.
  let failure: Failure?

  init(number: Int, words: [[UInt8]], failure: Failure?) {
    self.number = number
    self.words = words
    self.failure = failure
  }

  /// The device of a command that deletes one device; nil for any other command.
  var deletedDevice: LinkName? {
    guard words.count == 3 || words.count == 4 && words[2] == "dev", words[0] == "link",
      words[1].abbreviates("delete"), let name = words.last,
      words.count == 4 || position(of: name, in: linkKeywords) == nil
    else { return nil }
    return LinkName(bytes: name)
  }
}

/// The commands in a batch file, one after the other.
struct BatchLines: ~Copyable {
  private var lines: LineReader
  /// The number of the latest line, from 1.
  private var number = 0
  /// Whether reading the file has failed.
  private var isBroken = false

  init(_ file: consuming FileDescriptor) { lines = LineReader(file) }

  /// Whether the next command can be read without waiting.
  var isNextAtHand: Bool { lines.isNextAtHand }

  /// The next command; nil at the end.
  mutating func next() -> BatchLine? {
    do throws(Failure) {
      guard let words = try words() else { return nil }
      return BatchLine(number: number, words: words, failure: nil)
    } catch { return BatchLine(number: number, words: [], failure: error) }
  }

  private mutating func words() throws(Failure) -> [[UInt8]]? {
    guard var line = try nextLine() else { return nil }
    while line.count > 1, line[line.count - 2] == ascii("\\"), line.last == ascii("\n") {
      line.removeLast(2)
      guard let more = try nextLine() else { throw Failure(1, "Missing continuation line") }
      line += more
    }
    return try batchWords(line)
  }

  /// The next line, without the comment.
  private mutating func nextLine() throws(Failure) -> [UInt8]? {
    do throws(Errno) {
      guard !isBroken, var line = try lines.next() else { return nil }
      number += 1
      if let remark = line.firstIndex(of: ascii("#")) { line.removeSubrange(remark...) }
      return line
    } catch {
      isBroken = true
      throw Failure(1, "Cannot read the batch: %", error.text)
    }
  }
}

/// Splits a line at blanks; a word that begins with a quote ends at the next quote of the same kind.
private func batchWords(_ line: [UInt8]) throws(Failure) -> [[UInt8]] {
  var words: [[UInt8]] = []
  var start = 0
  while true {
    while start < line.count, line[start].isBlank { start += 1 }
    if start == line.count { return words }
    let quote = line[start]
    let isQuoted = quote == ascii("\"") || quote == ascii("'")
    if isQuoted { start += 1 }
    var end = start
    while end < line.count, isQuoted ? line[end] != quote : !line[end].isBlank { end += 1 }
    if isQuoted, end == line.count { throw Failure(1, "Unterminated quoted string") }
    words.append([UInt8](line[start..<end]))
    start = isQuoted ? end + 1 : end
  }
}

extension UInt8 {
  /// Whether the character separates words.
  fileprivate var isBlank: Bool {
    self == ascii(" ") || self == ascii("\t") || self == ascii("\n") || self == ascii("\r")
  }
}
