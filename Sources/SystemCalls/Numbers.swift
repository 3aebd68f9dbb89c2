// Numbers as text.

extension [UInt8] {
  /// The word as a number; nil where it is not a number or does not fit.
  ///
  /// A number is decimal, or hexadecimal after `0x`. Other forms of strtoul(3) are refused: signs, blanks, and octal after
  /// a zero, as `mtu 01000` is hardly meant as 512.
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

extension [UInt8] {
  /// A number in decimal digits.
  @inline(never)
  package init(decimal value: some BinaryInteger) {
    self = []
    append(decimal: value)
  }

  /// A number in hexadecimal digits, with leading zeros up to `width` digits.
  @inline(never)
  package init(hex value: some UnsignedInteger, width: Int = 1) {
    self = []
    append(hex: value, width: width)
  }

  /// Appends a number in decimal digits.
  package mutating func append(decimal value: some BinaryInteger) {
    if value < 0 { append(ascii("-")) }
    append(digitsOf: UInt64(value.magnitude), radix: 10, width: 1)
  }

  /// Appends a number in hexadecimal digits, with leading zeros up to `width` digits.
  package mutating func append(hex value: some UnsignedInteger, width: Int = 1) {
    append(digitsOf: UInt64(value), radix: 16, width: width)
  }

  @inline(never)
  private mutating func append(digitsOf value: UInt64, radix: UInt64, width: Int) {
    if value >= radix || width > 1 { append(digitsOf: value / radix, radix: radix, width: width - 1) }
    append(hexDigit(UInt8(value % radix)))
  }
}

/// The hexadecimal digit of a value below 16.
@inline(__always)
package func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? ascii("0") &+ value : ascii("a") &- 10 &+ value
}

/// The value of a hexadecimal digit; nil for any other character.
package func digitValue(_ character: UInt8) -> UInt8? {
  switch character {
  case ascii("0")...ascii("9"): character - ascii("0")
  case ascii("a")...ascii("f"): character - ascii("a") + 10
  case ascii("A")...ascii("F"): character - ascii("A") + 10
  default: nil
  }
}
