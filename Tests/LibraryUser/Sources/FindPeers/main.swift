// Prints the peer of each veth, the namespace of the peer, and the processes in that namespace.
import Veth

var socket = try NetlinkSocket.open(.route)
let survey = try PairSurvey(on: &socket)
let namespaces = try NamespaceSurvey(survey.netnsIDs, on: &socket)

for pair in survey.pairs {
  let name = survey.withOwn(pair) { $0.name }
  let peerName = survey.withPeer(pair) { $0.name }
  print("\(name) - \(peerName ?? "unknown")")
  guard let id = pair.peerNetnsID, let namespace = namespaces[id] else { continue }
  for pid in namespace.processes {
    print("  \(namespace): process \(pid), \(ProcessFacts.commandName(of: pid))")
  }
}
