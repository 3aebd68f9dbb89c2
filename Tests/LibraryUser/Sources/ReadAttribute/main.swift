// Reads attributes of a link for which the library has no property.
import RTNetlink

extension Property<Link, UInt32> {
  /// How often the link got a carrier (`IFLA_CARRIER_UP_COUNT` of linux/if_link.h).
  static var carrierUpCount: Self { Self(47) }
}

extension Property<Link, UInt32> {
  /// Whether IPv4 packets are forwarded, the first number of an array (`IFLA_AF_SPEC`, `AF_INET`, `IFLA_INET_CONF`).
  static var forwardsIPv4: Self { Self(AttributePath(26, 2, 1)) }
}

var socket = try NetlinkSocket.open(.route)
try socket.withLink("lo") { link in
  print("carrier up count: \(link[.carrierUpCount]!), forwarding: \(link[.forwardsIPv4]!)")

  // All attributes, in their order.
  var attributes = link.attributes.inOrder
  var types: [UInt16] = []
  while let attribute = attributes.next() { types.append(attribute.type) }
  print("\(types.count > 20 ? "many" : "few") attributes, the first of type \(types[0])")
}
