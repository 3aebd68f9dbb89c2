internal import Netlink
internal import SystemCalls

/// The messages on standard error: text as of `ip` or, with `-json`, one JSON object a line.
struct ErrorReport {
  let isJSON: Bool

  /// A line of a batch.
  struct Line {
    let file: [UInt8]
    let number: Int
  }

  func send(_ failure: Failure, at line: Line? = nil) {
    guard isJSON || failure.isJSON else {
      var text = failure.text
      if let line {
        text += sentence("Command failed %:%\n", line.file, [UInt8](decimal: line.number))
      }
      write(text)
      return
    }
    var members = Members()
    members.add("error", failure.message.trimmed)
    if let errno = failure.refusal?.errno { members.add("errno", errno.nameBytes ?? errno.text) }
    if let object = failure.object { members.add("object", object) }
    if let device = failure.device { members.add("device", device) }
    if let keyword = failure.keyword { members.add("attribute", keyword) }
    if let line {
      members.add("file", line.file)
      members.add("line", line.number)
    }
    write(members.object)
  }

  func send(warning: [UInt8]) {
    guard isJSON else { return write(sentence("Warning: %\n", warning)) }
    var members = Members()
    members.add("warning", warning.trimmed)
    write(members.object)
  }

  /// Writes lines; on a terminal, with control bytes escaped.
  private func write(_ text: [UInt8]) {
    guard StandardStream.error.isTerminal else {
      StandardStream.error.write(text)
      return
    }
    var visible = ByteBuffer()
    var line: [UInt8] = []
    for byte in text {
      if byte == ascii("\n") {
        line.withAttributeBytes { visible.append(visible: $0) }
        visible.append("\n")
        line = []
      } else {
        line.append(byte)
      }
    }
    StandardStream.error.write(visible)
  }
}

/// The members of a JSON object.
private struct Members: ~Copyable {
  private var bytes = ByteBuffer()

  mutating func add(_ key: StaticString, _ value: some FieldValue) {
    bytes.append(bytes.isEmpty ? "{\"" : ",\"")
    bytes.append(key)
    bytes.append("\":")
    value.appendJSON(to: &bytes)
  }

  /// The object and a newline.
  var object: [UInt8] { bytes.bytes + [UInt8]("}\n") }
}

extension [UInt8] {
  /// Without the newlines at the end.
  fileprivate var trimmed: [UInt8] {
    var text = self
    while text.last == ascii("\n") { text.removeLast() }
    return text
  }
}
