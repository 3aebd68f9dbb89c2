internal import CMnl

/// The kernel's description of a BPF program; `struct bpf_prog_info`, linux/bpf.h.
package struct BPFProgram: Sendable {
  /// The name, up to 15 bytes.
  package let name: [UInt8]
  /// A digest of the instructions.
  package let tag: [UInt8]
  /// Whether the program was compiled to machine code.
  package let isCompiled: Bool
  /// When the program was loaded, in nanoseconds after the start of the system.
  package let loadTime: UInt64
  /// The user who loaded the program.
  package let userID: UInt32
  /// The id of the description of its types; 0 for none.
  package let typesID: UInt32

  /// Describes the program that has this id; nil where there is none. bpf(2)
  ///
  /// - Throws: `EPERM` without `CAP_SYS_ADMIN`, or another error of bpf(2).
  package init?(id: UInt32) throws(Errno) {
    let descriptor = open_program(id)
    if descriptor < 0, Errno.last == .noSuchFileOrDirectory { return nil }
    guard descriptor >= 0 else { throw .last }
    let program = FileDescriptor(owning: descriptor)
    var info = bpf_prog_info()
    guard unsafe describe_program(program.rawValue, &info) == 0 else { throw .last }
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
