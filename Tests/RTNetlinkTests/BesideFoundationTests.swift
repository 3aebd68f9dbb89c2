import Foundation
import RTNetlink
import Testing

/// A program can use Foundation beside the library: the types of the C library that both import are the same. Otherwise,
/// this file does not compile.
@Suite struct BesideFoundationTests {
  @Test("the C library's types have the sizes of the system calls")
  func types() {
    // Another type with _GNU_SOURCE.
    #expect(MemoryLayout<fd_set>.size == Int(FD_SETSIZE) / 8)
    #expect(MemoryLayout<KernelName>.size == Int(IFNAMSIZ))
  }
}
