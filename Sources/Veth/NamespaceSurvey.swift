public import Netlink
public import RTNetlink
internal import SystemCalls

/// Where namespaces are that are known by an id: what they are called, and which processes are in them.
///
/// Namespaces that we may not look into have neither.
public final class NamespaceSurvey {
  /// One namespace.
  public final class Place {
    /// The id that the socket's namespace knows it by.
    public let id: Int32
    /// Its name, the first that its directory lists; nil for none. `ip netns list`
    public fileprivate(set) var name: [UInt8]? = nil
    /// The processes in it, by their numbers.
    public fileprivate(set) var processes: [Int32] = []

    /// A file that stands for it.
    fileprivate var path: [UInt8]? = nil

    fileprivate init(_ id: Int32) { self.id = id }
  }

  /// The namespaces that were asked for.
  public private(set) var places: [Place] = []
  /// Their ids, and below the numbers of files: these are looked through, as objects would be kept and let go each time.
  private let ids: [Int32]
  /// All that were met, among them those that nobody asked for, whose id is -1; and the numbers of their files.
  private var met: [Place] = []
  private var numbers: [UInt] = []

  /// Looks for the namespaces with these ids.
  ///
  /// - Parameter socket: a conversation about the namespace whose ids they are.
  /// - Throws: where the machine has no room for an answer; what is gone, or not ours to look into, is left out.
  public init(_ ids: [Int32], _ socket: inout NetlinkSocket) throws(NetlinkError) {
    self.ids = ids
    for id in ids { places.append(Place(id)) }
    if ids.isEmpty { return }
    for name in try Self.names(in: Namespace.directory) {
      let path = Namespace.path(of: name)
      guard let place = try place(at: path, &socket), place.name == nil else { continue }
      place.name = name
      place.path = path
    }
    for name in try Self.names(in: "/proc") {
      guard let process = name.number(as: Int32.self) else { continue }
      let path = [UInt8]("/proc/") + name + [UInt8]("/ns/net")
      guard let place = try place(at: path, &socket) else { continue }
      place.processes.append(process)
      if place.path == nil { place.path = path }
    }
  }

  private static func names(in directory: StaticString) throws(NetlinkError) -> [[UInt8]] {
    do throws(Errno) { return try Directory.names(in: directory) } catch {
      if error.isShortage { throw .systemCall("getdents", error) }
      return []
    }
  }

  /// The namespace that ours knows by an id; nil where none is found that we may look into.
  public static func namespace(_ id: Int32) -> Namespace? {
    guard var socket = try? NetlinkSocket.open() else { return nil }
    guard let path = try? NamespaceSurvey([id], &socket).place(id)?.path, let found = try? Namespace.at(path: path),
      // The file may stand for another one by now.
      (try? socket.namespaceID(of: found)) == id
    else { return nil }
    return found
  }

  /// The namespace with this id; nil where it was not asked for.
  public func place(_ id: Int32) -> Place? {
    ids.firstIndex(of: id).map { places[$0] }
  }

  /// The namespace that a file stands for; nil where that is gone, or not ours to look into.
  private func place(at path: [UInt8], _ socket: inout NetlinkSocket) throws(NetlinkError) -> Place? {
    let namespace: Namespace
    do throws(Errno) { namespace = try .at(path: path) } catch {
      if error.isShortage { throw .systemCall("open", error) }
      return nil
    }
    let number = namespace.number
    if let position = numbers.firstIndex(of: number) { return met[position] }
    // Nobody has the id -1, also where it was asked for: the kernel tells it of a namespace that is going.
    var id: Int32? = nil
    do throws(NetlinkError) { id = try socket.namespaceID(of: namespace) } catch {
      guard error.isAnswer else { throw error }
    }
    let found = id.flatMap { place($0) } ?? Place(-1)
    met.append(found)
    numbers.append(number)
    return found
  }
}

/// What a process is called; proc(5).
public enum ProcessFacts {
  /// The command (`/proc/PID/comm`); empty where it cannot be told.
  public static func command(of process: Int32) -> [UInt8] {
    var text = read(process, "/comm")
    if text.last == ascii("\n") { text.removeLast() }
    return text
  }

  /// The container that it is in: 64 hexadecimal digits in the path of its control group (`/proc/PID/cgroup`); nil where
  /// there are none.
  public static func container(of process: Int32) -> [UInt8]? {
    let text = read(process, "/cgroup")
    var first = 0
    for position in 0...text.count {
      if position < text.count, digitValue(text[position]) != nil { continue }
      if position - first == 64 { return [UInt8](text[first..<position]) }
      first = position + 1
    }
    return nil
  }

  private static func read(_ process: Int32, _ file: StaticString) -> [UInt8] {
    var path = [UInt8]("/proc/")
    path.append(decimal: process)
    var text: [UInt8] = []
    path += [UInt8](file)
    // What there is comes at once.
    if let file = try? FileDescriptor.open(reading: path) { _ = try? file.readSome(into: &text, atMost: 4096) }
    return text
  }
}
