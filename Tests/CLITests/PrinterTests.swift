import Foundation
import RTNetlink
import SystemCalls
import TestSupport
import Testing

@testable import CLI

/// One statement of a field is text, a line of text, or JSON.
@Suite struct PrinterTests {
  private func text(
    _ form: Printer.Form, isTerminal: Bool = false, palette: Palette? = nil, _ write: (inout Printer) -> Void
  ) -> String {
    var out = Printer(form: form, isTerminal: isTerminal, palette: palette)
    write(&out)
    return String(decoding: out.unsent, as: UTF8.self)
  }

  /// Two records, with a list, an array of objects, an empty array and an empty object.
  private func writeRecords(_ out: inout Printer) {
    out.beginArray()
    for index in [1, 2] as [UInt32] {
      out.beginObject()
      out.field("ifindex", "", index, spaced: false)
      out.text(": ")
      out.beginList("flags", "<")
      if index == 1 {
        out.item("UP")
        out.item("LOWER_UP")
      }
      out.endList("> ")
      out.field("mtu", "mtu ", 1500 as UInt32)
      out.field("qdisc", "qdisc ", nil as UInt32?)
      out.json("isJSON", true)
      out.jsonNull("link")
      out.newLine()
      out.text("    ")
      out.beginObject("linkinfo")
      out.beginArray("addr_info")
      for prefix in [24, 64] as [UInt8] where index == 1 {
        out.beginObject()
        out.field("prefixlen", "/", prefix)
        out.endObject()
      }
      out.endArray()
      out.beginObject("info_data")
      out.endObject()
      out.beginArray("names")
      out.element([UInt8]("a".utf8))
      out.element([UInt8]("b".utf8))
      out.endArray()
      out.endObject()
      out.field("last", "last ", [UInt8]("x".utf8), spaced: false)
      out.endRecord()
      out.endObject()
    }
    out.endArray()
  }

  @Test("text has lines, and neither keys nor null")
  func text() {
    #expect(
      text(.text, writeRecords) == """
        1: <UP,LOWER_UP> mtu 1500\u{20}
            /24 /64 last x
        2: <> mtu 1500\u{20}
            last x

        """)
  }

  @Test("on one line, a backslash stands for each newline inside a record")
  func oneLine() {
    #expect(
      text(.oneLine, writeRecords) == """
        1: <UP,LOWER_UP> mtu 1500 \\    /24 /64 last x
        2: <> mtu 1500 \\    last x

        """)
  }

  @Test("JSON is a document on a line")
  func json() {
    #expect(
      text(.json, writeRecords) == """
        [{"ifindex":1,"flags":["UP","LOWER_UP"],"mtu":1500,"isJSON":true,"link":null,\
        "linkinfo":{"addr_info":[{"prefixlen":24},{"prefixlen":64}],"info_data":{},"names":["a","b"]},"last":"x"},\
        {"ifindex":2,"flags":[],"mtu":1500,"isJSON":true,"link":null,\
        "linkinfo":{"addr_info":[],"info_data":{},"names":["a","b"]},"last":"x"}]

        """)
  }

  /// As `ip` has it: arrays of words on a line, objects indented by their depth.
  @Test("pretty JSON is indented")
  func prettyJSON() throws {
    let text = text(.prettyJSON, writeRecords)
    #expect(
      text == """
        [ {
                "ifindex": 1,
                "flags": [ "UP","LOWER_UP" ],
                "mtu": 1500,
                "isJSON": true,
                "link": null,
                "linkinfo": {
                    "addr_info": [ {
                            "prefixlen": 24
                        },{
                            "prefixlen": 64
                        } ],
                    "info_data": {},
                    "names": [ "a","b" ]
                },
                "last": "x"
            },{
                "ifindex": 2,
                "flags": [ ],
                "mtu": 1500,
                "isJSON": true,
                "link": null,
                "linkinfo": {
                    "addr_info": [ ],
                    "info_data": {},
                    "names": [ "a","b" ]
                },
                "last": "x"
            } ]

        """)
    #expect(try object(text) == object(self.text(.json, writeRecords)))
  }

  private func object(_ text: String) throws -> NSArray? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSArray
  }

  @Test("documents follow each other, each on its line", arguments: [Printer.Form.json, .prettyJSON])
  func documents(form: Printer.Form) {
    let documents = text(form) { out in
      for _ in 0..<2 {
        out.beginArray()
        out.endArray()
        out.beginObject()
        out.json("a", 1 as Int32)
        out.endObject()
      }
    }
    let lines = form == .json ? "[]\n{\"a\":1}\n" : "[ ]\n{\n    \"a\": 1\n}\n"
    #expect(documents == lines + lines)
  }

  /// Whatever is nested in whatever, both forms of JSON are the same document.
  @Test("every nesting of arrays and objects is a document", arguments: 0..<64)
  func nesting(shape: Int) throws {
    let keys: [StaticString] = ["zero", "one", "two", "three", "four", "five"]
    func write(_ out: inout Printer) {
      out.beginObject()
      for level in 0..<6 {
        if shape >> level & 1 == 0 {
          out.beginObject(keys[level])
        } else {
          out.beginArray(keys[level])
          out.beginObject()
        }
        if level % 2 == 0 { out.json("n", Int32(level)) }
      }
      for level in (0..<6).reversed() {
        out.endObject()
        if shape >> level & 1 == 1 {
          out.element(Int32(level))
          out.endArray()
        }
        if level % 3 == 0 { out.jsonNull("z") }
      }
      out.endObject()
    }
    let documents = try [Printer.Form.json, .prettyJSON].map {
      try #require(try JSONSerialization.jsonObject(with: Data(text($0, write).utf8)) as? NSDictionary)
    }
    #expect(documents[0] == documents[1])
    #expect(text(.text, write) == "")
  }

  @Test("columns are filled up in text, and are nothing in JSON")
  func columns() {
    func write(_ out: inout Printer) {
      for name in ["a", "abcdef"] {
        let column = out.beginColumn()
        out.text([UInt8](name.utf8))
        out.endColumn(column, width: 4)
        out.text("|")
      }
    }
    #expect(text(.text, write) == "a   |abcdef|")
    #expect(text(.json, write) == "")
  }

  @Test("colours are around a value, with its blank, and never in JSON")
  func colors() {
    func write(_ out: inout Printer) {
      out.field("address", "addr ", 5 as UInt8, in: .ipv4)
      out.field("address", "addr ", nil as UInt8?, in: .ipv4)
      out.begin(.up)
      out.text("UP")
      out.end(.up)
      out.begin(nil)
      out.end(nil)
    }
    #expect(text(.text, palette: .dark, write) == "addr \u{1b}[1;35m5 \u{1b}[0m\u{1b}[1;32mUP\u{1b}[0m")
    #expect(text(.text, palette: .light, write) == "addr \u{1b}[35m5 \u{1b}[0m\u{1b}[32mUP\u{1b}[0m")
    #expect(text(.text, write) == "addr 5 UP")
    #expect(text(.json, palette: .dark) { $0.field("a", "", 5 as UInt8, in: .ipv4) } == "\"a\":5")
  }

  @Test("what a failed command has left is dropped, and the next document is whole")
  func discards() {
    let left = text(.json) { out in
      out.beginArray()
      out.beginObject()
      out.json("a", 1 as Int32)
      out.discard()
      out.beginArray()
      out.endArray()
    }
    #expect(left == "[]\n")
  }

  @Test("flushing sends what there is, and says whether somebody takes it")
  func flushes() throws {
    let streams = try StandardStreams.collect {
      var out = Printer(form: .text, isTerminal: false, palette: nil)
      out.text("one\n")
      Self.say(out.flush(), out.isEmpty)
      out.text("two\n")
      out.flushIfFull()
      Self.say(out.isEmpty)
      for _ in 0..<16 * 1024 { out.text("four") }
      out.flushIfFull()
      Self.say(out.isEmpty)
    }
    #expect(streams.output == "one\ntwo\n" + String(repeating: "four", count: 16 * 1024))
    #expect(streams.error == "true true false true ")
  }

  @Test("after a closed output, flushing says that nobody takes it")
  func isBroken() throws {
    let streams = try StandardStreams.collect(hasOutput: false) {
      var out = Printer(form: .text, isTerminal: false, palette: nil)
      Self.say(out.flush())
      out.text("one\n")
      Self.say(out.flush(), out.flush(), out.isEmpty)
    }
    #expect(streams.error == "true false false true ")
  }

  /// Writes answers to standard error, from the thread that has its own.
  private static func say(_ answers: Bool...) {
    for answer in answers { StandardStream.error.write([UInt8]("\(answer) ".utf8)) }
  }
}

/// Values as text, on a terminal and elsewhere, and as JSON.
@Suite struct FieldValueTests {
  private func forms(_ value: some FieldValue & ~Escapable) -> [String] {
    [false, true].map { isTerminal in
      var out = ByteBuffer()
      value.appendText(to: &out, isTerminal: isTerminal)
      return String(decoding: out.bytes, as: UTF8.self)
    } + [json(value)]
  }

  private func json(_ value: some FieldValue & ~Escapable) -> String {
    var out = ByteBuffer()
    value.appendJSON(to: &out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test("numbers and words")
  func plain() {
    #expect(forms(UInt8.max) == ["255", "255", "255"])
    #expect(forms(Int32.min) == ["-2147483648", "-2147483648", "-2147483648"])
    #expect(forms(UInt64.max) == Array(repeating: "18446744073709551615", count: 3))
    #expect(forms(true) == ["on", "on", "true"])
    #expect(forms(false) == ["off", "off", "false"])
    #expect(forms("UP" as StaticString) == ["UP", "UP", "\"UP\""])
    #expect(forms("web0" as KernelName) == ["web0", "web0", "\"web0\""])
  }

  @Test(
    "bytes of somebody else's are raw in a pipe, and shown on a terminal",
    arguments: [
      ([0x61, 0x62], "ab", #""ab""#),
      ([0x1b, 0x5b, 0x32, 0x4a], #"\x1b[2J"#, #""\u001b[2J""#),
      ([0x09, 0x0a, 0x0d, 0x08, 0x0c], #"\x09\x0a\x0d\x08\x0c"#, #""\t\n\r\b\f""#),
      ([0x22, 0x5c], #""\"#, #""\"\\""#),
      ([0x7f, 0x00], #"\x7f\x00"#, #""\u007f\u0000""#),
      // UTF-8 stays, but not the control characters U+0080 to U+009F, overlong forms, surrogates and what is cut off.
      ([0xc3, 0xbc, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80], "ü€😀", "\"ü€😀\""),
      ([0xc2, 0x9b], #"\xc2\x9b"#, #""\u00c2\u009b""#),
      ([0xc0, 0xaf], #"\xc0\xaf"#, #""\u00c0\u00af""#),
      ([0xe0, 0x80, 0xaf], #"\xe0\x80\xaf"#, #""\u00e0\u0080\u00af""#),
      ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#, #""\u00ed\u00a0\u0080""#),
      ([0xf4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#, #""\u00f4\u0090\u0080\u0080""#),
      ([0x61, 0xe2, 0x82], #"a\xe2\x82"#, #""a\u00e2\u0082""#),
      ([0xff, 0x61], #"\xffa"#, #""\u00ffa""#),
    ] as [([UInt8], String, String)])
  func escapes(bytes: [UInt8], shown: String, json: String) throws {
    var raw = ByteBuffer()
    bytes.appendText(to: &raw, isTerminal: false)
    #expect(raw.bytes == bytes)
    #expect(forms(bytes).dropFirst() == [shown, json])
    _ = try JSONSerialization.jsonObject(with: Data(self.json(bytes).utf8), options: .fragmentsAllowed)
    // The same bytes as a name of the kernel's, where they can be one.
    if let name = KernelName(bytes: bytes) { #expect(forms(name).dropFirst() == [shown, json]) }
    #expect(forms(bytes.span.bytes).dropFirst() == [shown, json])
  }

  @Test("addresses")
  func addresses() {
    let address = [0x02, 0, 0, 0, 0, 0xab] as [UInt8]
    var hexadecimal: [String] = []
    if let value = Hexadecimal(address.span.bytes) { hexadecimal = forms(value) }
    #expect(hexadecimal == ["02:00:00:00:00:ab", "02:00:00:00:00:ab", "\"02:00:00:00:00:ab\""])
    #expect(forms("10.0.0.255" as IPAddress) == ["10.0.0.255", "10.0.0.255", "\"10.0.0.255\""])
    #expect(forms("fd00::1" as IPAddress) == ["fd00::1", "fd00::1", "\"fd00::1\""])
  }
}
