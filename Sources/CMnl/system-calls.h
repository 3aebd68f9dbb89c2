// Functions for what Swift cannot import: errno, variadic functions, function-like macros, and the system calls that
// have no wrapper in the C library without _GNU_SOURCE. Each does what its manual page in section 2 says.
#pragma once

#include <linux/sched.h>
#include <sys/syscall.h>

static inline int last_errno(void) { return errno; }

static inline void clear_errno(void) { errno = 0; }

// The name of an error number, such as `EEXIST`; NULL where the C library has no strerrorname_np(3), which is new in
// glibc 2.32 and declared for _GNU_SOURCE only.
extern const char *strerrorname_np(int number) __attribute__((weak));
static inline const char *error_name(int number) { return strerrorname_np ? strerrorname_np(number) : NULL; }

static inline int open_file(const char *path, int flags) { return open(path, flags | O_CLOEXEC); }

static inline int duplicate_descriptor(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

// poll(2) of one descriptor. A negative number of milliseconds has no end.
static inline int wait_for_input(int descriptor, int milliseconds) {
  struct pollfd request = {descriptor, POLLIN, 0};
  return poll(&request, 1, milliseconds);
}

// SO_RCVBUF, socket(7).
static inline void set_receive_buffer(int socket, int size) {
  setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

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

// The index of the interface that has this name, which is shorter than IFNAMSIZ; 0 where there is none. SIOCGIFINDEX,
// netdevice(7).
static inline int interface_index(int socket, const void *name, size_t length) {
  struct ifreq request = {0};
  memcpy(request.ifr_name, name, length);
  return ioctl(socket, SIOCGIFINDEX, &request) < 0 ? 0 : request.ifr_ifindex;
}

// setns(2) of the calling thread.
static inline int enter_network_namespace(int descriptor) { return (int)syscall(SYS_setns, descriptor, CLONE_NEWNET); }

// pidfd_open(2).
static inline int open_process(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

// The network namespace of the process that a pidfd stands for (linux/pidfd.h, Linux 6.11).
static inline int process_network_namespace(int pidfd) { return ioctl(pidfd, PIDFD_NETWORK_NAMESPACE, 0); }

// bpf(2) with BPF_OBJ_GET: opens the BPF program that is pinned at a path.
static inline int open_pinned_program(const char *path) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.pathname = (unsigned long)path;
  return (int)syscall(SYS_bpf, BPF_OBJ_GET, &attr, sizeof attr);
}

// bpf(2) with BPF_PROG_GET_FD_BY_ID: opens the BPF program that has an id.
static inline int open_program(unsigned id) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.prog_id = id;
  return (int)syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attr, sizeof attr);
}

// bpf(2) with BPF_OBJ_GET_INFO_BY_FD: describes an open BPF program.
static inline int describe_program(int program, struct bpf_prog_info *info) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.info.bpf_fd = (unsigned)program;
  attr.info.info_len = sizeof *info;
  attr.info.info = (unsigned long)info;
  return (int)syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof attr);
}
