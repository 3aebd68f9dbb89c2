internal import CMnl
public import Netlink
internal import SystemCalls

/// An id by which a namespace knows another one, as the kernel reports it; `ip netns list-id`.
public struct NamespaceID: Hashable, Sendable {
  /// The id; negative where the other namespace has none (`NETNSA_NSID`).
  public let number: Int32
  /// Whether the message announces the deletion of the id (`RTM_DELNSID`).
  public let isDeleted: Bool

  /// The id of a message; nil for a message that is not about an id.
  public init?(_ message: borrowing Message) {
    let size = MemoryLayout<rtgenmsg>.size
    guard message.type == RTM_NEWNSID || message.type == RTM_DELNSID,
      let number: Int32 = message.attributes(after: size).last(Int(NETNSA_NSID))?.value()
    else { return nil }
    self.number = number
    isDeleted = message.type == RTM_DELNSID
  }
}

extension NamespaceID: CustomStringConvertible {
  /// The id as `vethctl` takes it: `nsid:2`.
  public var description: String { "nsid:\(number)" }
}

extension NetlinkSocket {
  /// The id by which the socket's namespace knows another one (`RTM_GETNSID`); nil where there is none.
  ///
  /// - Throws: the kernel's refusal.
  @inline(never)
  public mutating func namespaceID(of namespace: Namespace) throws(NetlinkError) -> Int32? {
    var request = Request(RTM_GETNSID, expectsReply: true)
    request.append(header: rtgenmsg())
    request.append(Int(NETNSA_FD), namespace.rawDescriptor)
    var id: Int32? = nil
    try exchange(request) { answers in
      var answers = answers
      while let message = answers.next() { id = NamespaceID(message)?.number }
    }
    return id.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// As `namespaceID`; the kernel chooses an id where there is none (`RTM_NEWNSID`).
  public mutating func assignedNamespaceID(of namespace: Namespace) throws(NetlinkError) -> Int32 {
    if let id = try namespaceID(of: namespace) { return id }
    var request = Request(RTM_NEWNSID)
    request.append(header: rtgenmsg())
    request.append(Int(NETNSA_FD), namespace.rawDescriptor)
    request.append(Int(NETNSA_NSID), -1 as Int32)
    do throws(NetlinkError) { try exchange(request) } catch {
      // Another process may have assigned one in the meantime.
      guard error.errno == .fileExists else { throw error }
    }
    return try namespaceID(of: namespace) ?? NETNSA_NSID_NOT_ASSIGNED
  }

  /// The ids by which the socket's namespace knows others; `ip netns list-id`.
  ///
  /// - Throws: `interrupted` where ids changed during each of ten attempts.
  public mutating func namespaceIDs() throws(NetlinkError) -> [NamespaceID] {
    var request = Request(RTM_GETNSID, .dump)
    request.append(header: rtgenmsg())
    return try collect(request) { NamespaceID($0) }
  }
}
