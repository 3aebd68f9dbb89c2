// Numbers are decimal, or hexadecimal after `0x`. What C reads besides (octal after a zero, signs, blanks) is
// refused: nobody who writes `mtu 01000` means 512.

extension [UInt8] {
  /// The number that the whole word is; nil where it is none or does not fit.
  package func number<Value: FixedWidthInteger>(as type: Value.Type = Value.self) -> Value? {
    guard let number = magnitude else { return nil }
    return Value(exactly: number)
  }

  private var magnitude: UInt64? {
    let isHexadecimal = hasPrefix("0x") || hasPrefix("0X")
    let start = isHexadecimal ? 2 : 0
    guard count > start, isHexadecimal || count == 1 || self[0] != ascii("0") else { return nil }
    let radix: UInt64 = isHexadecimal ? 16 : 10
    var value: UInt64 = 0
    for position in start..<count {
      guard let digit = digitValue(self[position]), digit < radix else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: radix)
      let (sum, overflow) = product.addingReportingOverflow(UInt64(digit))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }
}

/// What a hexadecimal digit is worth.
package func digitValue(_ character: UInt8) -> UInt8? {
  switch character {
  case ascii("0")...ascii("9"): character - ascii("0")
  case ascii("a")...ascii("f"): character - ascii("a") + 10
  case ascii("A")...ascii("F"): character - ascii("A") + 10
  default: nil
  }
}
