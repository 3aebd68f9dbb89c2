internal import CMnl

/// What the C library knows of addresses: IPv6 as text in its one canonical form, and the names of hosts.
package enum NetworkAddress {
  /// gethostbyaddr(3) of 4 bytes or 16; nil where the resolver has no name.
  package static func hostName(of address: RawSpan) -> [UInt8]? {
    let family = address.byteCount == 4 ? AF_INET : AF_INET6
    return unsafe address.withUnsafeBytes { bytes in
      guard let name = unsafe host_name(bytes.baseAddress!, socklen_t(bytes.count), family) else { return nil }
      return unsafe [UInt8](cString: name)
    }
  }

  /// inet_ntop(3) of 16 bytes.
  package static func text(ofIPv6 address: InlineArray<16, UInt8>) -> [UInt8] {
    var address = address
    var text: InlineArray<46, CChar> = .init(repeating: 0)
    return unsafe withUnsafeBytes(of: &address) { source in
      unsafe withUnsafeMutableBytes(of: &text) { target in
        let characters = unsafe target.baseAddress!.assumingMemoryBound(to: CChar.self)
        guard unsafe write_ipv6(source.baseAddress!, characters, socklen_t(target.count)) != 0 else { return [] }
        return unsafe [UInt8](cString: characters)
      }
    }
  }

  /// inet_pton(3); nil for anything that is not an IPv6 address.
  package static func ipv6(_ text: [UInt8]) -> InlineArray<16, UInt8>? {
    guard let text = text.nulTerminated else { return nil }
    var address: InlineArray<16, UInt8> = .init(repeating: 0)
    let known = unsafe text.withUnsafeBytes { source in
      unsafe withUnsafeMutableBytes(of: &address) { target in
        unsafe read_ipv6(source.baseAddress!.assumingMemoryBound(to: CChar.self), target.baseAddress!)
      }
    }
    return known != 0 ? address : nil
  }
}
