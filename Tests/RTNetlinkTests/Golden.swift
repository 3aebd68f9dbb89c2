import TestSupport

/// The bytes of requests and attributes, written by hand.
enum Golden {
  static let linkRequests = HexTable.at("Golden/link-requests.txt")
  static let linkProperties = HexTable.at("Golden/link-properties.txt")
  static let addressRequests = HexTable.at("Golden/address-requests.txt")
  static let addressProperties = HexTable.at("Golden/address-properties.txt")
}
