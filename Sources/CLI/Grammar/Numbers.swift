internal import SystemCalls

// Numbers are decimal, or hexadecimal after `0x`. What C reads besides (octal after a zero, signs, blanks) is
// refused: nobody who writes `mtu 01000` means 512.

extension [UInt8] {
  /// The number that the whole word is; nil where it is none or does not fit.
  func number<Value: FixedWidthInteger>(as type: Value.Type = Value.self) -> Value? {
    let isHexadecimal = hasPrefix("0x") || hasPrefix("0X")
    let digits = isHexadecimal ? self[2...] : self[...]
    guard let first = digits.first, digits.count == 1 || isHexadecimal || first != UInt8(ascii: "0") else { return nil }
    var value: Value = 0
    for character in digits {
      guard let digit = digitValue(character), digit < (isHexadecimal ? 16 : 10) else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: isHexadecimal ? 16 : 10)
      let (sum, overflow) = product.addingReportingOverflow(Value(digit))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }
}

extension [UInt8] {
  /// What `on` and `off` mean; nil for any other word.
  var isOn: Bool? { self == "on" ? true : self == "off" ? false : nil }
}

/// What a hexadecimal digit is worth.
func digitValue(_ character: UInt8) -> UInt8? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
  default: nil
  }
}
