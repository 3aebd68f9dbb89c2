internal import Netlink
internal import SystemCalls

/// What is said on standard error: text as `ip` has it or, with `-json`, an object on a line.
final class ErrorReport {
  /// Whether it is said as JSON.
  var isJSON = false
  /// What the command is about: `link` or `address`, and which of them.
  var object: [UInt8]? = nil
  var device: [UInt8]? = nil
  /// Where in a batch the command stands.
  var place: (file: [UInt8], line: Int)? = nil

  /// Makes ready for another command.
  func forgetCommand() {
    object = nil
    device = nil
    place = nil
  }

  func send(_ failure: Failure) {
    guard isJSON else {
      var text = failure.text
      if let place {
        text += sentence("Command failed %:", place.file)
        text.append(decimal: place.line)
        text.append("\n")
      }
      write(text)
      return
    }
    var members = Members()
    members.add("error", failure.message.trimmed)
    if let errno = failure.refusal?.errno { members.add("errno", errno.name ?? errno.text) }
    if let object { members.add("object", object) }
    if let device { members.add("device", device) }
    if let keyword = failure.keyword { members.add("attribute", keyword) }
    if let place {
      members.add("file", place.file)
      members.add("line", place.line)
    }
    write(members.object)
  }

  func send(warning: [UInt8]) {
    guard isJSON else { return write(sentence("Warning: %\n", warning)) }
    var members = Members()
    members.add("warning", warning.trimmed)
    write(members.object)
  }

  /// Writes lines, from which control bytes do not reach a person's terminal.
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

  /// All of it, on a line.
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
