/// `address`: the verbs, in the order in which `ip` tries abbreviations.
let addressObject: CommandObject = CommandObject(
  "address*",
  verbs: [
    addressAdd, addressChange, addressReplace, addressDelete, addressShow, addressFlush, addressSave, addressShowDump,
    addressRestore,
  ],
  keepsLinks: true
) { usage in
  usage.list("SETTINGS", addressKeywords)
  usage.list("FILTERS", ShowFilter.keywords)
}
