internal import CMnl

/// The environment variables and arguments of the program.
package enum Environment {
  /// The value of a variable, nil where it is not set; getenv(3).
  package static func value(of name: StaticString) -> [UInt8]? {
    guard let value = unsafe getenv(name.cString) else { return nil }
    return unsafe [UInt8](cString: value)
  }

  /// The words of a C `argv` at an address.
  package static func words(_ count: Int32, at address: UInt) -> [[UInt8]] {
    guard let arguments = unsafe UnsafePointer<UnsafePointer<CChar>?>(bitPattern: address) else { return [] }
    var words: [[UInt8]] = []
    words.reserveCapacity(Int(max(count, 0)))
    for position in 0..<Int(max(count, 0)) {
      guard let word = unsafe arguments[position] else { break }
      unsafe words.append([UInt8](cString: word))
    }
    return words
  }
}
