internal import CMnl

/// What the kernel knows of a BPF program; `struct bpf_prog_info`, linux/bpf.h.
public struct BPFProgram: Sendable {
  /// Its name, up to 15 bytes.
  public let name: [UInt8]
  /// A digest of its instructions.
  public let tag: [UInt8]
  /// Whether it was compiled to machine code.
  public let isCompiled: Bool
  /// When it was loaded, in nanoseconds after the start of the system.
  public let loadTime: UInt64
  /// The user who loaded it.
  public let userID: UInt32
  /// The id of the description of its types; 0 for none.
  public let typesID: UInt32

  /// Asks for the program that has this id; nil where there is none, or it is not ours to see.
  public init?(id: UInt32) {
    var info = bpf_prog_info()
    guard unsafe describe_program(id, &info) == 0 else { return nil }
    name = unsafe withUnsafePointer(to: &info.name) { field in
      unsafe [UInt8](cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
    }
    tag = unsafe withUnsafeBytes(of: &info.tag) { unsafe [UInt8]($0) }
    isCompiled = info.jited_prog_len > 0
    loadTime = info.load_time
    userID = info.created_by_uid
    typesID = info.btf_id
  }
}
