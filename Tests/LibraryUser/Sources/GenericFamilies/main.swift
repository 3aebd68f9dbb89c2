// Lists the families of generic netlink; `genl ctrl list`. The module `Netlink` knows the protocol, and no family.
import Netlink

/// The header of a message; `struct genlmsghdr` of linux/genetlink.h.
struct GenericHeader {
  var command: UInt8
  var version: UInt8
  var reserved: UInt16 = 0
}

/// The controller of generic netlink: constants of linux/genetlink.h.
enum Controller {
  static let messageType = 16  // GENL_ID_CTRL
  static let getFamily: UInt8 = 3  // CTRL_CMD_GETFAMILY
  static let familyID = 1  // CTRL_ATTR_FAMILY_ID
  static let familyName = 2  // CTRL_ATTR_FAMILY_NAME
}

var socket = try NetlinkSocket.open(.generic)
var request = Request(Controller.messageType, .dump)
request.append(header: GenericHeader(command: Controller.getFamily, version: 1))
let families = try socket.collect(request) { message -> String? in
  let attributes = message.attributes(after: MemoryLayout<GenericHeader>.size)
  guard let id: UInt16 = attributes.last(Controller.familyID)?.value(),
    let name: String = attributes.last(Controller.familyName)?.value()
  else { return nil }
  return "\(name) has the message type \(id)"
}
for family in families { print(family) }
