// The types of `RTNetlink` and `Netlink` are in the signatures of this module: a program that imports `Veth` has them, too.
@_exported public import RTNetlink
