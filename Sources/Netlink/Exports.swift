// `Errno` is in the signatures of this module: a program that imports `Netlink` has it, too.
@_exported public import struct SystemCalls.Errno
