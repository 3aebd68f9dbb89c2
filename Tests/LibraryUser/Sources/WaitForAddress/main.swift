// Waits until a link of a container is there and has an address; the kernel announces changes, and nothing is polled.
// Usage: WaitForAddress PID
import Veth

let container = try Namespace.open(pid: Int32(CommandLine.arguments[1])!)
let arrival = try LinkWait(for: "eth0", toBe: .hasAddress, in: container)
print("eth0 has an address: \(try arrival.wait(milliseconds: 0))")
print("eth0 has an address: \(try arrival.wait(milliseconds: nil))")

let absence = try LinkWait(for: "nolink", toBe: .gone, in: container)
print("nolink is gone: \(try absence.wait(milliseconds: 5000))")
