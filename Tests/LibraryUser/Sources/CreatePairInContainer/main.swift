// Creates a pair with one end in the network namespace of a process; both ends get all settings, or there is no pair.
// Usage: CreatePairInContainer PID
import Veth

let container = try Namespace.open(pid: Int32(CommandLine.arguments[1])!)

let host = try PairEnd("web0", in: .current())
host.settings.isUp = true
host.addresses = ["10.0.0.1/24"]

let guest = try PairEnd("eth0", in: container)
guest.settings[.mtu] = 1400
guest.settings.isUp = true
guest.addresses = ["10.0.0.2/24", EndAddress("fd00::2/64", skipsDetection: true)]

do {
  try VethPair(host, peer: guest).create()
  print("created: \(host.name) with index \(host.index), and \(guest.name) with index \(guest.index) in \(container)")
} catch {
  guard error.errno == .fileExists else { throw error }
  print("not created: web0 or eth0 is there already")
}
