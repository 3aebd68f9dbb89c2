import CMnl
import Foundation
import Netlink
import SystemCalls
import TestSupport
import Veth

@testable import CLI
@testable import RTNetlink

// What parsed arguments mean, as the tables of cases have it: one text for each value.

extension LinkSettings {
  /// The settings in their order, then what is no list of attributes.
  ///
  /// - Parameter kind: the word behind `type`, whose attributes are among the settings.
  func described(kind: String? = nil) -> [String] {
    let kind = kind ?? self.kind.map { "\($0)" } ?? ""
    var texts = settings.map { setting in
      switch setting.content {
      case .flags(let changed, let flags):
        (flags.isEmpty ? "-" : "+") + (Self.flagNames[changed.rawValue] ?? "\(changed.rawValue)")
      case .attribute(let path, let payload): Self.name(of: path, kind).described(payload)
      }
    }
    if let index { texts.append("ifi_index=\(index)") }
    if !alternativeNames.isEmpty { texts.append("altnames=\(alternativeNames.map { "\($0)" }.joined(separator: ","))") }
    if let peer { texts.append("peer(\(peer.described().joined(separator: " ")))") }
    return texts
  }

  private static let flagNames: [UInt32: String] = [
    IFF_UP.rawValue: "IFF_UP", IFF_MULTICAST.rawValue: "IFF_MULTICAST", IFF_ALLMULTI.rawValue: "IFF_ALLMULTI",
    IFF_PROMISC.rawValue: "IFF_PROMISC", IFF_NOTRAILERS.rawValue: "IFF_NOTRAILERS", IFF_NOARP.rawValue: "IFF_NOARP",
    IFF_DYNAMIC.rawValue: "IFF_DYNAMIC",
  ].reduce(into: [:]) { $0[UInt32($1.key)] = $1.value }

  private static func name(of path: AttributePath, _ kind: String) -> AttributeName {
    let types = (0..<path.count).map { Int(path[$0]) }
    let isOfKind = [[IFLA_LINKINFO, IFLA_INFO_DATA], [IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA]].contains(
      [Int](types.prefix(2)))
    return (isOfKind ? AttributeName.ofKinds[kind]?[types.last ?? 0] : AttributeName.ofLinks[types])
      ?? AttributeName("\(types)", .u32)
  }
}

extension LinkArguments {
  /// The arguments that are no settings yet, and the settings.
  var described: [String] {
    var texts: [String] = []
    func add(_ name: String, _ value: String?) { if let value { texts.append("\(name)=\(value)") } }
    add("dev", device.map { "\($0)" })
    for device in furtherDevices { add("dev", "\(device)") }
    add("name", name.map { String(decoding: $0, as: UTF8.self) })
    add("index", index.map { "\($0)" })
    add("group", group.map { "\($0)" })
    add("master", master.map { "\($0)" })
    add("netns", namespace.map(FakeResolver.name))
    add("link-netns", linkNamespace.map(FakeResolver.name))
    add("kind", kind.map { String(decoding: $0, as: UTF8.self) })
    return texts + settings.described()
  }
}

extension AddressSettings {
  /// The header and the attributes of the request, decoded here and not by the code under test.
  var described: [String] {
    let message = AddressRequest.add(self).request.written
    var texts = [
      "\(["\(AF_INET)": "inet", "\(AF_INET6)": "inet6"]["\(message[16])"] ?? "family \(message[16])")/\(message[17])"
    ]
    if message[18] != 0 { texts.append("ifa_flags=0x\(String(message[18], radix: 16))") }
    if message[19] != 0 { texts.append("ifa_scope=\(message[19])") }
    var rest = message[24...]
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = Int(rest[start]) | Int(rest[start + 1]) << 8
      let type = Int(rest[start + 2]) | Int(rest[start + 3]) << 8
      let name = AttributeName.ofAddresses[type] ?? AttributeName("\(type)", .u32)
      texts.append(name.described([UInt8](rest[start + 4..<start + length])))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return texts
  }
}

extension ShowFilter {
  /// The filters of links and of addresses.
  var described: [String] {
    var texts: [String] = []
    func add(_ name: String, _ value: String?) { if let value { texts.append("\(name)=\(value)") } }
    add("dev", device.map { "\($0)" })
    add("up", (stored("isUp") as Bool?).map { "\($0)" })
    add("master", master.map { "\($0)" })
    add("kind", (stored("kind") as [UInt8]?).map { String(decoding: $0, as: UTF8.self) })
    add("kernel-kind", kernelKind.map { "\($0)" })
    add("group", (stored("group") as UInt32?).map { "\($0)" })
    add("family", addresses.family.map { "\($0)" })
    add("to", addresses.prefix.map { "\($0)" })
    add("scope", addresses.scope.map { "\($0)" })
    add("label", addresses.label.map { String(decoding: $0, as: UTF8.self) })
    add("proto", addresses.addressProtocol.map { "\($0)" })
    add("present", addresses.present.isEmpty ? nil : "0x" + String(addresses.present.rawValue, radix: 16))
    add("absent", addresses.absent.isEmpty ? nil : "0x" + String(addresses.absent.rawValue, radix: 16))
    return texts
  }

  /// A property that only the file of the type can see.
  private func stored<Value>(_ name: String) -> Value? { CLITests.stored(name, in: self) }
}

/// A property that only its own file can see; nil for nil.
func stored<Value>(_ name: String, in subject: Any) -> Value? {
  guard let child = Mirror(reflecting: subject).children.first(where: { $0.label == name }) else {
    fatalError("\(type(of: subject)) has no property \(name)")
  }
  if let value = child.value as? Value { return value }
  return nil
}

extension AttachArguments {
  var described: [String] {
    var texts = ["netns=\(FakeResolver.name(of: container))", "name=\(name)", "host=\(hostName)"]
    if let bridge { texts.append("bridge=\(bridge)") }
    for address in addresses { texts.append("addr=\(address)") }
    for gateway in gateways { texts.append("gateway=\(gateway)") }
    if let mtu { texts.append("mtu=\(mtu)") }
    if let address { texts.append("address=\(address)") }
    return texts
  }
}

extension Options {
  /// The options that are not as without any word.
  var described: [String] {
    let defaults = Dictionary(uniqueKeysWithValues: Options().members)
    return members.filter { defaults[$0.0] != $0.1 }.map { "\($0.0)=\($0.1)" }
  }

  private var members: [(String, String)] {
    Mirror(reflecting: self).children.map { child in
      let value: String
      switch child.value {
      case let bytes as [UInt8]: value = String(decoding: bytes, as: UTF8.self)
      case let number as Int32?: value = number.map { "\($0)" } ?? "nil"
      case let family as Options.Family?: value = family.map { "\($0)" } ?? "nil"
      case let request as Options.Request?: value = request.map { "\($0)" } ?? "nil"
      default: value = "\(child.value)"
      }
      return (child.label ?? "", value)
    }
  }
}

extension PairShowArguments {
  var described: [String] {
    var texts = options.described
    if hasOptions { texts.append("options") }
    if let namespace { texts.append("netns=\(FakeResolver.name(of: namespace))") }
    if let drawing { texts.append("\(drawing)") }
    if let device { texts.append("dev=\(device)") }
    return texts
  }
}

extension MonitorArguments {
  var described: [String] {
    var texts: [String] = []
    if includes(.links) { texts.append("links") }
    if includes(.addresses) { texts.append("addresses") }
    if includes(.namespaceIDs) { texts.append("nsids") }
    if isLabelled { texts.append("labelled") }
    if includesAllNamespaces { texts.append("all-nsid") }
    if let device { texts.append("dev=\(device)") }
    return texts
  }
}

extension PairArguments {
  var described: [String] {
    ["own(\(own.described.joined(separator: " ")))", "peer(\(peer.described.joined(separator: " ")))"]
  }
}

extension PairEndArguments {
  var described: [String] {
    guard let link: LinkArguments = stored("link", in: self),
      let addresses: [EndAddress] = stored("addresses", in: self)
    else { return [] }
    return link.described + addresses.map { "addr=\($0.prefix)" + ($0.skipsDetection ? ",nodad" : "") }
  }
}

extension WaitArguments {
  var described: [String] {
    var texts = ["dev=\(device)", "\(condition)", String(decoding: word, as: UTF8.self)]
    if let namespace { texts.append("netns=\(FakeResolver.name(of: namespace))") }
    if let milliseconds { texts.append("ms=\(milliseconds)") }
    return texts
  }
}
