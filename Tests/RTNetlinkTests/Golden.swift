import TestSupport

/// The bytes that requests and their attributes have to be, written down by hand: see the files.
enum Golden {
  static let linkRequests = HexTable.at("Golden/link-requests.txt")
  static let linkProperties = HexTable.at("Golden/link-properties.txt")
  static let addressRequests = HexTable.at("Golden/address-requests.txt")
  static let addressProperties = HexTable.at("Golden/address-properties.txt")
}
