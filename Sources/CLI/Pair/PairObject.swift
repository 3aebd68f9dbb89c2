internal import SystemCalls

/// `pair`: the verbs, in the order in which abbreviations are tried.
let pairObject: CommandObject = CommandObject(
  "pair", verbs: [pairShow, pairAdd, pairEnsure, pairDelete, pairWait]
) { usage in
  usage.add(attachObject)
  usage.add(detachObject)
  usage.append(
    """
    END := NAME [ netns NETNS ] [ master BRIDGE ] [ addr PREFIX [ nodad ] ]… [ up | down ] [ SETTINGS of `link add` ]
    NETNS := { NAME | /PATH | PID | pid:PID | nsid:N | fd:N | self }

    """)
}
