public import Netlink

extension NetlinkSocket {
  /// Creates a link and, of a veth, its peer; `ip link add NAME … type KIND`.
  ///
  /// Some settings are ignored by the kernel while it creates a link: the alias, alternative names, `addrgenmode` and, of a
  /// peer, the master and the state. They are set by further requests; where one of these fails, the link is deleted again, if that is possible.
  ///
  /// - Throws: `EEXIST` where a name or the index is taken, or another refusal, with the keyword of the setting.
  public mutating func createLink(_ settings: LinkSettings) throws(NetlinkError) {
    let ownRest = settings.afterCreation(isPeer: false)
    let peerRest = settings.peer?.afterCreation(isPeer: true) ?? LinkSettings()
    var request = LinkRequest.create(settings)
    if ownRest.isEmpty && peerRest.isEmpty {
      try links(request)
      return
    }
    // The kernel sends the echo of a link in another namespace to the socket there that has the number of this socket's
    // port, whichever socket that is; before Linux 6.2 there is no echo. Such links are found by name.
    if settings[.namespaceDescriptor] == nil, settings[.namespaceOfProcess] == nil { request.askForEcho() }
    var own = settings.name.map { LinkTarget.name($0) }
    var peer = settings.peer?.name.map { LinkTarget.name($0) }
    try links(request) { link in
      own = .index(link.index)
      if let index = link[.linkIndex] { peer = .index(index) }
    }
    do throws(NetlinkError) {
      if !ownRest.isEmpty { try change(own, ownRest, inNamespaceOf: settings) }
      if !peerRest.isEmpty { try change(peer, peerRest, inNamespaceOf: settings.peer) }
    } catch {
      if let own { delete(own, inNamespaceOf: settings) }
      throw error
    }
  }

  /// Deletes a link that is not complete; where that fails, the first error is the one to report.
  private mutating func delete(_ target: LinkTarget, inNamespaceOf settings: LinkSettings) {
    do throws(NetlinkError) {
      try withSocket(ofNamespaceOf: settings) { socket throws(NetlinkError) in try socket.deleteLink(target) }
    } catch {}
  }

  private mutating func change(
    _ target: LinkTarget?, _ change: LinkSettings, inNamespaceOf settings: LinkSettings?
  ) throws(NetlinkError) {
    guard let target else { throw .systemCall("RTM_NEWLINK", .operationNotSupportedByDevice) }
    try withSocket(ofNamespaceOf: settings) { socket throws(NetlinkError) in try socket.changeLink(target, change) }
  }

  /// Calls `body` with a socket in the namespace that the settings of a new link name, or with this socket.
  private mutating func withSocket(
    ofNamespaceOf settings: LinkSettings?, _ body: (inout NetlinkSocket) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    let namespace: Namespace
    if let descriptor = settings?[.namespaceDescriptor] {
      namespace = try .open(descriptor: descriptor)
    } else if let pid = settings?[.namespaceOfProcess] {
      namespace = try .open(pid: pid)
    } else {
      return try body(&self)
    }
    var socket = try NetlinkSocket.open(.route, in: namespace)
    try body(&socket)
  }
}
