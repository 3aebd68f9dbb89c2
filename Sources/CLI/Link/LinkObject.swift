internal import RTNetlink
internal import SystemCalls

/// `link`: the verbs, in the order in which `ip` tries abbreviations.
let linkObject: CommandObject = CommandObject(
  "link*", verbs: [linkAdd, linkSet, linkReplace, linkDelete, linkShow, linkProperty, linkHelp]
) { usage in
  usage.list("SETTINGS", linkKeywords)
  usage.list("FILTERS", ShowFilter.keywords)
}

/// `link help [ KIND ]`: the settings of a kind, with status 0, or the usage text of `link`, with status 255 as by `ip`.
private let linkHelp: Verb = Verb("help*", isReadOnly: true) { words, session throws(Failure) in
  guard let word = words.next(), let kind = LinkKind.named(word) else { throw linkObject.usageFailure(session) }
  session.out.text(kind.usage)
  session.out.text("\n")
}
