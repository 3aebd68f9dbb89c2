internal import CMnl

/// The C library's functions for addresses: the text form of IPv6, and the names of hosts.
package enum NetworkAddress {
  /// gethostbyaddr(3) of 4 bytes or 16; nil where the resolver has no name.
  package static func hostName(of address: RawSpan) -> [UInt8]? {
    let family = address.byteCount == 4 ? AF_INET : AF_INET6
    return unsafe address.withUnsafeBytes { bytes in
      guard let host = unsafe gethostbyaddr(bytes.baseAddress!, socklen_t(bytes.count), family) else { return nil }
      return unsafe [UInt8](cString: host.pointee.h_name)
    }
  }

  /// inet_ntop(3) of 16 bytes.
  package static func text(ofIPv6 address: RawSpan) -> [UInt8] {
    var text: InlineArray<46, CChar> = .init(repeating: 0)
    return unsafe address.withUnsafeBytes { source in
      unsafe withUnsafeMutableBytes(of: &text) { target in
        let characters = unsafe target.baseAddress!.assumingMemoryBound(to: CChar.self)
        let size = socklen_t(target.count)
        guard unsafe inet_ntop(AF_INET6, source.baseAddress!, characters, size) != nil else { return [] }
        return unsafe [UInt8](cString: characters)
      }
    }
  }

  /// inet_pton(3); nil for anything that is not an IPv6 address.
  package static func ipv6(_ text: [UInt8]) -> [UInt8]? {
    guard let text = text.nulTerminated else { return nil }
    var address = [UInt8](repeating: 0, count: 16)
    let isAddress = unsafe text.withUnsafeBytes { source in
      unsafe address.withUnsafeMutableBytes { target in
        unsafe inet_pton(AF_INET6, source.baseAddress!.assumingMemoryBound(to: CChar.self), target.baseAddress!)
      }
    }
    return isAddress == 1 ? address : nil
  }
}
