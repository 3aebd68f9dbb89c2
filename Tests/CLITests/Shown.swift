import CMnl
import Netlink
import RTNetlink
import TestSupport

@testable import CLI

/// A session for records of captured messages, whose masters and peers are those of the capture and no links of this machine.
func capturedSession(_ options: [String]) throws -> Session {
  let name = [UInt8]("vethctl".utf8)
  var words = Words(options.map { [UInt8]($0.utf8) })
  let session = try Session(programName: name, options: Options.parse(&words, programName: name))
  for read in Captures.links.sections {
    read.bytes.withAttributeBytes { session.names.note(all: Answers($0, to: Captures.sequence, port: Captures.port)) }
  }
  return session
}

/// The output of `link show` for a message, which is a `struct ifinfomsg` and attributes.
func shown(_ payload: [UInt8], _ options: [String]) throws -> String {
  let session = try capturedSession(options)
  withLink(payload) { link in
    let record = LinkRecord(session: session, style: .link)
    session.out.beginObject()
    if session.options.isBrief {
      record.writeBrief(link, showsLinkLayer: true)
    } else {
      record.write(link)
      if session.options.statistics > 0, let statistics = StatisticsRecord(link, session) {
        session.out.newLine()
        statistics.write()
      }
      record.writeAlternativeNames(link)
    }
    session.out.endRecord()
    session.out.endObject()
  }
  return String(decoding: session.out.unsent, as: UTF8.self)
}

/// Calls `body` with the link of a message, which is a `struct ifinfomsg` and attributes.
func withLink(_ payload: [UInt8], _ body: (borrowing Link) -> Void) {
  frame(Int32(RTM_NEWLINK), payload).withAttributeBytes { bytes in
    Answers(bytes, to: Captures.sequence, port: Captures.port).forEachLink(body)
  }
}
