// Lists the links of the network namespace; `ip link show`.
import RTNetlink

var socket = try NetlinkSocket.open(.route)
try socket.forEachLink { link in
  let address = link[.address].map { " \($0)" } ?? ""
  print("\(link.index): \(link.name): <\(link.flags)> mtu \(link[.mtu] ?? 0)\(address)")
}

// `collectLinks` returns values, asks again where links changed meanwhile, and takes a filter.
let names = try socket.collectLinks(.dump(kind: "veth")) { $0.name }
print("\(names.count) veths: \(names.sorted())")
