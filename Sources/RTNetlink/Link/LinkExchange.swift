internal import CMnl
public import Netlink
internal import SystemCalls

// Links, read and changed. An error is `NetlinkError`; the absence of a link (`ENODEV`) is nil or false where a function
// says so, and no other error is.

extension NetlinkError {
  /// The same error, for an unknown namespace id with the message that the kernel has for a dump only.
  fileprivate var explainingNamespaceID: NetlinkError {
    guard case .refused(let refusal) = self, refusal.errno == .invalidArgument, refusal.message == nil else {
      return self
    }
    return .refused(refusal.withMessage("Invalid target network namespace id"))
  }

  /// Whether the kernel knows no such link (`ENODEV`).
  public var isNoSuchLink: Bool {
    if case .refused(let refusal) = self { refusal.errno == .operationNotSupportedByDevice } else { false }
  }
}

extension NetlinkSocket {
  /// Sends a request about links and calls `body` with each link of the answer, as the answer arrives.
  ///
  /// - Returns: a warning in the kernel's words; nil where the kernel has none.
  /// - Throws: the kernel's refusal, with the keyword of the setting that the kernel blames; `interrupted` after a dump
  ///   that may be inconsistent.
  @discardableResult
  @inline(never)
  public mutating func links(
    _ request: borrowing LinkRequest, _ body: (borrowing Link) -> Void = { _ in }
  ) throws(NetlinkError) -> String? {
    do throws(NetlinkError) { return try exchange(request.request) { $0.forEachLink(body) } } catch {
      throw error.blaming { request.keyword(at: $0) }
    }
  }

  /// As `links`, with a look at each read before `body` gets the links of the read before it: the names of peers that come
  /// later are known by then.
  @discardableResult
  public mutating func links(
    _ request: borrowing LinkRequest, lookingAhead ahead: (Answers) -> Void, _ body: (borrowing Link) -> Void
  ) throws(NetlinkError) -> String? {
    try exchange(request.request, lookingAhead: ahead) { $0.forEachLink(body) }
  }

  /// The values that `transform` makes of the links of a consistent dump, nil for none.
  ///
  /// - Throws: `interrupted` where links changed during each of ten attempts, and the values with them.
  public mutating func collectLinks<Element: Equatable>(
    _ request: borrowing LinkRequest, _ transform: (borrowing Link) -> Element?
  ) throws(NetlinkError) -> [Element] {
    try collect(request.request) { message in
      var element: Element? = nil
      message.withLink { element = transform($0) }
      return element
    }
  }

  /// Calls `body` with each link of a consistent dump and the bytes of the link's message.
  ///
  /// - Parameter isAccepted: as for `NetlinkSocket.dump`.
  package mutating func linkMessages(
    _ request: borrowing LinkRequest, isAccepted: () -> Bool, _ body: (borrowing Link, RawSpan) -> Void
  ) throws(NetlinkError) {
    try dump(request.request, isAccepted: isAccepted) { answers in
      var answers = answers
      while let message = answers.next() { message.withLink { body($0, message.bytes) } }
    }
  }

  /// Calls `body` with each link of the socket's namespace; `ip link show`.
  ///
  /// - Throws: `interrupted` after a dump that may be inconsistent.
  public mutating func forEachLink(_ body: (borrowing Link) -> Void) throws(NetlinkError) {
    try links(.dump(), body)
  }

  /// Calls `body` with one link; `ip link show DEV`.
  ///
  /// - Parameter namespace: the id of the link's namespace (`IFLA_TARGET_NETNSID`); nil for the socket's.
  /// - Returns: what `body` returns; nil where there is no such link, and `body` is not called.
  /// - Throws: any refusal but `ENODEV`.
  @discardableResult
  @inline(never)
  public mutating func withLink<Value>(
    _ target: LinkTarget, in namespace: Int32? = nil, _ body: (borrowing Link) -> Value
  ) throws(NetlinkError) -> Value? {
    var value: Value? = nil
    do throws(NetlinkError) { try links(.get(target, in: namespace)) { value = body($0) } } catch {
      if error.isNoSuchLink { return nil }
      throw namespace == nil ? error : error.explainingNamespaceID
    }
    return value
  }

  /// The index of the link with this name or alternative name; nil where there is none.
  ///
  /// - Parameter namespace: as for `withLink`.
  /// - Throws: any refusal but `ENODEV`.
  @inline(never)
  public mutating func index(of name: LinkName, in namespace: Int32? = nil) throws(NetlinkError) -> Int32? {
    if namespace == nil, let index = interfaceIndex(name) { return index }
    return try withLink(.name(name), in: namespace) { $0.index }
  }

  /// Changes a link, or all links of a group; `ip link set DEV …`.
  ///
  /// The kernel applies the settings one by one: a refusal may leave some of them applied.
  ///
  /// - Throws: `ENODEV` where there is no such link, or another refusal, with the keyword of the setting.
  @inline(never)
  public mutating func changeLink(_ target: LinkTarget, _ settings: LinkSettings) throws(NetlinkError) {
    var target = target
    // In one request, the name of the link and the new name would be the same attribute.
    if case .name = target, settings.name != nil { try links(.get(target)) { target = .index($0.index) } }
    try links(.change(target, settings))
    if settings.alternativeNames.isEmpty { return }
    try links(.addAlternativeNames(settings.alternativeNames, to: target))
  }

  /// Deletes a link (of a veth, both ends), or all links of a group; `ip link delete DEV`.
  ///
  /// - Throws: `ENODEV` where there is no such link.
  @inline(never)
  public mutating func deleteLink(_ target: LinkTarget) throws(NetlinkError) { try links(.delete(target)) }
}
