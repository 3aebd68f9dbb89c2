// The types of `Netlink` are in the signatures of this module: a program that imports `RTNetlink` has them, too.
@_exported public import Netlink
