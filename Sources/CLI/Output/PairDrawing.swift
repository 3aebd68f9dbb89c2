internal import Netlink
internal import RTNetlink
internal import SystemCalls
internal import Veth

/// Draws namespaces, bridges and pairs: as a tree for a terminal, or for Graphviz.
struct PairDrawing {
  let session: Session
  let survey: PairSurvey
  let namespaces: NamespaceSurvey

  /// `├─ br0`, with the pairs that have an end in it below, and then those in no bridge.
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
      line("", isLast ? "└─ " : "├─ ", session.linkName(bridge).bytes)
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
      if let id = pair.peerNamespace {
        text.append(" in ")
        text += placeName(id)
        if let process = namespaces.place(id)?.processes.first {
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

  /// A cluster for each namespace, a node for each end and bridge, an edge for each pair and port.
  func drawGraph() {
    session.out.text("graph pairs {\n  rankdir=LR\n")
    drawCluster(nil)
    for id in survey.namespaces { drawCluster(id) }
    for pair in survey.pairs {
      edge(node(nil, name(of: pair)), node(pair.peerNamespace, peerName(of: pair)))
      if let bridge = peerBridge(of: pair) {
        edge(node(pair.peerNamespace, bridge), node(pair.peerNamespace, peerName(of: pair)))
      }
      if let bridge = master(of: pair) { edge(node(nil, session.linkName(bridge).bytes), node(nil, name(of: pair))) }
    }
    session.out.text("}\n")
  }

  private func drawCluster(_ id: Int32?) {
    session.out.text("  subgraph ")
    session.out.text(Quoted([UInt8]("cluster ") + (id.map { placeName($0) } ?? [])))
    session.out.text(" {\n    label=")
    session.out.text(Quoted(id.map { placeName($0) } ?? [UInt8]("our namespace")))
    session.out.text("\n")
    var drawn: [[UInt8]] = []
    for pair in survey.pairs {
      var ends: [[UInt8]] = []
      if id == nil { ends.append(name(of: pair)) }
      if pair.peerNamespace == id {
        ends.append(peerName(of: pair))
        if let bridge = peerBridge(of: pair) { ends.append(bridge) }
      }
      if id == nil, let bridge = master(of: pair) { ends.append(session.linkName(bridge).bytes) }
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
    Quoted((namespace.map { placeName($0) } ?? []) + [ascii("/")] + name)
  }

  // MARK: what they are called

  private func master(of pair: PairSurvey.Pair) -> Int32? {
    var master: Int32? = nil
    survey.withOwn(pair) { master = $0[.master] }
    return master
  }

  /// The bridge that the other end is a port of, where that is; nil for none.
  private func peerBridge(of pair: PairSurvey.Pair) -> [UInt8]? {
    var master: Int32? = nil
    survey.withPeer(pair) { master = $0[.master] }
    return master.flatMap { session.names.elsewhere(pair.peerNamespace).entry($0)?.name.bytes }
  }

  private func name(of pair: PairSurvey.Pair) -> [UInt8] {
    var name: [UInt8] = []
    survey.withOwn(pair) { name = $0[.name]?.bytes ?? [] }
    return name
  }

  private func peerName(of pair: PairSurvey.Pair) -> [UInt8] {
    var name = [UInt8]("if")
    name.append(decimal: pair.peerIndex)
    survey.withPeer(pair) { if let known = $0[.name] { name = known.bytes } }
    return name
  }

  /// The name of a namespace, or its id.
  private func placeName(_ id: Int32) -> [UInt8] {
    if let name = namespaces.place(id)?.name { return name }
    var text = [UInt8]("nsid:")
    text.append(decimal: id)
    return text
  }
}

/// A text in quotes, as Graphviz and JSON have it.
private struct Quoted: FieldValue {
  private let text: [UInt8]

  init(_ text: [UInt8]) { self.text = text }

  func appendText(to bytes: inout ByteBuffer, isTerminal: Bool) { text.appendJSON(to: &bytes) }
  func appendJSON(to bytes: inout ByteBuffer) { text.appendJSON(to: &bytes) }
}
