// Adds an address to the loopback interface, and removes it; `ip address add 10.0.0.1/24 dev lo`.
import RTNetlink

var socket = try NetlinkSocket.open(.route)
guard let lo = try socket.index(of: "lo") else { fatalError("There is no loopback interface.") }

var address = AddressSettings("10.0.0.1/24", linkIndex: lo)
address.scope = .host
address[.label] = "lo:web"
try socket.addAddress(address)

let addresses = try socket.collectAddresses(ofLink: lo) { address in
  address.prefix.map { "\($0) scope \(address.scope)" }
}
print(addresses)

do {
  try socket.addAddress(address)
} catch {
  guard error.errno == Errno.fileExists else { throw error }
  print("lo has the address already")
}

try socket.deleteAddress(AddressSettings("10.0.0.1/24", linkIndex: lo))
print(try socket.collectAddresses(ofLink: lo) { $0.prefix })
