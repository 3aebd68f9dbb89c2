// Reads settings that only bridges have, and changes one; `ip link set br0 type bridge ageing_time 6000`.
import RTNetlink

var socket = try NetlinkSocket.open(.route)
var bridge = LinkSettings(name: "br0", kind: Bridge.kind)
bridge[Bridge.forwardDelay] = 200
try socket.createLink(bridge)

func printSettings(of bridge: LinkTarget, on socket: inout NetlinkSocket) throws {
  try socket.withLink(bridge) { link in
    print("ageing time \(link[Bridge.ageingTime]!), forward delay \(link[Bridge.forwardDelay]!)")
  }
}
try printSettings(of: "br0", on: &socket)

var change = LinkSettings()
change[Bridge.ageingTime] = 6000  // in hundredths of a second
print(change)
try socket.changeLink("br0", change)
try printSettings(of: "br0", on: &socket)
