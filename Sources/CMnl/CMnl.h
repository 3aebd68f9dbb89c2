// The C headers that vethctl uses: libmnl, the kernel's netlink headers, and the C library's.
// Swift calls the C library directly. system-calls.h holds what Swift cannot import, newer-kernel.h the constants that
// are newer than the distribution's headers.
//
// _GNU_SOURCE is not defined. It changes types such as fd_set, and a program that imports this module and Foundation
// would see two different types of one name, which does not compile.
#pragma once

#include <netinet/in.h> // before the kernel's headers, which then leave out the same types

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/bpf.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#include "newer-kernel.h"
#include "system-calls.h"
