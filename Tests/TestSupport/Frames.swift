/// A netlink message, by default an answer to the request that the captures answer; `struct nlmsghdr`.
package func frame(
  _ type: Int32, flags: Int32 = 0, length: UInt32? = nil, sequence: UInt32 = Captures.sequence,
  port: UInt32 = Captures.port, _ payload: [UInt8] = []
) -> [UInt8] {
  raw(length ?? UInt32(16 + payload.count)) + raw(UInt16(type)) + raw(UInt16(flags)) + raw(sequence) + raw(port)
    + padded(payload)
}

/// An attribute; `struct nlattr`.
package func attribute(_ type: UInt16, length: UInt16? = nil, _ payload: [UInt8] = []) -> [UInt8] {
  raw(length ?? UInt16(4 + payload.count)) + raw(type) + padded(payload)
}

/// The bytes of a number in memory.
package func raw<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number.littleEndian >> (8 * $0)) }
}

/// Something that the test needs was not found. `#require` takes no value that is not escapable.
package struct Missing: Error {
  package init() {}
}

private func padded(_ bytes: [UInt8]) -> [UInt8] {
  bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
}
