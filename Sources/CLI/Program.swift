internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The version of this program, and of the iproute2 whose words and output it has.
private let version: StaticString = " utility, vethctl-0.1.0, speaks as iproute2-7.1.0\n"

/// The objects of the command line, in the order in which `ip` tries abbreviations.
let commandObjects: [CommandObject] = [
  addressObject, linkObject, monitorObject, pairObject, attachObject, detachObject,
]

/// Runs one command line, whose first word is the program's name.
///
/// - Returns: the exit status.
func run(_ arguments: [[UInt8]]) -> Int32 {
  let path = arguments.first ?? [UInt8]("vethctl")
  let programName = path.lastIndex(of: ascii("/")).map { [UInt8](path[($0 + 1)...]) } ?? path
  var options = Options()
  do throws(Failure) {
    var words = Words(arguments, from: 1)
    try options.parse(&words, programName: programName)
    switch options.request {
    case .version?:
      StandardStream.output.write(programName + [UInt8](version))
      return 0
    case .help?: throw programUsage(programName)
    case nil: break
    }
    if options.batch == nil, words.isAtEnd { throw programUsage(programName) }
    var netnsID: Int32? = nil
    if let namespace = options.namespace { netnsID = try enter(namespace) }
    let session = try Session(programName: programName, options: options, netnsID: netnsID)
    if let file = options.batch {
      let status = try runBatch(file, session)
      return session.out.flush() ? status : 1
    }
    _ = try runCommand(&words, session)
    return session.out.flush() ? 0 : 1
  } catch {
    ErrorReport(isJSON: options.isJSON).send(error)
    return error.status
  }
}

/// `-netns NETNS`: moves the program into a namespace.
///
/// - Returns: the id of a namespace that cannot be entered, and can be read by its id; nil for any other.
private func enter(_ word: [UInt8]) throws(Failure) -> Int32? {
  do throws(Failure) {
    try NamespaceArgument(option: word).enter()
    return nil
  } catch {
    if let id = NamespaceArgument.id(word) { return id }
    throw error
  }
}

/// Runs `OBJECT VERB …`; no words are no command.
///
/// - Returns: whether the names and indexes of all links are as before.
func runCommand(_ words: inout Words, _ session: Session) throws(Failure) -> Bool {
  guard let word = words.next() else { return true }
  // Abbreviations belong to the objects of `ip`, also those that are missing here.
  if !word.abbreviates("maddress"), let row = position(of: word, in: commandObjects) {
    try commandObjects[row].run(&words, session)
    return commandObjects[row].keepsLinks
  }
  if word.abbreviates("help") { throw programUsage(session.programName) }
  throw Failure(1, "Object \"%\" is unknown, try \"% help\".", word, session.programName)
}

/// The usage text of the program.
private func programUsage(_ programName: [UInt8]) -> Failure {
  var usage = UsageText(programName: programName)
  for object in commandObjects {
    var line = [UInt8]("[ OPTIONS ] ") + object.spellings.name
    if object.hasOneVerb {
      line.append(" …")
    } else {
      line.append(" {")
      for verb in object.verbs where !verb.spellings.contains([UInt8]("help")) {
        line += [UInt8](" ") + verb.spellings.name + [UInt8](" |")
      }
      line.append(" help } …")
    }
    usage.line(line)
  }
  usage.line([UInt8]("[ OPTIONS ] -batch { FILE | - }"))
  usage.list("OPTIONS", Options.rows)
  return usage.failure
}
