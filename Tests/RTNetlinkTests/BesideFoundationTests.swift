import Foundation
import RTNetlink
import Testing

/// That a program can have Foundation beside the library. If it cannot, this does not even compile: both bring types of
/// the C library, and they have to be the same ones.
@Suite struct BesideFoundationTests {
  @Test("the C library's types are those that the system calls know")
  func types() {
    // Has a field more, or another name, with _GNU_SOURCE.
    #expect(MemoryLayout<fd_set>.size == Int(FD_SETSIZE) / 8)
    #expect(MemoryLayout<KernelName>.size == Int(IFNAMSIZ))
  }
}
