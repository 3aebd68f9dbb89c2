internal import CMnl
public import Netlink

/// A request about routes, ready to be sent; rtnetlink(7).
public struct RouteRequest: ~Copyable {
  fileprivate var request: Request

  /// Adds a default route (`RTM_NEWROUTE`); `ip route add default via GATEWAY dev DEV`.
  ///
  /// - Parameters:
  ///   - gateway: the router.
  ///   - index: the index of the link to the router.
  ///   - isOnLink: whether the router is on the link although no address of the link says so (`RTNH_F_ONLINK`); `onlink`.
  public static func addDefault(via gateway: IPAddress, linkIndex index: Int32, isOnLink: Bool) -> RouteRequest {
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
}

extension NetlinkSocket {
  /// Sends a request about routes.
  ///
  /// - Throws: the kernel's refusal, such as `EEXIST` where there is the same route, `ENETUNREACH` for an unknown router.
  public mutating func send(_ route: borrowing RouteRequest) throws(NetlinkError) { try exchange(route.request) }
}
