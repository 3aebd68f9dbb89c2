// System calls by their numbers: to look up one more function of the C library takes 1,300 instructions, at every start
// of the program. Each is as its page in section 2 of the manual has it.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static inline int open_file(const char *path, int flags) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC);
}

static inline ssize_t read_file(int descriptor, void *bytes, size_t size) {
  return syscall(SYS_read, descriptor, bytes, size);
}

static inline ssize_t write_file(int descriptor, const void *bytes, size_t size) {
  return syscall(SYS_write, descriptor, bytes, size);
}

static inline void close_file(int descriptor) { syscall(SYS_close, descriptor); }

// Another descriptor for what one stands for.
static inline int duplicate_descriptor(int descriptor) {
  return (int)syscall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 0);
}

// isatty(3). (The header of the settings asked for, `struct termios`, would not go together with the C library's.)
static inline int is_terminal(int descriptor) {
  unsigned settings[32];
  return syscall(SYS_ioctl, descriptor, TCGETS, settings) == 0;
}

// The inode number of an open file; 0 where fstat(2) fails.
static inline unsigned long inode_of(int descriptor) {
  struct stat found;
  return syscall(SYS_fstat, descriptor, &found) == 0 ? found.st_ino : 0;
}

// getdents64(2), whose entries are those of readdir(3).
_Static_assert(sizeof(ino_t) == 8 && sizeof(off_t) == 8, "struct dirent is not the kernel's linux_dirent64");
static inline ssize_t read_directory(int directory, void *entries, size_t size) {
  return syscall(SYS_getdents64, directory, entries, size);
}

// Waits for so many milliseconds until something can be read; for ever where they are negative.
static inline int wait_for_input(int descriptor, int milliseconds) {
  struct pollfd request = {descriptor, POLLIN, 0};
  struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return (int)syscall(SYS_ppoll, &request, 1, milliseconds < 0 ? NULL : &limit, NULL, 0);
}

// Milliseconds that only go forward.
static inline long monotonic_milliseconds(void) {
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// A number that nobody guesses; 0 where the kernel has none to give.
static inline unsigned random_number(void) {
  unsigned number = 0;
  syscall(SYS_getrandom, &number, sizeof number, 0);
  return number;
}

// A descriptor that names one process for good, where its number may be given to another (pidfd_open(2)).
static inline int open_process(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

// The network namespace of the process behind a pidfd (linux/pidfd.h; kernel 6.11 and newer).
static inline int process_network_namespace(int pidfd) {
  return (int)syscall(SYS_ioctl, pidfd, PIDFD_NETWORK_NAMESPACE, 0);
}

// setns(2) for the calling thread.
static inline int enter_network_namespace(int descriptor) { return (int)syscall(SYS_setns, descriptor, CLONE_NEWNET); }

// SO_RCVBUF, socket(7).
static inline void set_receive_buffer(int socket, int size) {
  syscall(SYS_setsockopt, socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}
