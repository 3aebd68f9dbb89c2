internal import CMnl

/// The names in a directory; readdir(3).
package enum Directory {
  /// All names but `.` and `..`, in the directory's own order; none where there is no such directory.
  ///
  /// - Throws: what opendir(3) or readdir(3) left in errno.
  package static func names(in path: StaticString) throws(Errno) -> [[UInt8]] {
    var names: [[UInt8]] = []
    guard let directory = unsafe opendir(path.cString) else {
      if Errno.last == .noSuchFileOrDirectory { return [] }
      throw .last
    }
    defer { unsafe _ = closedir(directory) }
    while true {
      clear_errno()
      guard let entry = unsafe readdir(directory) else {
        if Errno.last == Errno(0) { return names }
        throw .last
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe [UInt8](cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
      }
      if !(name == "."), !(name == "..") { names.append(name) }
    }
  }
}
