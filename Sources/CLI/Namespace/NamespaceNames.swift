internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// A cache of the names of namespaces, by their ids in the program's own namespace.
final class NamespaceNames {
  private var names: [(id: Int32, name: NamespaceName)] = []
  private var socket: NetlinkSocket? = nil

  /// Removes all names.
  func forget() { names.removeAll() }

  /// Removes the name of an id, which may belong to another namespace now.
  ///
  /// - Returns: the removed name; nil for none.
  @discardableResult
  func forget(_ id: Int32) -> NamespaceName? {
    guard let position = names.firstIndex(where: { $0.id == id }) else { return nil }
    return names.remove(at: position).name
  }

  /// The name of the namespace with an id; nil for none. Of several names, the first one in the directory.
  func name(of id: Int32) -> NamespaceName? {
    if let known = known(id) { return known }
    learn(id)
    return known(id)
  }

  private func known(_ id: Int32) -> NamespaceName? { names.first { $0.id == id }?.name }

  /// Caches the name of one id, or the names of all ids. A namespace that cannot be opened is ignored, as by `ip`.
  func learn(_ wanted: Int32? = nil) {
    do throws(NetlinkError) {
      if socket == nil { socket = try .open(.route) }
      for bytes in try systemCall("readdir", Directory.names(in: NamespaceName.directory)) {
        guard let name = NamespaceName(bytes: bytes), let id = id(of: name), wanted == nil || wanted == id else {
          continue
        }
        names.append((id, name))
        if wanted != nil { return }
      }
    } catch {}
  }

  private func id(of name: NamespaceName) -> Int32? {
    do throws(NetlinkError) {
      let namespace = try Namespace.open(named: name)
      return try socket?.namespaceID(of: namespace)
    } catch { return nil }
  }
}
