// The C that vethctl sees: libmnl, the kernel's netlink headers, and the few libc calls made.
// What Swift cannot read (errno, variadic calls, function-like macros) is wrapped in `static inline`
// functions: system calls in system-calls.h, what few commands need in late-functions.h, the rest below; numbers newer
// than the distribution's headers are named in newer-kernel.h.
//
// No _GNU_SOURCE: it changes types such as fd_set, and a program that imports Foundation beside us would meet two of
// the same name, which does not compile.
#pragma once

#include <errno.h>
#include <netinet/in.h> // before the kernel's headers, which leave out what is there already
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/bpf.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/veth.h>

#include "newer-kernel.h"
#include "system-calls.h"
#include "late-functions.h"

static inline int last_errno(void) { return errno; }

// recvmsg(2). Returns the real length of the message where MSG_TRUNC is in `flags`, even if it is larger than the buffer.
// Stores the port of the sender (`nl_pid`; 0 is the kernel), and the id of the namespace that the message comes from
// (NETLINK_LISTEN_ALL_NSID; -1 for the socket's own).
static inline ssize_t receive_message(int socket, void *buffer, size_t size, int flags, unsigned *sender_port,
                                      int *namespace_id) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  struct sockaddr_nl sender = {0};
  struct iovec space = {buffer, size};
  struct msghdr message = {&sender, sizeof sender, &space, 1, &control, sizeof control, 0};
  *namespace_id = -1;
  *sender_port = 0;
  ssize_t length = recvmsg(socket, &message, flags);
  if (length < 0) return length;
  *sender_port = sender.nl_pid;
  for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item))
    if (item->cmsg_level == SOL_NETLINK && item->cmsg_type == NETLINK_LISTEN_ALL_NSID)
      memcpy(namespace_id, CMSG_DATA(item), sizeof *namespace_id);
  return length;
}

// recvmsg(2) of what the kernel tells unasked; of what others say, nothing (0 bytes). The namespace it is about comes
// beside it, as an id; -1 for the socket's own. What is too long for the buffer is lost, as where there was no room.
static inline ssize_t receive_event(int socket, void *buffer, size_t size, int *namespace_id) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  struct sockaddr_nl sender = {0};
  struct iovec room = {buffer, size};
  struct msghdr message = {&sender, sizeof sender, &room, 1, &control, sizeof control, 0};
  *namespace_id = -1;
  ssize_t count = syscall(SYS_recvmsg, socket, &message, 0);
  if (count < 0) return count;
  if (sender.nl_pid != 0) return 0;
  if (message.msg_flags & MSG_TRUNC) return errno = ENOBUFS, -1;
  struct cmsghdr *found = CMSG_FIRSTHDR(&message);
  if (found && found->cmsg_level == SOL_NETLINK && found->cmsg_type == NETLINK_LISTEN_ALL_NSID)
    memcpy(namespace_id, CMSG_DATA(found), sizeof *namespace_id);
  return count;
}

// The index of the interface of this name, which is shorter than IFNAMSIZ; SIOCGIFINDEX, netdevice(7). 0 for none.
static inline int interface_index(int socket, const void *name, size_t length) {
  struct ifreq request = {0};
  memcpy(request.ifr_name, name, length);
  return syscall(SYS_ioctl, socket, SIOCGIFINDEX, &request) < 0 ? 0 : request.ifr_ifindex;
}

// A BPF program by the path that it is pinned to; bpf(2) has no wrapper in the C library.
static inline int open_pinned_program(const char *path) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.pathname = (unsigned long)path;
  return (int)syscall(SYS_bpf, BPF_OBJ_GET, &attr, sizeof attr);
}

// What the kernel knows of the BPF program with this id; 0, or -1 with errno set.
static inline int describe_program(unsigned id, struct bpf_prog_info *info) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.prog_id = id;
  int program = (int)syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attr, sizeof attr);
  if (program < 0) return -1;
  memset(&attr, 0, sizeof attr);
  attr.info.bpf_fd = (unsigned)program;
  attr.info.info_len = sizeof *info;
  attr.info.info = (unsigned long)info;
  int result = (int)syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof attr);
  close_file(program);
  return result;
}
