internal import CMnl
public import Netlink

extension NetlinkSocket {
  /// The id that this socket's namespace knows another by (`RTM_GETNSID`); nil where it knows none.
  public mutating func namespaceID(of namespace: borrowing Namespace) throws(NetlinkError) -> Int32? {
    var request = Request(RTM_GETNSID)
    request.append(header: rtgenmsg())
    request.append(Int(NETNSA_FD), namespace.rawDescriptor)
    var id: Int32? = nil
    try exchange(&request) { answers in
      var answers = answers
      while let message = answers.next() {
        id = message.attributes(after: MemoryLayout<rtgenmsg>.size).last(Int(NETNSA_NSID))?.value()
      }
    }
    return id.flatMap { $0 >= 0 ? $0 : nil }
  }
}
