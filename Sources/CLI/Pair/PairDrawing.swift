internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// A drawing of namespaces, bridges and pairs: a tree for a terminal, or a graph for Graphviz.
struct PairDrawing {
  let session: Session
  let survey: PairSurvey
  let namespaces: NamespaceSurvey

  /// Draws the tree: each bridge, such as `├─ br0`, with the pairs that have an end in the bridge, and then all other pairs.
  func drawTree() {
    line("", "our namespace", [])
    var bridges: [Int32] = []
    var rest = 0
    for pair in survey.pairs {
      if let bridge = master(of: pair) {
        if !bridges.contains(bridge) { bridges.append(bridge) }
      } else {
        rest += 1
      }
    }
    for bridge in bridges {
      let isLast = rest == 0 && bridge == bridges.last
      line("", isLast ? "└─ " : "├─ ", session.names.name(of: bridge).bytes)
      drawPairs(in: bridge, isLast ? "   " : "│  ")
    }
    drawPairs(in: nil, "")
  }

  private func drawPairs(in bridge: Int32?, _ margin: StaticString) {
    var members: [PairSurvey.Pair] = []
    for pair in survey.pairs where master(of: pair) == bridge { members.append(pair) }
    for (position, pair) in members.enumerated() {
      var text = name(of: pair)
      text.append(" ── ")
      text += peerName(of: pair)
      if let bridge = peerBridge(of: pair) {
        text.append(" ── ")
        text += bridge
      }
      if let id = pair.peerNetnsID {
        text.append(" in ")
        text += namespaceName(id)
        if let process = namespaces[id]?.processes.first {
          text.append(": ")
          text.append(decimal: process)
          text.append(" ")
          text += ProcessFacts.command(of: process)
        }
      }
      line(margin, position == members.count - 1 ? "└─ " : "├─ ", text)
    }
  }

  private func line(_ margin: StaticString, _ branch: StaticString, _ text: [UInt8]) {
    session.out.text(margin)
    session.out.text(branch)
    session.out.text(text)
    session.out.endRecord()
  }

  /// Draws the graph: a cluster a namespace, a node an end or bridge, an edge a pair or port.
  func drawGraph() {
    session.out.text("graph pairs {\n  rankdir=LR\n")
    drawCluster(nil)
    for id in survey.netnsIDs { drawCluster(id) }
    for pair in survey.pairs {
      edge(node(nil, name(of: pair)), node(pair.peerNetnsID, peerName(of: pair)))
      if let bridge = peerBridge(of: pair) {
        edge(node(pair.peerNetnsID, bridge), node(pair.peerNetnsID, peerName(of: pair)))
      }
      if let bridge = master(of: pair) {
        edge(node(nil, session.names.name(of: bridge).bytes), node(nil, name(of: pair)))
      }
    }
    session.out.text("}\n")
  }

  private func drawCluster(_ id: Int32?) {
    session.out.text("  subgraph ")
    session.out.text(Quoted([UInt8]("cluster ") + (id.map { namespaceName($0) } ?? [])))
    session.out.text(" {\n    label=")
    session.out.text(Quoted(id.map { namespaceName($0) } ?? [UInt8]("our namespace")))
    session.out.text("\n")
    var drawn: [[UInt8]] = []
    for pair in survey.pairs {
      var ends: [[UInt8]] = []
      if id == nil { ends.append(name(of: pair)) }
      if pair.peerNetnsID == id {
        ends.append(peerName(of: pair))
        if let bridge = peerBridge(of: pair) { ends.append(bridge) }
      }
      if id == nil, let bridge = master(of: pair) { ends.append(session.names.name(of: bridge).bytes) }
      for end in ends where !drawn.contains(end) {
        drawn.append(end)
        session.out.text("    ")
        session.out.text(node(id, end))
        session.out.text(" [label=")
        session.out.text(Quoted(end))
        session.out.text("]\n")
      }
    }
    session.out.text("  }\n")
  }

  private func edge(_ one: Quoted, _ other: Quoted) {
    session.out.text("  ")
    session.out.text(one)
    session.out.text(" -- ")
    session.out.text(other)
    session.out.text("\n")
  }

  private func node(_ namespace: Int32?, _ name: [UInt8]) -> Quoted {
    Quoted((namespace.map { namespaceName($0) } ?? []) + [ascii("/")] + name)
  }

  // MARK: - Names

  private func master(of pair: PairSurvey.Pair) -> Int32? {
    var master: Int32? = nil
    survey.withOwn(pair) { master = $0[.master] }
    return master
  }

  /// The name of the peer's bridge, in the peer's namespace; nil for none.
  private func peerBridge(of pair: PairSurvey.Pair) -> [UInt8]? {
    var master: Int32? = nil
    survey.withPeer(pair) { master = $0[.master] }
    return master.flatMap { session.names.inNamespace(pair.peerNetnsID).entry($0)?.name.bytes }
  }

  private func name(of pair: PairSurvey.Pair) -> [UInt8] {
    var name: [UInt8] = []
    survey.withOwn(pair) { name = $0[.name]?.bytes ?? [] }
    return name
  }

  private func peerName(of pair: PairSurvey.Pair) -> [UInt8] {
    var name = sentence("if%", [UInt8](decimal: pair.peerIndex))
    survey.withPeer(pair) { if let known = $0[.name] { name = known.bytes } }
    return name
  }

  /// The name of a namespace, or its id.
  private func namespaceName(_ id: Int32) -> [UInt8] {
    if let name = namespaces[id]?.name { return name.bytes }
    return sentence("nsid:%", [UInt8](decimal: id))
  }
}

/// A text in quotes, for Graphviz and JSON.
private struct Quoted: FieldValue {
  private let text: [UInt8]

  init(_ text: [UInt8]) { self.text = text }

  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { text.appendJSON(to: &bytes) }
  func appendJSON(to bytes: inout ByteBuffer) { text.appendJSON(to: &bytes) }
}
