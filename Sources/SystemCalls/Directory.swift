internal import CMnl

/// The names in a folder; getdents64(2).
package enum Directory {
  /// Calls `body` for each name but `.` and `..`, in the folder's own order, until it answers false.
  ///
  /// A folder that is not there has no names.
  package static func forEachName(in path: StaticString, _ body: ([UInt8]) -> Bool) {
    guard let folder = try? FileDescriptor.open(reading: [UInt8](path)) else { return }
    let size = 8 * 1024
    let entries = unsafe malloc(size)!
    defer { unsafe free(entries) }
    while true {
      let end = unsafe read_folder(folder.rawValue, entries, size)
      if end <= 0 { return }
      var offset = 0
      while offset < end {
        let entry = unsafe (entries + offset).assumingMemoryBound(to: dirent.self)
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
          unsafe [UInt8](cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
        }
        offset += unsafe Int(entry.pointee.d_reclen)
        if name == "." || name == ".." { continue }
        guard body(name) else { return }
      }
    }
  }
}
