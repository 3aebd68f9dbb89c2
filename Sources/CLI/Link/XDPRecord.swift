internal import Netlink
internal import RTNetlink
internal import SystemCalls

// The output of the BPF program for received packets (XDP).

extension LinkRecord {
  /// Writes where the program runs, such as `xdpgeneric `; in JSON, the whole program.
  func writeXDP(_ xdp: XDPProgram) {
    session.out.beginObject("xdp")
    session.out.json("mode", xdp.mode.rawValue)
    // `ip` prints a mode that it does not know as `xdp`.
    session.out.text(xdp.mode.word ?? "xdp")
    if let id = xdp.id, !session.out.isJSON {
      if style == .address { session.out.field("", "/id:", id, spaced: false) }
    } else if let id = xdp.id {
      writeProgram(id)
      session.out.beginArray("attached")
      session.out.beginObject()
      session.out.json("mode", xdp.mode.rawValue)
      writeProgram(id)
      session.out.endObject()
      session.out.endArray()
    }
    session.out.text(" ")
    session.out.endObject()
  }

  /// Writes the program in text: `    prog/xdp id 97 name xdp_pass tag 614b434cd8324ecc jited `.
  func writeXDPLine(_ xdp: XDPProgram) {
    guard let id = xdp.id, !session.out.isJSON else { return }
    session.out.newLine()
    session.out.text("    prog/xdp ")
    writeProgram(id)
  }

  private func writeProgram(_ id: UInt32) {
    session.out.beginObject("prog")
    session.out.field("id", "id ", id)
    if let program = program(id) {
      session.out.field("name", "name ", program.name.isEmpty ? nil : program.name)
      session.out.field("tag", "tag ", digits(program.tag))
      session.out.json("jited", program.isCompiled ? 1 : 0 as UInt32)
      if program.isCompiled { session.out.text("jited ") }
      if session.options.showsDetails {
        session.out.field("load_time", "load_time ", program.loadTime)
        session.out.field("created_by_uid", "created_by_uid ", program.userID)
        session.out.field("btf_id", "btf_id ", program.typesID == 0 ? nil : program.typesID)
      }
    }
    session.out.endObject()
  }

  /// The description of a program; nil without the permission to read it (`CAP_BPF`), or after a warning.
  private func program(_ id: UInt32) -> BPFProgram? {
    do throws(Errno) { return try BPFProgram(id: id) } catch {
      if error == .notPermitted { return nil }
      session.warn(sentence("BPF program %: %", [UInt8](decimal: id), error.text))
      return nil
    }
  }
}

/// The digits of a program's tag: `614b434cd8324ecc`.
private func digits(_ tag: [UInt8]) -> [UInt8] {
  var digits: [UInt8] = []
  for byte in tag { digits.append(hex: byte, width: 2) }
  return digits
}
