internal import RTNetlink
internal import SystemCalls

/// The look-ups of a parser: names of links, namespaces and programs, and names of numbers in files.
///
/// Parsers need nothing else, so that tests of a grammar run without a socket and without root.
protocol NameResolver: AnyObject {
  /// The name of the program, for messages (`argv[0]` without directories).
  var programName: [UInt8] { get }
  /// The family of the options `-4`, `-6`, `-0` and `-family`.
  var family: Options.Family? { get }
  /// Whether `-force` was given.
  var isForced: Bool { get }
  /// The index of a link; nil where there is no such link.
  func linkIndex(of name: LinkName) throws(Failure) -> Int32?
  /// The index of a virtual routing device; nil where there is no such device.
  func vrfIndex(of name: LinkName) throws(Failure) -> Int32?
  /// A network namespace, held open.
  func namespace(_ word: [UInt8]) throws(NamespaceArgument.Problem) -> NamespaceArgument
  /// A BPF program that is pinned at a path, held open.
  func pinnedProgram(_ path: [UInt8]) throws(Failure) -> PinnedProgram
  /// Prints a warning.
  func warn(_ warning: [UInt8])
  /// The names of groups of links.
  var groups: NameTable { get }
  /// The names of scopes of addresses.
  var scopes: NameTable { get }
  /// The names of protocols of addresses.
  var addressProtocols: NameTable { get }
}

extension NameResolver {
  /// A network namespace, held open; a word without a namespace is a wrong operand of a keyword.
  @inline(never)
  func namespace(_ word: [UInt8], operandOf keyword: StaticString) throws(Failure) -> NamespaceArgument {
    do throws(NamespaceArgument.Problem) { return try namespace(word) } catch {
      switch error {
      case .notFound: throw .wrong(word, valueOf: keyword)
      case .notAccessible(let cause): throw .cannotOpen(namespace: word, cause)
      }
    }
  }

  /// A group by name or number.
  @inline(never)
  func group(_ word: [UInt8]) -> UInt32? {
    groups.number(named: word) ?? word.number(as: UInt32.self).flatMap { $0 <= Int32.max ? $0 : nil }
  }

  /// A scope by name or number.
  @inline(never)
  func scope(_ word: [UInt8]) -> UInt8? {
    (scopes.number(named: word) ?? word.number(as: UInt32.self)).flatMap { UInt8(exactly: $0) }
  }

  /// A protocol of addresses by name or number.
  @inline(never)
  func addressProtocol(_ word: [UInt8]) throws(Failure) -> AddressProtocol {
    let number = addressProtocols.number(named: word) ?? word.number(as: UInt32.self)
    guard let value = number.flatMap({ UInt8(exactly: $0) }) else { throw .wrong(word, "\"proto\" value is invalid") }
    return AddressProtocol(rawValue: value)
  }

  /// The index of a link that a keyword's operand names.
  @inline(never)
  func existingIndex(_ word: [UInt8]) throws(Failure) -> Int32 {
    if let name = LinkName(bytes: word), let index = try linkIndex(of: name) { return index }
    throw .wrong(word, "Device does not exist")
  }

  /// The index of a virtual routing device that a keyword's operand names.
  @inline(never)
  func existingVRFIndex(_ word: [UInt8]) throws(Failure) -> Int32 {
    if let name = LinkName(bytes: word), let index = try vrfIndex(of: name) { return index }
    throw .wrong(word, "Not a valid VRF name")
  }
}

/// A BPF program, held open until the request is sent.
final class PinnedProgram {
  private let file: FileDescriptor

  init(_ file: consuming FileDescriptor) { self.file = file }

  /// The number of the descriptor.
  var rawDescriptor: Int32 { file.rawValue }
}
