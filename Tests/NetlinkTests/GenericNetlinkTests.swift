import CMnl
import TestSupport
import Testing

@testable import Netlink

/// The header of generic netlink; `struct genlmsghdr` of linux/genetlink.h.
private struct GenericHeader {
  var command: UInt8
  var version: UInt8 = 1
  var reserved: UInt16 = 0
}

/// The numbers of linux/genetlink.h that these tests use.
private enum Control {
  /// `GENL_ID_CTRL`.
  static let family = 0x10
  /// `CTRL_CMD_GETFAMILY`.
  static let getFamily: UInt8 = 3
  /// `CTRL_ATTR_FAMILY_ID` and `CTRL_ATTR_FAMILY_NAME`.
  static let (id, name) = (1, 2)
}

/// A family that is not rtnetlink: nothing in `Netlink` may depend on rtnetlink's numbers.
@Suite(.enabled(if: PrivateNamespace.isPossible, Comment(rawValue: PrivateNamespace.requirement)))
struct GenericNetlinkTests {
  private static let generic = NetlinkFamily(rawValue: NETLINK_GENERIC)

  private static func request(
    _ command: UInt8, of type: Int, _ flags: Request.Flags = [], expectsReply: Bool = false
  ) -> Request {
    var request = Request(type, flags, expectsReply: expectsReply)
    request.append(header: GenericHeader(command: command))
    return request
  }

  private static func id(of message: borrowing Message) -> UInt16? {
    message.attributes(after: MemoryLayout<GenericHeader>.size).last(Control.id)?.value()
  }

  @Test("nlctrl tells the id of a family, as a reply or before an acknowledgement", arguments: [true, false])
  func getFamily(expectsReply: Bool) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(Self.generic)
      var request = Self.request(Control.getFamily, of: Control.family, expectsReply: expectsReply)
      request.append(Control.name, [UInt8]("nlctrl\0".utf8))
      for _ in 0..<3 {
        var ids: [UInt16?] = []
        try socket.exchange(request) { answers in
          var answers = answers
          while let message = answers.next() { ids.append(Self.id(of: message)) }
        }
        #expect(ids == [UInt16(Control.family)])
      }
    }
  }

  @Test("a family that does not exist is refused")
  func noFamily() async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(Self.generic)
      var request = Self.request(Control.getFamily, of: Control.family, expectsReply: true)
      request.append(Control.name, [UInt8]("no such family\0".utf8))
      let error = failure { () throws(NetlinkError) in try socket.exchange(request) }
      #expect(error == "refused: errno \(ENOENT)")
    }
  }

  /// Of rtnetlink, a type that is 2 modulo 4 is a GET request. An id of a generic family is any number.
  @Test("a request ends whatever its type is modulo 4", arguments: 0..<4)
  func anyType(remainder: UInt16) async throws {
    try await PrivateNamespace.run {
      var socket = try NetlinkSocket.open(Self.generic)
      let known = try socket.collect(Self.request(Control.getFamily, of: Control.family, .dump)) { Self.id(of: $0) }
      #expect(known.contains(UInt16(Control.family)))
      // Without a family of such an id, the kernel refuses a request for the first free one.
      let id = known.first { $0 % 4 == remainder } ?? (known.max()!...).first { $0 % 4 == remainder }!
      // No family has the command 255: the kernel refuses it.
      let request = Self.request(255, of: Int(id))
      for _ in 0..<2 {
        let error = failure { () throws(NetlinkError) in try socket.exchange(request) }
        #expect(error?.hasPrefix("refused: errno \(known.contains(id) ? EOPNOTSUPP : ENOENT)") == true)
      }
    }
  }
}
