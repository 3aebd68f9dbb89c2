internal import CMnl

/// The interfaces of a socket's network namespace; netdevice(7).
package enum NetworkInterface {
  /// The index of the interface of this name, which is shorter than `IFNAMSIZ` (`SIOCGIFINDEX`); nil where there is none.
  package static func index(of name: [UInt8], socket: Int32) -> Int32? {
    let index = unsafe name.withUnsafeBytes { unsafe interface_index(socket, $0.baseAddress!, $0.count) }
    return index > 0 ? index : nil
  }
}
