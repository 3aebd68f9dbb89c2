import Netlink

extension NetlinkError {
  /// The whole error as a line of text, for tables of expected errors.
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
      + (attributeOffset.map { ", at \($0)" } ?? "") + (keyword.map { ", \($0)" } ?? "")
  }
}

/// The summary of the error that `body` throws; nil where `body` throws none.
package func failure<Result>(of body: () throws(NetlinkError) -> Result) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return error.summary
  }
}

extension Request {
  /// A copy of the bytes so far.
  package var written: [UInt8] { bytes.withUnsafeBytes { [UInt8]($0) } }
}
