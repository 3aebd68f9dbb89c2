internal import Netlink
internal import RTNetlink
internal import SystemCalls

/// The names of namespaces by the ids that our own knows them by.
final class NamespaceNames {
  private var names: [Entry] = []
  private var socket: NetlinkSocket? = nil

  /// A class, as arrays of them share their code.
  private final class Entry {
    let id: Int32
    let name: [UInt8]

    init(_ id: Int32, _ name: [UInt8]) {
      self.id = id
      self.name = name
    }
  }

  /// Forgets everything, as time has passed.
  func forget() { names.removeAll() }

  /// Forgets an id, which may be another namespace's by now.
  ///
  /// - Returns: the name that was remembered.
  @discardableResult
  func forget(_ id: Int32) -> [UInt8]? {
    guard let position = names.firstIndex(where: { $0.id == id }) else { return nil }
    return names.remove(at: position).name
  }

  /// The name of the namespace with this id; nil where it has none.
  ///
  /// One that has several shows the first that its directory lists, as with ip.
  func name(of id: Int32) -> [UInt8]? {
    if let known = known(id) { return known }
    learn(id)
    return known(id)
  }

  private func known(_ id: Int32) -> [UInt8]? {
    for entry in names where entry.id == id { return entry.name }
    return nil
  }

  /// Looks for the name of an id, or for those of all, and remembers what it finds.
  func learn(_ wanted: Int32? = nil) {
    do throws(NetlinkError) {
      if socket == nil { socket = try .open() }
    } catch { return }
    for name in (try? Directory.names(in: Namespace.directory)) ?? [] {
      guard let namespace = try? Namespace.named(name), let id = try? socket?.namespaceID(of: namespace),
        wanted == nil || wanted == id
      else { continue }
      names.append(Entry(id, name))
      if wanted != nil { return }
    }
  }
}
