// Kernel interface numbers that are newer than the oldest headers we build with (Linux 6.1).
// They are facts of the running kernel's ABI and never change; each names the header it comes from.
#pragma once
#include <linux/ioctl.h>

enum {
  NEWER_IFLA_GSO_IPV4_MAX_SIZE = 63, // linux/if_link.h, 6.3
  NEWER_IFLA_GRO_IPV4_MAX_SIZE = 64, // linux/if_link.h, 6.3
  NEWER_IFLA_NETNS_IMMUTABLE = 67,   // linux/if_link.h, 6.15
};

enum {
  NEWER_IFLA_BR_FDB_N_LEARNED = 48,          // linux/if_link.h, 6.7
  NEWER_IFLA_BR_FDB_MAX_LEARNED = 49,        // linux/if_link.h, 6.7
  NEWER_IFLA_BRPORT_MAB = 40,                // linux/if_link.h, 6.2
  NEWER_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS = 43, // linux/if_link.h, 6.4
  NEWER_IFLA_BRPORT_BACKUP_NHID = 44,        // linux/if_link.h, 6.6
};

enum {
  NEWER_RTEXT_FILTER_NAME_ONLY = 1 << 8, // linux/rtnetlink.h
};

#define PIDFD_NETWORK_NAMESPACE _IO(0xFF, 4) // PIDFD_GET_NET_NAMESPACE, linux/pidfd.h, 6.11
