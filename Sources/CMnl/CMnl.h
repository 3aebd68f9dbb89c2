// The C that vethctl sees: libmnl, the kernel's netlink headers, and the few libc calls made.
// What Swift cannot read (errno, variadic calls, function-like macros) is wrapped in `static inline`
// functions below; numbers newer than the distribution's headers are named in newer-kernel.h.
//
// System calls that few commands make go by their number there: to look up one more function of the C library takes
// 1,300 instructions, at every start of the program.
//
// No _GNU_SOURCE: it changes types such as fd_set, and a program that imports Foundation beside us would meet two of
// the same name, which does not compile.
#pragma once

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

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

static inline int last_errno(void) { return errno; }

// `EEXIST` for EEXIST, in a C library that knows (glibc 2.32), which declares it for _GNU_SOURCE only.
extern const char *strerrorname_np(int number) __attribute__((weak));
static inline const char *errno_name(int number) { return strerrorname_np ? strerrorname_np(number) : NULL; }

// Writes a 1 into a file that is there, such as a setting of the kernel's; 0, or -1 with errno set.
static inline int switch_on(const char *path) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = write(file, "1", 1);
  close(file);
  return count == 1 ? 0 : -1;
}

static inline int open_file(const char *path, int flags) { return open(path, flags | O_CLOEXEC); }

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

// The time of day where the user lives, as strftime(3) writes it. Returns the microseconds beyond it.
static inline unsigned write_local_time(char *text, size_t size, const char *format) {
  struct timespec now;
  struct tm parts;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  strftime(text, size, format, localtime_r(&now.tv_sec, &parts));
  return (unsigned)(now.tv_nsec / 1000);
}

// The index of the interface of this name, which is shorter than IFNAMSIZ; SIOCGIFINDEX, netdevice(7). 0 for none.
static inline int interface_index(int socket, const void *name, size_t length) {
  struct ifreq request = {0};
  memcpy(request.ifr_name, name, length);
  return ioctl(socket, SIOCGIFINDEX, &request) < 0 ? 0 : request.ifr_ifindex;
}

// SO_RCVBUF, socket(7).
static inline void set_receive_buffer(int socket, int size) {
  syscall(SYS_setsockopt, socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

// setns(2) for the calling thread, which the C library declares for _GNU_SOURCE only.
static inline int enter_network_namespace(int descriptor) { return (int)syscall(SYS_setns, descriptor, CLONE_NEWNET); }

// pidfd_open(2): a descriptor that names one process for good, where its number may be given to another.
static inline int open_process(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

// The number of a file, which no other of its file system has (inode): of the one at a path or, where that is empty, of an
// open one; 0 where it cannot be told.
#ifndef AT_EMPTY_PATH // the C library has it for _GNU_SOURCE only
#define AT_EMPTY_PATH 0x1000
#endif
static inline unsigned long file_number(int descriptor, const char *path) {
  struct stat found;
  return syscall(SYS_newfstatat, descriptor, path, &found, AT_EMPTY_PATH) == 0 ? found.st_ino : 0;
}

// Another descriptor for what one stands for; fcntl(2).
static inline int duplicate_descriptor(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

// The network namespace of the process behind a pidfd (linux/pidfd.h; kernel 6.11 and newer).
static inline int process_network_namespace(int pidfd) { return ioctl(pidfd, PIDFD_NETWORK_NAMESPACE, 0); }

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
  close(program);
  return result;
}
