// Creates a pair in the network namespace of the program;
// `ip link add vHOST mtu 1400 up type veth peer name vGUEST address 02:00:00:00:00:02`.
import RTNetlink

var pair = LinkSettings(name: "vHOST", kind: Veth.kind)
pair[.mtu] = 1400
pair.isUp = true
pair.peer = LinkSettings(name: "vGUEST")
pair.peer?[.address] = "02:00:00:00:00:02"

var socket = try NetlinkSocket.open(.route)
try socket.createLink(pair)
try socket.withLink("vHOST") { link in
  print("\(link.name), a \(link.kind ?? "?") with MTU \(link[.mtu] ?? 0), is tied to link \(link[.linkIndex] ?? 0)")
}

// A change has the same settings: `ip link set vGUEST alias uplink up`.
var change = LinkSettings()
change[.alias] = "uplink"
change.isUp = true
try socket.changeLink("vGUEST", change)
try socket.withLink("vGUEST") { link in
  print("\(link.name): \(link[.address]!), alias \(link[.alias] ?? ""), up: \(link.flags.contains(.up))")
}

try socket.deleteLink("vHOST")  // and its peer
print("vGUEST is there: \(try socket.index(of: "vGUEST") != nil)")

// All settings, or no link: there is no master with this index.
pair.peer?[.master] = 4711
do {
  try socket.createLink(pair)
} catch {
  print("not created: vHOST is there: \(try socket.index(of: "vHOST") != nil)")
}
