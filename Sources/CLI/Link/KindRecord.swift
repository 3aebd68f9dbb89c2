internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The output of the attributes of a kind, as of `ip -d`.
struct KindRecord {
  let session: Session
  let names: LinkNames
  let fields: [KindField]

  func write(_ data: borrowing AttributeTable) {
    for field in fields {
      guard let payload = data.payload(Int(field.attribute)), let value = value(of: field, payload, data) else {
        continue
      }
      if session.out.isJSON {
        value.writeJSON(field.key, to: &session.out)
      } else {
        if field.word.utf8CodeUnitCount > 0 {
          session.out.text(field.word)
          session.out.text(" ")
        }
        session.out.text(value)
        session.out.text(" ")
      }
    }
  }

  /// The value of an attribute; nil for an attribute that is not shown.
  private func value(of field: KindField, _ payload: RawSpan, _ data: borrowing AttributeTable) -> KindValue? {
    let number = payload.number
    switch field.form {
    case .action, .noLink: return nil
    case .number: return .decimal(number)
    case .sourceCount: return data[MACVLAN.mode] == MACVLAN.sourceMode ? .count(number) : nil
    case .onOrOff: return .onOrOff(number != 0)
    case .onOrOffInText: return session.out.isJSON ? nil : .onOrOff(number != 0)
    case .mask: return .word(number == 0 ? [UInt8]("0") : hexadecimal(number))
    case .groupMask: return .word(groupNames(number))
    case .hexadecimal: return .word(hexadecimal(number))
    case .timer: return .hundredths(number)
    case .bridgeID: return BridgeID(attributeBytes: payload).map { .word($0.text) }
    case .hardwareAddress: return .word(hexadecimalWithColons(payload))
    case .namedNumber(let words):
      return number < words.count ? .word([UInt8](words[Int(number)])) : .decimal(number)
    case .choice(let choices): return choices.first { number == $0.number }.map { .word([UInt8]($0.word)) }
    case .flags(let choices): return .list(choices.filter { number & $0.number != 0 }.map { $0.word })
    case .option(let option):
      return BridgeOptions(attributeBytes: payload)?[option].map { .decimal($0 ? 1 : 0) }
    case .link: return .word(names.name(of: Int32(truncatingIfNeeded: number)).bytes)
    }
  }
}

/// A value of any form.
private enum KindValue: FieldValue {
  case decimal(UInt64)
  /// A number in parentheses in text.
  case count(UInt64)
  case onOrOff(Bool)
  /// A time in hundredths of a second: `   3.07`.
  case hundredths(UInt64)
  case word([UInt8])
  /// Words: in angle brackets with commas between them in text, an array in JSON.
  case list([StaticString])

  /// Writes the value as a member of a JSON object.
  func writeJSON(_ key: StaticString, to out: inout Printer) {
    guard case .list(let words) = self else { return out.json(key, self) }
    out.beginArray(key)
    for word in words { out.element(word) }
    out.endArray()
  }

  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) {
    switch self {
    case .decimal(let number): bytes.append(decimal: number)
    case .onOrOff(let isOn): isOn.appendText(to: &bytes, isTerminal: isTerminal)
    case .hundredths:
      var digits = ByteBuffer()
      appendJSON(to: &digits)
      for _ in digits.count..<max(7, digits.count) { bytes.append(" ") }
      bytes.append(digits.bytes)
    case .word(let word): word.appendText(to: &bytes, isTerminal: isTerminal)
    case .count(let number):
      bytes.append("(")
      bytes.append(decimal: number)
      bytes.append(")")
    case .list(let words):
      bytes.append("<")
      for (position, word) in words.enumerated() {
        if position > 0 { bytes.append(",") }
        bytes.append(word)
      }
      bytes.append(">")
    }
  }

  func appendJSON(to bytes: inout ByteBuffer) {
    switch self {
    case .decimal(let number), .count(let number): bytes.append(decimal: number)
    case .list: break
    case .onOrOff(let isOn): isOn.appendJSON(to: &bytes)
    case .hundredths(let number):
      bytes.append(decimal: number / 100)
      bytes.append(number % 100 < 10 ? ".0" : ".")
      bytes.append(decimal: number % 100)
    case .word(let word): word.appendJSON(to: &bytes)
    }
  }
}

extension RawSpan {
  /// The bytes as a number of 1, 2, 4 or 8 bytes; 0 for any other size.
  fileprivate var number: UInt64 {
    switch byteCount {
    case 8: load(at: 0, as: UInt64.self) ?? 0
    case 4: UInt64(load(at: 0, as: UInt32.self) ?? 0)
    case 2: UInt64(load(at: 0, as: UInt16.self) ?? 0)
    case 1: UInt64(load(at: 0, as: UInt8.self) ?? 0)
    default: 0
    }
  }
}

private func hexadecimal(_ number: UInt64) -> [UInt8] {
  sentence("0x%", [UInt8](hex: number))
}

private func hexadecimalWithColons(_ bytes: RawSpan) -> [UInt8] {
  var text = ByteBuffer(capacity: 64)
  text.append(hexWithColons: bytes)
  return text.bytes
}

/// The link-local groups in a mask, by name or number: `lacp,lldp,0x8`.
private func groupNames(_ mask: UInt64) -> [UInt8] {
  if mask == 0 { return [UInt8]("0x0") }
  var text: [UInt8] = []
  for bit in 0..<16 where mask >> UInt64(bit) & 1 == 1 {
    if !text.isEmpty { text.append(",") }
    switch bit {
    case 0: text.append("stp")
    case 2: text.append("lacp")
    case 14: text.append("lldp")
    default: text += hexadecimal(1 << UInt64(bit))
    }
  }
  return text
}
