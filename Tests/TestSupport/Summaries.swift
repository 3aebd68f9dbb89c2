import Netlink

extension NetlinkError {
  /// All that it says, in a form that a table of expectations can hold.
  package var summary: String {
    switch self {
    case .systemCall(let call, let errno): "\(call): errno \(errno.rawValue)"
    case .refused(let refusal): "refused: \(refusal.summary)"
    case .malformed: "malformed"
    case .interrupted: "interrupted"
    case .requestTooLong: "request too long"
    }
  }
}

extension Refusal {
  fileprivate var summary: String {
    "errno \(errno.rawValue)"
      + (sentence.isEmpty ? "" : ", \(String(decoding: sentence, as: UTF8.self))")
      + (attributeOffset.map { ", at \($0)" } ?? "")
  }
}

/// What `body` throws, in words; nil where it does not.
package func failure<Result>(of body: () throws(NetlinkError) -> Result) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return error.summary
  }
}

extension Request {
  /// What was written so far, to be kept while it goes on.
  package var written: [UInt8] { bytes.withUnsafeBytes { [UInt8]($0) } }
}
