internal import SystemCalls

/// Where `main.c` hands over: the only pointers that this floor ever sees.
@c(vethctl_main)
public func main(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  unsafe run(Environment.words(count, arguments))
}
