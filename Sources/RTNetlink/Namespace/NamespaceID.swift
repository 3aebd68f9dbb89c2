internal import CMnl
public import Netlink
internal import SystemCalls

/// The id that a namespace knows another by, as the kernel tells of it; `ip netns list-id`.
public struct NamespaceID {
  /// The id; negative where there is none (`NETNSA_NSID`).
  public let number: Int32
  /// Whether the message says that it is gone (`RTM_DELNSID`).
  public let isDeleted: Bool

  /// Reads a message about an id; nil for any other message.
  public init?(_ message: borrowing Message) {
    let size = MemoryLayout<rtgenmsg>.size
    guard message.type == RTM_NEWNSID || message.type == RTM_DELNSID,
      let number: Int32 = message.attributes(after: size).last(Int(NETNSA_NSID))?.value()
    else { return nil }
    self.number = number
    isDeleted = message.type == RTM_DELNSID
  }
}

/// The calling thread in another namespace, until it ends.
package struct Visit: ~Copyable {
  private let own: Namespace
  /// Whether it is there already, so that nobody has to be allowed to enter.
  private let isAtHome: Bool

  package static func begin(to namespace: borrowing Namespace) throws(NetlinkError) -> Visit {
    let own: Namespace
    do throws(Errno) { own = try .current() } catch { throw .systemCall("open", error) }
    let visit = Visit(own: own, isAtHome: own.number == namespace.number)
    if !visit.isAtHome {
      do throws(Errno) { try namespace.enter() } catch { throw .systemCall("setns", error) }
    }
    return visit
  }

  package func end() throws(NetlinkError) {
    if isAtHome { return }
    do throws(Errno) { try own.enter() } catch { throw .systemCall("setns", error) }
  }
}

extension EventSocket {
  /// As `open`, about another namespace; the calling thread is there meanwhile.
  ///
  /// - Throws: what setns(2), socket(2) or bind(2) say.
  public static func open(
    _ groups: EventGroups, in namespace: borrowing Namespace
  ) throws(NetlinkError) -> EventSocket {
    let visit = try Visit.begin(to: namespace)
    let socket: EventSocket
    do throws(NetlinkError) { socket = try open(groups) } catch {
      try visit.end()
      throw error
    }
    try visit.end()
    return socket
  }
}

extension NetlinkSocket {
  /// Opens a conversation about another namespace; the calling thread is there meanwhile.
  ///
  /// - Throws: what setns(2), socket(2) or bind(2) say.
  public static func open(in namespace: borrowing Namespace) throws(NetlinkError) -> NetlinkSocket {
    try open(in: namespace, port: 0)
  }

  /// The same with a number of the caller's choice; 0 for the kernel's.
  package static func open(in namespace: borrowing Namespace, port: UInt32) throws(NetlinkError) -> NetlinkSocket {
    let visit = try Visit.begin(to: namespace)
    let socket: NetlinkSocket
    do throws(NetlinkError) { socket = try open(port: port) } catch {
      try visit.end()
      throw error
    }
    try visit.end()
    return socket
  }

  /// As `namespaceID`, and where it has none, the kernel chooses one (`RTM_NEWNSID`).
  public mutating func assignedNamespaceID(of namespace: borrowing Namespace) throws(NetlinkError) -> Int32 {
    if let id = try namespaceID(of: namespace) { return id }
    var request = Request(RTM_NEWNSID)
    request.append(header: rtgenmsg())
    request.append(Int(NETNSA_FD), namespace.rawDescriptor)
    request.append(Int(NETNSA_NSID), -1 as Int32)
    try exchange(&request)
    return try namespaceID(of: namespace) ?? NETNSA_NSID_NOT_ASSIGNED
  }

  /// The id that this socket's namespace knows another by (`RTM_GETNSID`); nil where it knows none.
  @inline(never)
  public mutating func namespaceID(of namespace: borrowing Namespace) throws(NetlinkError) -> Int32? {
    var request = Request(RTM_GETNSID)
    request.append(header: rtgenmsg())
    request.append(Int(NETNSA_FD), namespace.rawDescriptor)
    var id: Int32? = nil
    try namespaceIDs(&request) { id = $0.number }
    return id.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Calls `body` with each id that this socket's namespace knows another by; `ip netns list-id`.
  public mutating func namespaceIDs(_ body: (NamespaceID) -> Void) throws(NetlinkError) {
    var request = Request(RTM_GETNSID, .dump)
    request.append(header: rtgenmsg())
    try namespaceIDs(&request, body)
  }

  private mutating func namespaceIDs(
    _ request: inout Request, _ body: (NamespaceID) -> Void
  ) throws(NetlinkError) {
    try exchange(&request) { answers in
      var answers = answers
      while let message = answers.next() {
        if let id = NamespaceID(message) { body(id) }
      }
    }
  }
}
