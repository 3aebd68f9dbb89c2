internal import RTNetlink
internal import SystemCalls

let linkProperty: Verb = Verb("property*", usage: "property { add | del } [ dev ] DEVICE [ altname NAME ]…") {
  words, session throws(Failure) in
  guard let verb = words.next(), !verb.abbreviates("help") else { throw linkObject.usageFailure(session) }
  let isAddition = verb.abbreviates("add")
  guard isAddition || verb.abbreviates("delete") else { throw Failure(255, "Operator required") }
  var link = LinkArguments(.present)
  var names: [LinkName] = []
  while let word = words.next() {
    if word.abbreviates("altname") {
      names.append(try LinkName(alternative: words.operand()))
    } else if word.abbreviates("help") {
      throw linkObject.usageFailure(session)
    } else {
      try link.parse(device: word == "dev" ? words.operand() : word)
    }
  }
  guard let device = link.device else {
    throw Failure(255, "Not enough of information: \"dev\" argument is required.")
  }
  let target = LinkTarget.index(try session.index(of: device))
  do throws(Failure) {
    try session.send(
      isAddition ? .addAlternativeNames(names, to: target) : .deleteAlternativeNames(names, from: target))
  } catch { throw error.about(device: device).hinted { session.hintForChange(error) } }
}
