internal import CMnl

/// Frames that are sent as they are; packet(7).
package enum Frame {
  /// Sends one on an interface of the namespace that the thread is in; false where it cannot be sent.
  package static func send(_ frame: [UInt8], onInterface index: Int32) -> Bool {
    unsafe frame.withUnsafeBytes { unsafe send_frame(index, $0.baseAddress!, $0.count) == 0 }
  }
}
