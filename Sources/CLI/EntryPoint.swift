internal import SystemCalls

/// Where `main.c` hands over.
///
/// - Parameter arguments: the address of C's `argv`.
/// - Returns: the exit status.
@c(vethctl_main)
public func main(_ count: Int32, _ arguments: UInt) -> Int32 {
  run(Environment.words(count, at: arguments))
}
