import Foundation
import Netlink
import RTNetlink
import SystemCalls

@testable import CLI

/// Names for parsers, without a socket: some links and namespaces, and the numbers that have names by default.
final class FakeResolver: NameResolver {
  let programName = [UInt8]("vethctl".utf8)
  let family: Options.Family?
  let isForced: Bool
  let groups = NameTable.groups()
  let scopes = NameTable.scopes()
  let addressProtocols = NameTable.addressProtocols()
  /// The warnings so far.
  private(set) var warnings: [String] = []

  /// Some links have the names of abbreviations.
  private static let links: [String: Int32] = [
    "lo": 1, "web0": 5, "db0": 6, "br0": 7, "red": 8, "a": 9, "he": 10, "up": 11,
  ]

  init(family: Options.Family? = nil, isForced: Bool = false) {
    self.family = family
    self.isForced = isForced
  }

  /// `broken` is a name that cannot be looked up.
  func linkIndex(of name: LinkName) throws(Failure) -> Int32? {
    if name == "broken" { throw Failure(.systemCall("socket", Errno(EMFILE))) }
    return Self.links["\(name)"]
  }

  func vrfIndex(of name: LinkName) throws(Failure) -> Int32? { name == "red" ? try linkIndex(of: name) : nil }

  /// `blue` is the namespace of the process, `PID` its process, and `secret` may not be opened. `container` is a file that
  /// is not the namespace of the process; nothing enters it.
  func namespace(_ word: [UInt8]) throws(NamespaceArgument.Problem) -> NamespaceArgument {
    switch String(decoding: word, as: UTF8.self) {
    case "blue": try NamespaceArgument([UInt8]("/proc/self/ns/net"))
    case "container": try NamespaceArgument([UInt8]("/dev/null"))
    case "PID": try NamespaceArgument([UInt8]("\(getpid())".utf8))
    case "pid:PID": try NamespaceArgument([UInt8]("pid:\(getpid())".utf8))
    case "self": try NamespaceArgument([UInt8]("self"))
    case "secret": throw .notAccessible(.systemCall("open", .permissionDenied))
    default: throw .notFound
    }
  }

  /// The word of the table for the word of a namespace.
  static func name(of namespace: NamespaceArgument) -> String {
    switch String(decoding: namespace.word, as: UTF8.self) {
    case "/proc/self/ns/net": "blue"
    case "/dev/null": "container"
    case "\(getpid())": "PID"
    case let word: word.replacingOccurrences(of: "pid:\(getpid())", with: "pid:PID")
    }
  }

  func pinnedProgram(_ path: [UInt8]) throws(Failure) -> PinnedProgram {
    do throws(Errno) { return PinnedProgram(try FileDescriptor.open(reading: path)) } catch {
      throw Failure(255, "Couldn't retrieve pinned program '%': %", path, error.text)
    }
  }

  func warn(_ warning: [UInt8]) { warnings.append(String(decoding: warning, as: UTF8.self)) }
}
