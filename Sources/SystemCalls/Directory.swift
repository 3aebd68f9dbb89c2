internal import CMnl

/// The names in a directory; getdents64(2).
package enum Directory {
  /// All but `.` and `..`, in the directory's own order; none where there is no such directory.
  ///
  /// - Throws: what open(2) or getdents64(2) say.
  package static func names(in path: StaticString) throws(Errno) -> [[UInt8]] {
    var names: [[UInt8]] = []
    let directory: FileDescriptor
    do throws(Errno) { directory = try .open(reading: [UInt8](path)) } catch {
      if error == .noSuchFileOrDirectory { return [] }
      throw error
    }
    let size = 8 * 1024
    let entries = unsafe malloc(size)!
    defer { unsafe free(entries) }
    while true {
      let end = unsafe read_directory(directory.rawValue, entries, size)
      if end == 0 { return names }
      if end < 0 { throw .last }
      var offset = 0
      while offset < end {
        let entry = unsafe (entries + offset).assumingMemoryBound(to: dirent.self)
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
          unsafe [UInt8](cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
        }
        offset += unsafe Int(entry.pointee.d_reclen)
        if !(name == "."), !(name == "..") { names.append(name) }
      }
    }
  }
}
