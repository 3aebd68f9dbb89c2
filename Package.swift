// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .treatWarning("EmbeddedRestrictions", as: .error),
]

let package = Package(
  name: "vethctl",
  products: [
    .library(name: "Netlink", targets: ["Netlink"]),
    .library(name: "RTNetlink", targets: ["RTNetlink"]),
    .library(name: "Veth", targets: ["Veth"]),
    .executable(name: "vethctl", targets: ["vethctl"]),
  ],
  targets: [
    .systemLibrary(name: "CMnl", pkgConfig: "libmnl", providers: [.apt(["libmnl-dev"])]),
    .target(name: "SystemCalls", dependencies: ["CMnl"], swiftSettings: settings),
    .target(name: "Netlink", dependencies: ["SystemCalls", "CMnl"], swiftSettings: settings),
    .target(name: "RTNetlink", dependencies: ["Netlink"], swiftSettings: settings),
    .target(name: "Veth", dependencies: ["RTNetlink"], swiftSettings: settings),
    .target(name: "CLI", dependencies: ["Veth"], swiftSettings: settings),
    .executableTarget(name: "vethctl", dependencies: ["CLI"]),
    .target(name: "TestSupport", dependencies: ["Netlink"], path: "Tests/TestSupport", exclude: ["Captures"]),
    .testTarget(name: "NetlinkTests", dependencies: ["Netlink", "SystemCalls", "CMnl", "TestSupport"]),
    .testTarget(
      name: "RTNetlinkTests", dependencies: ["RTNetlink", "SystemCalls", "CMnl", "TestSupport"], exclude: ["Golden"]),
    .testTarget(name: "VethTests", dependencies: ["Veth", "RTNetlink", "Netlink", "SystemCalls", "TestSupport"]),
    .testTarget(
      name: "CLITests", dependencies: ["CLI", "Veth", "RTNetlink", "Netlink", "SystemCalls", "CMnl", "TestSupport"],
      exclude: ["Cases"]),
    .testTarget(name: "CommandLineTests", exclude: ["Cases"]),
  ]
)
