// Gives a container a network: a pair with one end in a bridge, and in the container addresses and a default route.
// Usage: AttachContainer PID
import Veth

var socket = try NetlinkSocket.open(.route)
var bridge = LinkSettings(name: "br0", kind: Bridge.kind)
bridge.isUp = true
try socket.createLink(bridge)

let container = try Namespace.open(pid: Int32(CommandLine.arguments[1])!)
let attachment = try Attachment(to: container, name: "eth0")
attachment.bridge = "br0"
attachment.addresses = ["10.0.0.2/24", "fd00::2/64"]
attachment.gateways = ["10.0.0.1"]
let links = try attachment.make()
print("\(links.hostName) in br0, eth0 in the container")

try socket.withLink(.index(links.hostIndex)) { link in
  print("port of a \(link.portKind ?? "?"), learning \(link[BridgePort.learning]!)")
}
print("detached: \(try Attachment.remove("eth0", from: container))")
print("detached: \(try Attachment.remove("eth0", from: container))")
