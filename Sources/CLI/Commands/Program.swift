internal import RTNetlink
internal import SystemCalls

/// The version of this program, and of the iproute2 whose words it speaks.
private let version: StaticString = " utility, vethctl-0.1.0, speaks as iproute2-7.1.0\n"

/// Runs one command line, the program's own name first.
///
/// - Returns: the exit status.
func run(_ arguments: [[UInt8]]) -> Int32 {
  let path = arguments.first ?? [UInt8]("vethctl")
  let programName = path.lastIndex(of: ascii("/")).map { [UInt8](path[($0 + 1)...]) } ?? path
  let errors = ErrorReport()
  do throws(Failure) {
    var words = Words(arguments, from: 1)
    let options = try Options.parse(&words, programName: programName)
    errors.isJSON = options.isJSON
    switch options.request {
    case .version?:
      StandardStream.output.write(programName + [UInt8](version))
      return 0
    case .help?: throw .usage(of: .program, programName)
    case nil: break
    }
    if options.batch == nil, words.isAtEnd { throw .usage(of: .program, programName) }
    var outside: Int32? = nil
    if let namespace = options.namespace { outside = try enter(namespace) }
    let session = try Session(programName: programName, options: options, errors: errors, outside: outside)
    let status: Int32
    if let file = options.batch {
      status = try runBatch(file, session)
    } else {
      try runCommand(&words, session)
      status = 0
    }
    return session.out.flush() ? status : 1
  } catch {
    errors.send(error)
    return error.status
  }
}

/// `-netns NETNS`: everything from here on is there.
///
/// - Returns: the id of a namespace that nobody can enter, but who knows its id can read; nil for any other.
private func enter(_ word: [UInt8]) throws(Failure) -> Int32? {
  let namespace: NamespaceArgument
  do throws(Failure) { namespace = try NamespaceArgument(word, keyword: [UInt8]("-netns")) } catch {
    if let id = NamespaceArgument.id(word) { return id }
    // What is wrong with it is told of it as a file, which it is first of all.
    do throws(Errno) {
      if word.contains(ascii("/")) { _ = try Namespace.at(path: word) } else { _ = try Namespace.named(word) }
    } catch {
      throw Failure(255, "Cannot open network namespace \"%\": %", word, error.text)
    }
    throw error
  }
  do throws(Failure) { try namespace.enter() } catch {
    if let id = NamespaceArgument.id(word) { return id }
    throw error
  }
  return nil
}

/// Runs `OBJECT COMMAND …`; nothing at all is nothing to do.
func runCommand(_ words: inout Words, _ session: Session) throws(Failure) {
  guard let object = words.next() else { return }
  let objects: [Verb] = [
    Verb("address*", reads: true, run: runAddress),
    Verb("link*", reads: true, run: runLink),
    Verb("monitor*", run: monitor),
    Verb("pair", run: runPair),
    Verb("attach", run: attach),
    Verb("detach", run: detach),
    Verb("help*", reads: true) { _, session throws(Failure) in throw .usage(of: .program, session.programName) },
  ]
  // Objects that ip has and we do not still win the abbreviations that are theirs.
  guard let row = position(of: object, in: objects), !object.abbreviates("maddress") else {
    throw Failure(
      1, "Object \"%\" is unknown, try \"% help\".", object, session.programName)
  }
  session.errors.object = objects[row].spellings.name
  try objects[row].run(&words, session)
}

/// Runs `COMMAND …` of an object; nothing at all shows what there is.
private func run(_ verbs: [Verb], _ words: inout Words, _ session: Session) throws(Failure) {
  let verb = words.next() ?? [UInt8]("show")
  guard let row = position(of: verb, in: verbs) else {
    let command = sentence("% %", session.programName, session.errors.object ?? [])
    throw Failure(255, "Command \"%\" is unknown, try \"% help\".", verb, command)
  }
  try verbs[row].run(&words, session)
}

private func runLink(_ words: inout Words, _ session: Session) throws(Failure) {
  let verbs: [Verb] = [
    Verb("add*") { words, session throws(Failure) in try addLink(&words, session) },
    Verb(" set* change*", run: setLink),
    Verb("replace*") { words, session throws(Failure) in try addLink(&words, session, replacing: true) },
    Verb("delete*", run: deleteLink),
    Verb(" show* lst* list*", reads: true, run: showLinks),
    Verb("property*", run: changeLinkNames),
    Verb("help*", reads: true, run: helpOnLinks),
  ]
  try run(verbs, &words, session)
}

/// `link help` fails as `ip`'s does; `link help KIND` is asked for what it tells.
private func helpOnLinks(_ words: inout Words, _ session: Session) throws(Failure) {
  guard let name = words.next() else { throw .usage(of: .link, session.programName) }
  if name == "veth" {
    session.out.text(vethUsage)
    session.out.text("\n")
  } else if let kind = Kind.named(name) {
    session.out.text(kind.usage)
    session.out.text("\n")
  } else {
    throw .usage(of: .link, session.programName)
  }
}

private func runPair(_ words: inout Words, _ session: Session) throws(Failure) {
  let verbs: [Verb] = [
    Verb(" show* list* lst*", run: showPairs),
    Verb("add*", run: addPair),
    Verb("ensure", run: ensurePair),
    Verb("delete*", run: deletePairs),
    Verb("wait", run: waitForPair),
    Verb("help*", reads: true) { _, session throws(Failure) in throw .usage(of: .pair, session.programName) },
  ]
  try run(verbs, &words, session)
}

private func runAddress(_ words: inout Words, _ session: Session) throws(Failure) {
  let verbs: [Verb] = [
    Verb("add*") { words, session throws(Failure) in try changeAddress(&words, session, .add()) },
    Verb(" change* chg") { words, session throws(Failure) in
      try changeAddress(&words, session, .change())
    },
    Verb("replace*") { words, session throws(Failure) in try changeAddress(&words, session, .replace()) },
    Verb("delete*") { words, session throws(Failure) in
      try changeAddress(&words, session, .delete(), isDeletion: true)
    },
    Verb(" list* show* lst*", reads: true, run: showAddresses),
    Verb("flush*", run: flushAddresses),
    Verb("save*", run: saveAddresses),
    Verb("showdump*", run: showSavedAddresses),
    Verb("restore*", run: restoreAddresses),
    Verb("help*", reads: true) { _, session throws(Failure) in throw .usage(of: .address, session.programName) },
  ]
  try run(verbs, &words, session)
}
