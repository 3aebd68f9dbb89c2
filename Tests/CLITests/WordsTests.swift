import RTNetlink
import SystemCalls
import Testing

@testable import CLI

/// The words of a command, read from left to right.
@Suite struct WordsTests {
  private func words(_ text: String, from position: Int = 0) -> Words {
    Words(text.split(separator: " ", omittingEmptySubsequences: false).map { [UInt8]($0.utf8) }, from: position)
  }

  /// What a call refuses with.
  private func refusal<Value>(_ call: () throws(Failure) -> Value) -> String? {
    do throws(Failure) {
      _ = try call()
      return nil
    } catch { return error.summary }
  }

  @Test("words come one after the other, and looking ahead takes none")
  func order() throws {
    var words = words("link set web0")
    #expect(words.peek == [UInt8]("link"))
    #expect(words.second == [UInt8]("set"))
    #expect(words.contains("web0") && words.contains("link") && !words.contains("we"))
    #expect(words.next() == [UInt8]("link"))
    #expect(!words.contains("link"))
    #expect(try words.operand() == [UInt8]("set"))
    #expect(words.second == nil)
    #expect(!words.isAtEnd)
    #expect(words.next() == [UInt8]("web0"))
    #expect(words.isAtEnd && words.peek == nil && !words.contains("web0"))
    #expect(words.next() == nil)
    #expect(
      refusal { () throws(Failure) in try words.operand() } == "255 Command line is not complete. Try option \"help\"")
  }

  @Test("a copy goes its own way")
  func copies() {
    var words = words("a b", from: 1)
    var copy = words
    #expect(copy.next() == [UInt8]("b"))
    #expect(words.next() == [UInt8]("b"))
    #expect(self.words("a", from: 1).isAtEnd && self.words("a", from: 2).isAtEnd)
  }

  @Test("one word is taken, and no other")
  func consumes() {
    var words = words("peer x")
    let consumed = ["pee", "peers", "x", "peer", "x", "x"].map { (word: StaticString) in words.consume(word) }
    #expect(consumed == [false, false, false, true, true, false])
  }

  @Test("on and off, in full")
  func onOrOff() throws {
    var words = words("on off o ON ")
    let (isOn, isOff) = (try words.onOrOff(of: "arp"), try !words.onOrOff(of: "arp"))
    #expect(isOn && isOff)
    for word in ["o", "ON", ""] {
      #expect(
        refusal { () throws(Failure) in try words.onOrOff(of: "arp") }
          == "1 Error: argument of \"arp\" must be \"on\" or \"off\", not \"\(word)\"")
    }
    #expect(
      refusal { () throws(Failure) in try words.onOrOff(of: "arp") }
        == "255 Command line is not complete. Try option \"help\"")
  }

  /// A device may have any name that the kernel may have given, a new interface only one that `ip` shows well.
  @Test(
    "names of devices, of new interfaces, and alternative ones",
    arguments: [
      ("web0", true, true), ("a b", true, false), ("a/b", true, false), (".", true, false), ("..", true, false),
      ("a\u{1b}", true, false), ("ü", true, true), (String(repeating: "x", count: 15), true, true),
      (String(repeating: "x", count: 16), true, false), (String(repeating: "x", count: 127), true, false),
      (String(repeating: "x", count: 128), false, false), ("", false, false), ("a\0b", false, false),
    ])
  func names(word: String, isDevice: Bool, isInterface: Bool) {
    let bytes = [UInt8](word.utf8)
    #expect((refusal { () throws(Failure) in try LinkName(device: bytes) } == nil) == isDevice)
    #expect((refusal { () throws(Failure) in try LinkName(alternative: bytes) } == nil) == isDevice)
    #expect((refusal { () throws(Failure) in try LinkName(newInterface: bytes) } == nil) == isInterface)
  }
}
