import CMnl
import TestSupport
import Testing

@testable import Netlink

/// The bytes of a request are those of netlink(7).
@Suite struct RequestTests {
  @Test("the header has the length, the type and the flags")
  func header() throws {
    let request = Request(RTM_NEWLINK)
    // struct nlmsghdr: length, type, NLM_F_REQUEST and NLM_F_ACK, sequence number, port.
    #expect(request.written.hex == "10000000 10000500 00000000 00000000")
    #expect(request.byteCount == 16)
  }

  @Test(
    "each flag has the kernel's value",
    arguments: [
      (Request.Flags.create, 0x0400), (.exclusive, 0x0200), (.replace, 0x0100), (.dump, 0x0300), (.echo, 0x0008),
      ([.create, .exclusive, .echo], 0x0608),
    ] as [(Request.Flags, UInt16)])
  func flags(flags: Request.Flags, value: UInt16) {
    #expect([UInt8](Request(RTM_NEWLINK, flags).written[6...7]) == raw(value | 0x0005))
  }

  @Test("only a request that expects a reply asks for no acknowledgement", arguments: [RTM_GETLINK, RTM_NEWLINK, 0x1f])
  func acknowledgement(type: Int) {
    #expect([UInt8](Request(type).written[6...7]) == raw(UInt16(0x0005)))
    #expect([UInt8](Request(type, .dump).written[6...7]) == raw(UInt16(0x0305)))
    let request = Request(type, expectsReply: true)
    #expect([UInt8](request.written[6...7]) == raw(UInt16(0x0001)))
    let expectsReply = (request.expectsReply, Request(type).expectsReply)
    #expect(expectsReply == (true, false))
  }

  @Test("flags can be added later")
  func laterFlags() {
    var request = Request(RTM_NEWLINK, .create)
    request.append(1, UInt8(2))
    request.insert(.echo)
    #expect(request.written.hex == "18000000 10000d04 00000000 00000000 05000100 02000000")
  }

  @Test("a sequence number is set, and nothing else")
  func sequence() throws {
    var request = Request(RTM_GETLINK, expectsReply: true)
    request.append(1, UInt8(2))
    request.setSequence(0x0102_0304)
    #expect(request.written.hex == "18000000 12000100 04030201 00000000 05000100 02000000")
  }

  /// Something to write, and the bytes behind the header of the message.
  struct Form: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let write: @Sendable (inout Request) -> Void
    let hex: String

    init(_ description: String, _ hex: String, _ write: @escaping @Sendable (inout Request) -> Void) {
      testDescription = description
      self.write = write
      self.hex = hex
    }
  }

  static let values = [
    Form("UInt8", "05000100 ab000000") { $0.append(1, UInt8(0xab)) },
    Form("UInt16", "06000100 cdab0000") { $0.append(1, UInt16(0xabcd)) },
    Form("UInt32", "08000100 01efcdab") { $0.append(1, UInt32(0xabcd_ef01)) },
    Form("UInt64", "0c000100 08070605 04030201") { $0.append(1, UInt64(0x0102_0304_0506_0708)) },
    Form("Int32", "08000100 feffffff") { $0.append(1, Int32(-2)) },
    Form("no bytes", "04000100") { $0.append(1, [UInt8]()) },
    Form("three bytes", "07000100 01020300") { $0.append(1, [1, 2, 3] as [UInt8]) },
    Form("four bytes", "08000100 01020304") { $0.append(1, [1, 2, 3, 4] as [UInt8]) },
    Form("five bytes", "09000100 01020304 05000000") { $0.append(1, [1, 2, 3, 4, 5] as [UInt8]) },
    Form("a presence", "04000100") { $0.append(1, Presence()) },
    Form("the largest type", "0400ffff") { $0.append(0xffff, Presence()) },
    Form("one after the other", "05000100 02000000 05000300 04000000") {
      $0.append(1, UInt8(2))
      $0.append(3, UInt8(4))
    },
  ]

  static let headers = [
    Form("a header of one byte", "02000000") { $0.append(header: rtgenmsg(rtgen_family: 2)) },
    Form("a header, and an attribute", "02184005 07000000 05000100 02000000") {
      $0.append(header: ifaddrmsg(ifa_family: 2, ifa_prefixlen: 24, ifa_flags: 0x40, ifa_scope: 5, ifa_index: 7))
      $0.append(1, UInt8(2))
    },
    Form("a header that is changed later", "02000000 05000100 02000000 0a000000") {
      let first = $0.append(header: rtgenmsg(rtgen_family: 0))
      $0.append(1, UInt8(2))
      $0.append(header: rtgenmsg(rtgen_family: 10))
      $0.withHeader(rtgenmsg.self, at: first) { $0.rtgen_family = 2 }
    },
  ]

  static let nests = [
    Form("an empty nested attribute", "04000180") { $0.nest(1) { _ in } },
    Form("a nested attribute", "0c000180 05000200 03000000") { $0.nest(1) { $0.append(2, UInt8(3)) } },
    Form("nested twice, and followed by others", "10000180 08000280 04000300 04000400 04000500") {
      $0.nest(1) {
        $0.nest(2) { $0.append(3, Presence()) }
        $0.append(4, Presence())
      }
      $0.append(5, Presence())
    },
    Form("nested with a header", "0c000180 02000000 04000200") {
      $0.nest(1) {
        $0.append(header: rtgenmsg(rtgen_family: 2))
        $0.append(2, Presence())
      }
    },
  ]

  @Test("the bytes of what was appended", arguments: values + headers + nests)
  func appended(form: Form) throws {
    var request = Request(RTM_GETLINK)
    form.write(&request)
    let bytes = request.written
    #expect([UInt8](bytes.dropFirst(16)).hex == form.hex)
    // The length is right, and a multiple of four.
    #expect([UInt8](bytes.prefix(4)) == raw(UInt32(bytes.count)))
    #expect(bytes.count.isMultiple(of: 4) && request.byteCount == bytes.count)
  }
}
