// swift-tools-version: 6.3
import PackageDescription

// Programs that use the libraries of vethctl as any other package would: one for each task. run.sh builds and runs them.
let package = Package(
  name: "LibraryUser",
  dependencies: [.package(name: "vethctl", path: "../..")],
  targets: [
    .program("ListLinks", "RTNetlink"),
    .program("CreatePair", "RTNetlink"),
    .program("CreatePairInContainer", "Veth"),
    .program("AddAddress", "RTNetlink"),
    .program("EnsurePair", "Veth"),
    .program("WaitForAddress", "Veth"),
    .program("WatchLinks", "RTNetlink"),
    .program("FindPeers", "Veth"),
    .program("DeletePairs", "Veth"),
    .program("AttachContainer", "Veth"),
    .program("BridgeSettings", "RTNetlink"),
    .program("ReadAttribute", "RTNetlink"),
    .program("GenericFamilies", "Netlink"),
  ]
)

extension Target {
  /// A program that uses one product of vethctl.
  static func program(_ name: String, _ product: String) -> Target {
    .executableTarget(name: name, dependencies: [.product(name: product, package: "vethctl")])
  }
}
