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
    /// Its name, the first that its folder lists; nil for none. `ip netns list`
    public fileprivate(set) var name: [UInt8]? = nil
    /// The processes in it, by their numbers.
    public fileprivate(set) var processes: [Int32] = []

    /// A file that stands for it, and that file's number.
    fileprivate var path: [UInt8]? = nil
    fileprivate var number: UInt = 0

    fileprivate init(_ id: Int32) { self.id = id }
  }

  /// The namespaces that were asked for.
  public private(set) var places: [Place] = []
  /// All that were met, among them those that nobody asked for, whose id is -1.
  private var met: [Place] = []

  /// Looks for the namespaces with these ids.
  ///
  /// - Parameter socket: a conversation about the namespace whose ids they are.
  public init(_ ids: [Int32], _ socket: inout NetlinkSocket) {
    for id in ids { places.append(Place(id)) }
    if ids.isEmpty { return }
    Directory.forEachName(in: Namespace.folder) { name in
      guard let namespace = try? Namespace.named(name) else { return true }
      let place = place(of: namespace, &socket)
      if place.name == nil {
        place.name = name
        place.path = Namespace.path(of: name)
      }
      return true
    }
    Directory.forEachName(in: "/proc") { name in
      guard let process = name.number(as: Int32.self) else { return true }
      let path = [UInt8]("/proc/") + name + [UInt8]("/ns/net")
      guard let number = FileDescriptor.fileNumber(at: path) else { return true }
      for place in met where place.number == number {
        place.processes.append(process)
        return true
      }
      if let namespace = try? Namespace.at(path: path) {
        let place = place(of: namespace, &socket)
        place.processes.append(process)
        place.path = path
      }
      return true
    }
  }

  /// The namespace that ours knows by an id; nil where none is found that we may look into.
  public static func namespace(_ id: Int32) -> Namespace? {
    guard var socket = try? NetlinkSocket.open() else { return nil }
    guard let path = NamespaceSurvey([id], &socket).place(id)?.path, let found = try? Namespace.at(path: path),
      // The file may stand for another one by now.
      (try? socket.namespaceID(of: found)) == id
    else { return nil }
    return found
  }

  /// The namespace with this id; nil where it was not asked for.
  public func place(_ id: Int32) -> Place? {
    for place in places where place.id == id { return place }
    return nil
  }

  private func place(of namespace: borrowing Namespace, _ socket: inout NetlinkSocket) -> Place {
    let number = namespace.number
    for place in met where place.number == number { return place }
    // Nobody has the id -1, also where it was asked for: the kernel tells it of a namespace that is going.
    let found = (try? socket.namespaceID(of: namespace)).flatMap { place($0) } ?? Place(-1)
    found.number = number
    met.append(found)
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
    var digits: [UInt8] = []
    for byte in read(process, "/cgroup") + [0] {
      if digitValue(byte) != nil {
        digits.append(byte)
      } else if digits.count == 64 {
        return digits
      } else {
        digits.removeAll()
      }
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
