internal import CMnl

/// The names in a folder; readdir(3).
package enum Directory {
  /// Calls `body` for each name but `.` and `..`, in the folder's own order, until it answers false.
  ///
  /// A folder that is not there has no names.
  package static func forEachName(in path: StaticString, _ body: ([UInt8]) -> Bool) {
    guard let folder = unsafe opendir(path.cString) else { return }
    defer { unsafe _ = closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe [UInt8](cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
      }
      if name == "." || name == ".." { continue }
      guard body(name) else { return }
    }
  }
}
