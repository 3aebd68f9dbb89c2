import Testing

@testable import Netlink

/// A path is a list of one to three attribute types.
@Suite struct AttributePathTests {
  private static let paths = [
    AttributePath(1), AttributePath(2), AttributePath(1, 1), AttributePath(1, 2), AttributePath(2, 1),
    AttributePath(1, 0), AttributePath(1, 1, 1), AttributePath(1, 2, 3), AttributePath(1, 2, 0), AttributePath(3, 2, 1),
    AttributePath(0), AttributePath(0, 0), AttributePath(0, 0, 0),
  ]

  @Test("a path has the types that it was made of")
  func types() {
    let path = AttributePath(26, 10, 8)
    #expect(path.count == 3)
    #expect((0..<3).map { path[$0] } == [26, 10, 8])
    #expect(AttributePath(26, 10).count == 2 && AttributePath(26).count == 1)
    #expect(AttributePath(0xffff)[0] == 0xffff)
  }

  @Test("paths are equal where all types are, and their number is")
  func equality() {
    for (position, path) in Self.paths.enumerated() { #expect(Self.paths.firstIndex(of: path) == position) }
    #expect(AttributePath(1, 2, 3) == AttributePath(1, 2, 3))
  }

  @Test("equal paths are one key")
  func hashing() {
    var table: [AttributePath: Int] = [:]
    for (position, path) in Self.paths.enumerated() { table[path] = position }
    #expect(table.count == Self.paths.count)
    for path in Self.paths {
      var copy = AttributePath(Int(path[0]))
      if path.count == 2 { copy = AttributePath(Int(path[0]), Int(path[1])) }
      if path.count == 3 { copy = AttributePath(Int(path[0]), Int(path[1]), Int(path[2])) }
      #expect(copy.hashValue == path.hashValue)
      #expect(table[copy] == Self.paths.firstIndex(of: path))
    }
  }

  @Test("the type of a property is the last one of its path")
  func property() {
    let property = Property<Never, UInt8>(AttributePath(26, 10, 8), "addrgenmode")
    #expect(property.type == 8)
    #expect(Property<Never, UInt8>(7).path == AttributePath(7))
    #expect("\(property.keyword)" == "addrgenmode" && Property<Never, UInt8>(7).keyword.utf8CodeUnitCount == 0)
  }
}
