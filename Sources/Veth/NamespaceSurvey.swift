public import Netlink
public import RTNetlink
internal import SystemCalls

/// The namespaces that have certain ids: their names, and the processes in them.
///
/// A namespace that is not accessible has neither.
public struct NamespaceSurvey {
  /// One namespace.
  public struct Entry: Sendable {
    /// The id by which the socket's namespace knows the namespace.
    public let id: Int32
    /// The first of its names in the order of the directory; nil for none; `ip netns list`.
    public fileprivate(set) var name: NamespaceName? = nil
    /// The PIDs of the processes in the namespace.
    public fileprivate(set) var processes: [Int32] = []

    /// The path of a file of the namespace.
    fileprivate var path: [UInt8]? = nil
  }

  /// The namespaces, in the order of the ids.
  public private(set) var entries: [Entry] = []

  /// Looks for the namespaces with these ids, in `/run/netns` and in `/proc`.
  ///
  /// - Parameter socket: a socket in the namespace whose ids they are.
  /// - Throws: the error of a shortage of memory or descriptors; what is gone or not accessible is left out.
  public init(_ ids: [Int32], on socket: inout NetlinkSocket) throws(NetlinkError) {
    entries = ids.map { Entry(id: $0) }
    if ids.isEmpty { return }
    var inodes = InodeTable(ids)
    for bytes in try Self.names(in: NamespaceName.directory) {
      guard let name = NamespaceName(bytes: bytes), let position = try inodes.position(ofFile: name.path, &socket),
        entries[position].name == nil
      else { continue }
      entries[position].name = name
      entries[position].path = name.path
    }
    for name in try Self.names(in: "/proc") {
      guard let pid = name.number(as: Int32.self) else { continue }
      let path = [UInt8]("/proc/") + name + [UInt8]("/ns/net")
      guard let position = try inodes.position(ofFile: path, &socket) else { continue }
      entries[position].processes.append(pid)
      if entries[position].path == nil { entries[position].path = path }
    }
  }

  private static func names(in directory: StaticString) throws(NetlinkError) -> [[UInt8]] {
    do throws(Errno) { return try Directory.names(in: directory) } catch {
      if error.isShortage { throw .systemCall("readdir", error) }
      return []
    }
  }

  /// The namespace with an id; nil where the id was not asked for.
  public subscript(id: Int32) -> Entry? { entries.first { $0.id == id } }

  /// Opens the namespace that the calling thread's namespace knows by an id.
  ///
  /// - Returns: nil where no accessible file of the namespace was found.
  /// - Throws: the error of socket(2) or of a shortage, or the kernel's refusal.
  public static func open(id: Int32) throws(NetlinkError) -> Namespace? {
    var socket = try NetlinkSocket.open(.route)
    guard let path = try NamespaceSurvey([id], on: &socket)[id]?.path else { return nil }
    let found = try Namespace.open(path: path)
    // The file may be another namespace's by now.
    return try socket.namespaceID(of: found) == id ? found : nil
  }
}

extension NamespaceSurvey.Entry: CustomStringConvertible {
  /// The name or, of a namespace without one, the id: `blue`, `nsid:0`.
  public var description: String { name.map { "\($0)" } ?? "nsid:\(id)" }
}

/// The positions of namespaces in a survey, by the inodes of their files: the kernel is asked once for each namespace.
private struct InodeTable {
  private let ids: [Int32]
  /// In the order of the inodes; the position is nil for a namespace that was not asked for.
  private var known: [(inode: UInt, position: Int?)] = []

  init(_ ids: [Int32]) { self.ids = ids }

  /// The position of the namespace of a file; nil where the namespace was not asked for, is gone or not accessible.
  mutating func position(ofFile path: [UInt8], _ socket: inout NetlinkSocket) throws(NetlinkError) -> Int? {
    let namespace: Namespace
    do throws(NetlinkError) { namespace = try .open(path: path) } catch {
      if error.errno?.isShortage ?? false { throw error }
      return nil
    }
    let inode = namespace.inode
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if known[middle].inode < inode { low = middle + 1 } else { high = middle }
    }
    if low < known.count, known[low].inode == inode { return known[low].position }
    var id: Int32? = nil
    do throws(NetlinkError) { id = try socket.namespaceID(of: namespace) } catch {
      guard error.isAnswer else { throw error }
    }
    let position = id.flatMap { ids.firstIndex(of: $0) }
    known.insert((inode, position), at: low)
    return position
  }
}

/// What `/proc` says about a process; proc(5).
public enum ProcessFacts {
  /// The command (`/proc/PID/comm`); empty where the process is gone.
  package static func command(of pid: Int32) -> [UInt8] {
    var text = read(pid, "/comm")
    if text.last == ascii("\n") { text.removeLast() }
    return text
  }

  /// The command (`/proc/PID/comm`); empty where the process is gone.
  public static func commandName(of pid: Int32) -> String { String(decoding: command(of: pid), as: UTF8.self) }

  /// The id of the process's container: 64 hexadecimal digits in the path of the control group (`/proc/PID/cgroup`); nil
  /// where there are none.
  package static func container(of pid: Int32) -> [UInt8]? {
    let text = read(pid, "/cgroup")
    var first = 0
    for position in 0...text.count {
      if position < text.count, digitValue(text[position]) != nil { continue }
      if position - first == 64 { return [UInt8](text[first..<position]) }
      first = position + 1
    }
    return nil
  }

  /// The beginning of a file of `/proc/PID`; empty where the process is gone, which is no error of a listing.
  private static func read(_ pid: Int32, _ file: StaticString) -> [UInt8] {
    var text: [UInt8] = []
    do throws(Errno) {
      let file = try FileDescriptor.open(reading: sentence("/proc/%%", [UInt8](decimal: pid), [UInt8](file)))
      _ = try file.readSome(into: &text, atMost: 4096)
    } catch { return [] }
    return text
  }
}
