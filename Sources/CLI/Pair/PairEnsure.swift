internal import RTNetlink
internal import SystemCalls
internal import Veth

/// `pair ensure`: creates a pair, or changes the settings of an existing pair that differ.
let pairEnsure: Verb = Verb("ensure", usage: "ensure END peer END [ dry-run ]") { words, session throws(Failure) in
  let arguments = try PairArguments(&words, session)
  for name in [arguments.own.name, arguments.peer.name] where name.isPattern {
    throw Failure(1, "\"%\" is a pattern: `pair ensure` needs a fixed name.", name.bytes)
  }
  let isDryRun = words.consume("dry-run")
  if let word = words.next() { throw .duplicateOrGarbage("peer", word) }
  let pair = try arguments.vethPair()
  show(try asPairFailure(isDryRun ? pair.dryRun() : pair.ensure()), session)
}

private func show(_ outcome: VethPair.Outcome, _ session: Session) {
  let (result, changes): (StaticString, [StaticString]) =
    switch outcome {
    case .created: ("created", [])
    case .changed(let keywords): ("changed", keywords)
    case .unchanged: ("unchanged", [])
    }
  session.out.beginObject()
  session.out.field("result", "", result, spaced: false)
  if !changes.isEmpty { session.out.beginArray("changes") }
  for keyword in changes {
    session.out.text(" ")
    session.out.text(keyword)
    session.out.element(keyword)
  }
  if !changes.isEmpty { session.out.endArray() }
  session.out.endRecord()
  session.out.endObject()
}
