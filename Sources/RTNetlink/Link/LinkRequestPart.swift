internal import CMnl
public import Netlink
internal import SystemCalls

extension LinkRequest {
  /// What a stretch of writing has put into a request: the properties that lie there, and flags.
  public struct Part: Sendable {
    /// Where the properties lie, in bytes from the beginning; what the kernel blames in a refusal is told by its place.
    public let range: Range<Int>
    /// The flags that it switches on or off.
    public let flags: LinkFlags

    /// Whether it sets nothing.
    public var isEmpty: Bool { range.isEmpty && flags.isEmpty }
  }

  /// What is written from here on, so far nothing, for `part(since:)`.
  public var position: Part { Part(range: byteCount..<byteCount, flags: LinkFlags(rawValue: flagsHeader.ifi_change)) }

  /// What was written since.
  public func part(since start: Part) -> Part {
    let flags = LinkFlags(rawValue: flagsHeader.ifi_change).subtracting(start.flags)
    return Part(range: start.range.lowerBound..<byteCount, flags: flags)
  }

  /// Whether a link has the properties and the flags that a part of the request sets.
  ///
  /// What a refused request has changed is told by this: the kernel goes through it step by step.
  @inline(never)
  public func isInForce(_ part: Part, on link: borrowing Link) -> Bool {
    var isInForce = (link.flags.rawValue ^ flagsHeader.ifi_flags) & part.flags.rawValue == 0
    var attributes = Attributes(request.bytes.extracting(part.range))
    while let attribute = attributes.next() {
      // What is missing counts as zero, and strings come with a NUL or without.
      let present = link.attributes.payload(Int(attribute.type))?.copied ?? []
      if present.withoutZeros != attribute.payload.copied.withoutZeros { isInForce = false }
    }
    return isInForce
  }

  /// Takes over what a part of another request sets.
  @inline(never)
  public mutating func append(_ part: Part, of other: borrowing LinkRequest) {
    let flags = LinkFlags(rawValue: other.flagsHeader.ifi_flags)
    set(part.flags.intersection(flags), on: true)
    set(part.flags.subtracting(flags), on: false)
    var attributes = Attributes(other.request.bytes.extracting(part.range))
    while let attribute = attributes.next() { request.append(Int(attribute.type), attribute.payload.copied) }
  }

  /// A request that gives a link back what this one is to change.
  @inline(never)
  public func inverse(on link: borrowing Link) -> LinkRequest {
    var inverse = LinkRequest.set()
    inverse.setIndex(link.index)
    let changed = LinkFlags(rawValue: flagsHeader.ifi_change)
    inverse.set(changed.intersection(link.flags), on: true)
    inverse.set(changed.subtracting(link.flags), on: false)
    var attributes = Attributes(request.bytes.extracting(droppingFirst: header + MemoryLayout<ifinfomsg>.size))
    while let attribute = attributes.next() {
      let type = Int(attribute.type)
      if type == IFLA_AF_SPEC {
        if let mode = link.addressGeneration { inverse.setAddressGeneration(mode) }
      } else {
        // What is missing counts as zero, and of a text as none.
        let none = [UInt8](repeating: 0, count: type == IFLA_IFALIAS ? 0 : attribute.payload.byteCount)
        inverse.request.append(type, link.attributes.payload(type)?.copied ?? none)
      }
    }
    return inverse
  }

  /// Whether a part sets a property.
  @inline(never)
  public func has<Value: AttributeValue>(_ property: Property<Link, Value>, in part: Part) -> Bool {
    Attributes(request.bytes.extracting(part.range)).last(Int(property.type)) != nil
  }

  private var flagsHeader: ifinfomsg {
    var flags = ifinfomsg()
    _ = request.bytes.extracting(droppingFirst: header).copy(to: &flags)
    return flags
  }
}

extension [UInt8] {
  fileprivate var withoutZeros: [UInt8] {
    var rest = self
    while rest.last == 0 { rest.removeLast() }
    return rest
  }
}
