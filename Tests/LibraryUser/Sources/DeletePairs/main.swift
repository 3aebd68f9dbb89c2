// Creates a hundred pairs, and deletes them as one group: the kernel is waited for once, and not a hundred times.
import Veth

var socket = try NetlinkSocket.open(.route)
var names: [LinkName] = []
for number in 0..<100 {
  let name = LinkName("many\(number)")!
  var pair = LinkSettings(name: name, kind: Veth.kind)
  pair.peer = LinkSettings(name: LinkName("peer\(number)")!)
  try socket.createLink(pair)
  names.append(name)
}
print("\(try socket.collectLinks(.dump(kind: "veth")) { $0.index }.count) veths")

for refusal in LinkDeletion.delete(names + ["lo", "nolink"], ofKind: "veth", on: &socket) {
  print(refusal)
}
print("\(try socket.collectLinks(.dump(kind: "veth")) { $0.index }.count) veths")
