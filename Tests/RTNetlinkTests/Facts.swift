import RTNetlink

extension LinkFact {
  /// Every property of a link, with a value; `Golden/link-properties.txt` has the bytes.
  static let all = [
    LinkFact("name", .name, "v0"),
    LinkFact("queueingDiscipline", .queueingDiscipline, "noop"),
    LinkFact("alias", .alias, "hello"),
    LinkFact("parentDevice", .parentDevice, "virtio0"),
    LinkFact("parentBus", .parentBus, "virtio"),
    LinkFact("address", .address, "02:00:00:00:00:02"),
    LinkFact("broadcast", .broadcast, "ff:ff:ff:ff:ff:ff"),
    LinkFact("permanentAddress", .permanentAddress, "80:00:02:08:fe:80:00:00:00:00:00:00:00:00:00:00:00:00:00:01"),
    LinkFact("operationalState", .operationalState, .dormant),
    LinkFact("mode", .mode, .dormant),
    LinkFact("carrier", .carrier, 1),
    LinkFact("protocolDown", .protocolDown, 1),
    LinkFact("namespaceImmutable", .namespaceImmutable, 1),
    LinkFact("addressGenerationMode", .addressGenerationMode, .random),
    LinkFact("linkIndex", .linkIndex, 2),
    LinkFact("master", .master, 0),
    LinkFact("linkNetnsID", .linkNetnsID, -1),
    LinkFact("newIndex", .newIndex, 7),
    LinkFact("newNetnsID", .newNetnsID, 3),
    LinkFact("targetNetnsID", .targetNetnsID, 2),
    LinkFact("namespaceOfProcess", .namespaceOfProcess, 1234),
    LinkFact("namespaceDescriptor", .namespaceDescriptor, 5),
    LinkFact("mtu", .mtu, 1400),
    LinkFact("minimumMTU", .minimumMTU, 68),
    LinkFact("maximumMTU", .maximumMTU, 65535),
    LinkFact("group", .group, 5),
    LinkFact("transmitQueueLength", .transmitQueueLength, 500),
    LinkFact("transmitQueues", .transmitQueues, 2),
    LinkFact("receiveQueues", .receiveQueues, 1),
    LinkFact("promiscuity", .promiscuity, 3),
    LinkFact("allMulticast", .allMulticast, 4),
    LinkFact("gsoMaxSize", .gsoMaxSize, 60000),
    LinkFact("gsoMaxSegments", .gsoMaxSegments, 65535),
    LinkFact("tsoMaxSize", .tsoMaxSize, 524280),
    LinkFact("tsoMaxSegments", .tsoMaxSegments, 65535),
    LinkFact("groMaxSize", .groMaxSize, 65536),
    LinkFact("gsoIPv4MaxSize", .gsoIPv4MaxSize, 65536),
    LinkFact("groIPv4MaxSize", .groIPv4MaxSize, .max),
    LinkFact("carrierChanges", .carrierChanges, 2),
    LinkFact("event", .event, .notifyPeers),
    LinkFact("extMask", .extMask, 8),
  ]
}

extension AddressFact {
  /// Every property of an address, with a value; `Golden/address-properties.txt` has the bytes.
  static let all = [
    AddressFact("local", .local, "10.0.0.1"),
    AddressFact("address", .address, "fe80::5"),
    AddressFact("broadcast", .broadcast, "10.0.0.255"),
    AddressFact("anycast", .anycast, "fe80::"),
    AddressFact("label", .label, "v2:x"),
    AddressFact("flags", .flags, 0x200),
    AddressFact("metric", .metric, 5),
    AddressFact("addressProtocol", .addressProtocol, .kernelLoopback),
    AddressFact("lifetime", .lifetime, AddressLifetime(preferred: 1800, valid: 3600)),
  ]
}
