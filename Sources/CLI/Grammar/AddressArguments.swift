internal import RTNetlink
internal import SystemCalls

/// What was said of an address: `PREFIX dev DEVICE …`.
final class AddressArguments {
  let session: Session
  /// Whether the address goes rather than comes.
  let isDeletion: Bool
  /// Of which family addresses must be, from the options or the first that was said.
  var family: IPAddress.Family?
  var local: TypedPrefix? = nil
  /// `local` as it was said.
  var localWord: [UInt8] = []
  var peer: TypedPrefix? = nil
  var device: [UInt8]? = nil
  var broadcast: Broadcast? = nil
  var scope: UInt8? = nil
  var flags: AddressFlags = []
  var valid: UInt32? = nil
  var preferred: UInt32? = nil

  /// The keyword whose turn it is, and the value of its row.
  private(set) var keyword: [UInt8] = []
  private(set) var value: UInt64 = 0

  enum Broadcast { case allOnes, allZeros, address(IPAddress) }

  init(_ session: Session, isDeletion: Bool) {
    self.session = session
    self.isDeletion = isDeletion
    switch session.options.family {
    case .inet?: family = .v4
    case .inet6?: family = .v6
    default: family = nil
    }
  }

  /// Reads keywords in any order; a word that is none is the address.
  func parse(_ words: inout Words, into request: inout AddressRequest) throws(Failure) {
    while let word = words.next() {
      if let row = position(of: word, in: addressKeywords) {
        keyword = addressKeywords[row].spellings.name
        value = addressKeywords[row].value
        do throws(Failure) { try addressKeywords[row].action(&request, self, &words) } catch {
          throw error.blaming(keyword)
        }
      } else {
        try take(local: word)
      }
    }
  }

  /// Notes the address itself.
  func take(local word: [UInt8]) throws(Failure) {
    if local != nil { throw .duplicateOrGarbage("local", word) }
    local = try prefix(word)
    localWord = word
  }

  /// Reads a prefix; its family is then that of all that follow.
  func prefix(_ word: [UInt8]) throws(Failure) -> TypedPrefix {
    let typed = try session.prefix(word, family: family)
    family = typed.prefix.address.family
    return typed
  }

  /// Reads an address; its family is then that of all that follow.
  func address(_ word: [UInt8]) throws(Failure) -> IPAddress {
    guard let address = ipAddress(word, family: family) else {
      throw Failure(
        1, "Error: % address is expected rather than \"%\".", [UInt8](familyName(family)), word)
    }
    family = address.family
    return address
  }
}

extension Session {
  /// Reads a prefix of a family, or of any.
  func prefix(_ word: [UInt8], family: IPAddress.Family?) throws(Failure) -> TypedPrefix {
    guard let typed = ipPrefix(word, family: family) else {
      throw Failure(
        1, "Error: % prefix is expected rather than \"%\".", [UInt8](familyName(family)), word)
    }
    if options.family == .link || options.family == .other {
      let found = familyName(typed.prefix.address.family)
      throw Failure(
        1, "Error: \"%\" may be % prefix, but it is not allowed in this context.", word, [UInt8](found))
    }
    return typed
  }
}

private func familyName(_ family: IPAddress.Family?) -> StaticString {
  switch family {
  case .v4?: "inet"
  case .v6?: "inet6"
  case nil: "any valid"
  }
}
