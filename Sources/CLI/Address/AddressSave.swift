internal import Netlink
internal import RTNetlink
internal import SystemCalls

// Addresses in a file, in the format of `ip`: a magic number and the messages of a dump.

let addressSave: Verb = Verb("save*", usage: "save [ [ dev ] DEVICE ] [ FILTERS ] > FILE") {
  words, session throws(Failure) in
  let filter = try ShowFilter(&words, session, of: addressObject)
  if StandardStream.output.isTerminal { throw Failure(1, "Not sending a binary stream to stdout") }
  let index = try filter.deviceIndex(session)
  let links = try session.indexes(of: filter)
  let addresses = try AddressList(session, filter.addresses, onLink: index)
  try addresses.requireConsistency()
  AddressDump.magic.withAttributeBytes { session.out.raw($0) }
  addresses.forEach(onLink: nil) { address, message in
    if links.contains(address.linkIndex) { session.out.raw(message) }
  }
}

let addressShowDump: Verb = Verb("showdump*", usage: "{ showdump | restore } < FILE") {
  words, session throws(Failure) in
  let dump = try AddressDump(&words)
  session.out.beginArray()
  session.out.beginObject()
  session.out.beginArray("addr_info")
  _ = dump.walk { message in
    message.withAddress { address in
      session.out.beginObject()
      session.out.field("index", "if", address.linkIndex, spaced: false)
      session.out.text(":")
      session.out.newLine()
      AddressRecord(session: session).write(address, linkName: nil)
      session.out.endObject()
    }
  }
  session.out.endArray()
  session.out.endObject()
  session.out.endArray()
}

/// `address restore`: adds the saved addresses that the links do not have.
let addressRestore: Verb = Verb("restore*") { words, session throws(Failure) in
  let dump = try AddressDump(&words)
  var refusal: Failure? = nil
  _ = dump.walk { message in
    do throws(NetlinkError) { try session.socket.addresses(.restore(message)) } catch {
      if error.errno == .fileExists { return true }
      refusal = Failure(error)
      return false
    }
    return true
  }
  if let refusal { throw Failure(255, refusal.message) }
}

/// A file of `address save`, read from standard input and checked.
private struct AddressDump {
  static let magic: UInt32 = 0x4736_1222

  private var bytes: [UInt8] = []

  init(_ words: inout Words) throws(Failure) {
    if let word = words.next() { throw .duplicateOrGarbage("FILE", word) }
    if StandardStream.input.isTerminal { throw Failure(255, "Can't restore address dump from a terminal") }
    do throws(Errno) { try StandardStream.input.fileDescriptor().readAll(into: &bytes, limit: 1 << 30) } catch {
      throw Failure(1, "Cannot read the dump: %", error.text)
    }
    var found: UInt32 = 0
    bytes.withAttributeBytes { $0.copyPrefix(to: &found) }
    guard found == Self.magic else {
      let count = [UInt8](bytes.count < 4 ? "0" : "1")
      throw Failure(255, "Magic mismatch (% elems, % magic)", count, [UInt8](hex: found))
    }
    // The whole file is checked before the first address is added.
    let isSound = walk { message in
      do throws(NetlinkError) { _ = try AddressRequest.restore(message) } catch { return false }
      return true
    }
    if !isSound { throw Failure(255, "The dump is damaged, or is not a dump of addresses.") }
  }

  /// Calls `body` with each message until it returns false.
  ///
  /// - Returns: whether `body` always returned true, and the file contains nothing but messages.
  func walk(_ body: (Message) -> Bool) -> Bool {
    var isWhole = true
    bytes.withAttributeBytes { bytes in
      var messages = Messages(bytes.extracting(droppingFirst: MemoryLayout<UInt32>.size))
      while isWhole, let message = messages.next() { isWhole = body(message) }
      isWhole = isWhole && messages.isAtEnd
    }
    return isWhole
  }
}
