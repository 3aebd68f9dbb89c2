internal import Netlink
internal import RTNetlink
internal import SystemCalls

// Addresses in a file: a number to know it by, and the kernel's messages as they came. `ip` reads and writes the same.

private let magic: UInt32 = 0x4736_1222

/// `address save`: writes the addresses that all filters choose.
func saveAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
  let filter = try ShowFilter.parse(&words, session, helpOn: .address)
  if StandardStream.output.isTerminal { throw Failure(1, "Not sending a binary stream to stdout") }
  let index = try filter.deviceIndex(session)
  let links = try session.links(filter)
  let addresses = try AddressList(session, filter.addresses, onLink: index)
  magic.withAttributeBytes { session.out.raw($0) }
  addresses.forEach(onLink: nil) { address, message in
    if links.contains(address.linkIndex) { session.out.raw(message) }
  }
}

/// `address showdump`: shows what was saved.
func showSavedAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
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

/// `address restore`: gives links the addresses that were saved and are not there.
func restoreAddresses(_ words: inout Words, _ session: Session) throws(Failure) {
  let dump = try AddressDump(&words)
  var refusal: Failure? = nil
  _ = dump.walk { message in
    do throws(NetlinkError) {
      var request = try AddressRequest.restore(message)
      try session.socket.addresses(&request)
    } catch {
      if error.errno == .fileExists { return true }
      refusal = Failure(error)
      return false
    }
    return true
  }
  if let refusal { throw Failure(255, refusal.message) }
}

/// What `address save` wrote, read from standard input and found to be sound.
private struct AddressDump {
  private var bytes: [UInt8] = []

  init(_ words: inout Words) throws(Failure) {
    if let word = words.next() { throw .duplicateOrGarbage("FILE", word) }
    if StandardStream.input.isTerminal { throw Failure(255, "Can't restore address dump from a terminal") }
    do throws(Errno) { try StandardStream.input.fileDescriptor().readAll(into: &bytes, limit: 1 << 30) } catch {
      throw Failure(1, "Cannot read the dump: %", error.text)
    }
    var found: UInt32 = 0
    bytes.withAttributeBytes { $0.copyPrefix(to: &found) }
    guard found == magic else {
      var number: [UInt8] = []
      number.append(hex: found)
      throw Failure(255, "Magic mismatch (% elems, % magic)", [UInt8](bytes.count < 4 ? "0" : "1"), number)
    }
    // All of it, before any of it is used.
    let isSound = walk { message in
      do throws(NetlinkError) { _ = try AddressRequest.restore(message) } catch { return false }
      return true
    }
    if !isSound { throw Failure(255, "The dump is damaged, or no dump of addresses.") }
  }

  /// Calls `body` with each message, until it answers false.
  ///
  /// - Returns: whether it never did, and there is nothing but messages.
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
