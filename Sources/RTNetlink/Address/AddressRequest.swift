internal import CMnl
public import Netlink
internal import SystemCalls

/// A request about IP addresses, ready to be sent; rtnetlink(7).
public struct AddressRequest: ~Copyable {
  private(set) var request: Request

  private init(_ type: Int, _ flags: Request.Flags, _ settings: AddressSettings) {
    request = Request(type, flags)
    settings.encode(into: &request)
  }

  /// Adds an address (`RTM_NEWADDR`); `ip address add`.
  public static func add(_ settings: AddressSettings) -> AddressRequest {
    AddressRequest(RTM_NEWADDR, [.create, .exclusive], settings)
  }

  /// Adds an address, or changes the one that exists; `ip address replace`.
  public static func replace(_ settings: AddressSettings) -> AddressRequest {
    AddressRequest(RTM_NEWADDR, [.create, .replace], settings)
  }

  /// Changes an address; `ip address change`.
  public static func change(_ settings: AddressSettings) -> AddressRequest {
    AddressRequest(RTM_NEWADDR, .replace, settings)
  }

  /// Deletes an address (`RTM_DELADDR`); `ip address delete`.
  public static func delete(_ settings: AddressSettings) -> AddressRequest { AddressRequest(RTM_DELADDR, [], settings) }

  /// Adds an address just as a message reports it, and fails where the address exists; `ip address restore`.
  ///
  /// - Throws: `malformed` for a message that is not about an address, or is damaged.
  public static func restore(_ message: Message) throws(NetlinkError) -> AddressRequest {
    var header = ifaddrmsg()
    guard message.type == RTM_NEWADDR, message.payload.copy(to: &header) else { throw .malformed }
    var restoring = AddressRequest(RTM_NEWADDR, .create, header)
    var attributes = message.attributes(after: MemoryLayout<ifaddrmsg>.size)
    while let attribute = attributes.next() { restoring.request.append(Int(attribute.type), attribute.payload.copied) }
    guard attributes.isAtEnd else { throw .malformed }
    return restoring
  }

  private init(_ type: Int, _ flags: Request.Flags, _ header: ifaddrmsg) {
    request = Request(type, flags)
    request.append(header: header)
  }

  /// Asks for addresses (`RTM_GETADDR`); `ip address show`.
  ///
  /// - Parameters:
  ///   - family: IPv4 or IPv6; nil for both.
  ///   - linkIndex: the link whose addresses are asked for; nil for all. Only a kernel that checks strictly
  ///     (`NetlinkSocket.checkStrictly`) filters by link.
  ///   - namespace: the id of the addresses' namespace (`IFA_TARGET_NETNSID`); nil for the socket's. Only a kernel that
  ///     checks strictly looks at this.
  public static func dump(
    family: IPAddress.Family? = nil, linkIndex: Int32? = nil, in namespace: Int32? = nil
  ) -> AddressRequest {
    var header = ifaddrmsg()
    header.ifa_family = family?.rawValue ?? 0
    header.ifa_index = UInt32(bitPattern: linkIndex ?? 0)
    var dump = AddressRequest(RTM_GETADDR, .dump, header)
    if let namespace { dump.request.append(IFA_TARGET_NETNSID, namespace) }
    return dump
  }

  /// Makes the kernel answer with the address as it is after the change (`NLM_F_ECHO`); `ip -echo address add`.
  public mutating func askForEcho() { request.insert(.echo) }
}

extension NetlinkSocket {
  /// Sends a request about addresses and calls `body` with each address of the answer, as the answer arrives.
  ///
  /// - Returns: a warning in the kernel's words; nil where the kernel has none.
  /// - Throws: the kernel's refusal; `interrupted` after a dump that may be inconsistent.
  @discardableResult
  public mutating func addresses(
    _ request: borrowing AddressRequest, _ body: (borrowing Address) -> Void = { _ in }
  ) throws(NetlinkError) -> String? {
    try exchange(request.request) { answers in
      var answers = answers
      while let message = answers.next() { message.withAddress(body) }
    }
  }

  /// Calls `body` with the message of each address of a consistent dump.
  ///
  /// - Parameter isAccepted: as for `NetlinkSocket.dump`.
  package mutating func addressMessages(
    _ request: borrowing AddressRequest, isAccepted: () -> Bool, _ body: (Message) -> Void
  ) throws(NetlinkError) {
    try dump(request.request, isAccepted: isAccepted) { answers in
      var answers = answers
      while let message = answers.next() { body(message) }
    }
  }

  /// The values that `transform` makes of the addresses of one link, nil for none; `ip address show dev DEV`.
  ///
  /// The kernel is asked for the addresses of that link alone, where it can filter (Linux 4.20).
  ///
  /// - Throws: `interrupted` where addresses changed during each of ten attempts, and the values with them.
  public mutating func collectAddresses<Element: Equatable>(
    ofLink index: Int32, _ transform: (borrowing Address) -> Element?
  ) throws(NetlinkError) -> [Element] {
    checkStrictly()
    return try collect(AddressRequest.dump(linkIndex: index).request) { message in
      var element: Element? = nil
      message.withAddress { if $0.linkIndex == index { element = transform($0) } }
      return element
    }
  }

  /// Adds an address to a link; `ip address add PREFIX dev DEV`.
  ///
  /// - Throws: `EEXIST` where the link has the address.
  public mutating func addAddress(_ settings: AddressSettings) throws(NetlinkError) { try addresses(.add(settings)) }

  /// Deletes an address of a link; `ip address delete PREFIX dev DEV`.
  ///
  /// - Throws: `EADDRNOTAVAIL` where the link does not have the address.
  public mutating func deleteAddress(_ settings: AddressSettings) throws(NetlinkError) {
    try addresses(.delete(settings))
  }
}
