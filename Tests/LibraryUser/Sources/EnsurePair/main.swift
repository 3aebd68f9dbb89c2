// Makes sure that a pair is there with these settings: creates the pair, changes the pair that exists, or does nothing.
// Usage: EnsurePair PID
import Veth

let host = try PairEnd("web0", in: .current())
host.settings.isUp = true
host.addresses = ["10.0.0.1/24"]
let guest = try PairEnd("eth0", in: .open(pid: Int32(CommandLine.arguments[1])!))
guest.settings[.mtu] = 1400
let pair = VethPair(host, peer: guest)

print(try pair.dryRun())  // what `ensure` would do
print(try pair.ensure())
print(try pair.ensure())

guest.settings[.mtu] = 1300
guest.settings.isUp = true
print(try pair.ensure())

// An error names the end and the step. What was changed before the step that failed is as it was.
guest.settings[.mtu] = 70_000
do {
  print(try pair.ensure())
} catch {
  print(error)
}
