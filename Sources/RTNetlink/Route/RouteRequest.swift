internal import CMnl
public import Netlink

/// A request about routes being written; rtnetlink(7).
public struct RouteRequest: ~Copyable {
  private var request: Request

  /// Sends what goes nowhere else to a router (`RTM_NEWROUTE`); `ip route add default via GATEWAY dev DEV`.
  ///
  /// - Parameters:
  ///   - gateway: the router.
  ///   - index: the interface behind which it is.
  ///   - isOnLink: whether it is there although no address of the interface says so (`RTNH_F_ONLINK`); `onlink`.
  public static func addDefault(via gateway: IPAddress, onLink index: Int32, isOnLink: Bool) -> RouteRequest {
    var header = rtmsg()
    header.rtm_family = gateway.family.rawValue
    header.rtm_table = UInt8(RT_TABLE_MAIN.rawValue)
    header.rtm_protocol = UInt8(RTPROT_BOOT)
    header.rtm_type = UInt8(RTN_UNICAST)
    header.rtm_flags = isOnLink ? UInt32(RTNH_F_ONLINK) : 0
    var route = RouteRequest(request: Request(RTM_NEWROUTE, [.create, .exclusive]))
    route.request.append(header: header)
    route.request.append(Int(RTA_GATEWAY.rawValue), gateway)
    route.request.append(Int(RTA_OIF.rawValue), index)
    return route
  }

  fileprivate mutating func send(_ socket: inout NetlinkSocket) throws(NetlinkError) { try socket.exchange(&request) }
}

extension NetlinkSocket {
  /// Sends a request about routes.
  public mutating func send(_ route: inout RouteRequest) throws(NetlinkError) { try route.send(&self) }
}
