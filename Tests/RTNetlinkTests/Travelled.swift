import Netlink

/// The payload that a value makes.
func travelled(_ value: some AttributeValue) -> [UInt8] {
  var bytes: [UInt8] = []
  value.withAttributeBytes { bytes = $0.copied }
  return bytes
}
