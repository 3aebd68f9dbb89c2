internal import Netlink
internal import RTNetlink

// The output of `-echo`: a changed link or address in the form of `monitor`.

extension Session {
  func beginEcho() {
    if options.echoes { out.beginArray() }
  }

  func endEcho() {
    if options.echoes { out.endArray() }
  }

  func echo(_ link: borrowing Link) {
    guard options.echoes else { return }
    begin(isDeleted: link.isDeleted)
    let record = LinkRecord(session: self, style: .event)
    if options.isBrief { record.writeBrief(link, showsLinkLayer: true) } else { record.write(link) }
    out.endRecord()
    out.endObject()
  }

  func echo(_ address: borrowing Address) {
    guard options.echoes else { return }
    begin(isDeleted: address.isDeleted)
    AddressRecord(session: self).write(address, linkName: names.name(of: address.linkIndex))
    out.endObject()
  }

  private func begin(isDeleted: Bool) {
    out.beginObject()
    guard isDeleted else { return }
    out.json("deleted", true)
    out.text("Deleted ")
  }
}
