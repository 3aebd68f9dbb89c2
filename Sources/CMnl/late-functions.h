// Functions of the C library that few commands need, and that are looked up when one does: at every start of the program,
// each would take 1,300 instructions.
#pragma once

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fnmatch.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// A function of the C library by its name, looked up once; nothing where the C library has none of this name.
#define LATE(name)                                                                                                     \
  ({                                                                                                                   \
    static __typeof__(&name) found;                                                                                    \
    if (!found) found = (__typeof__(found))dlsym(NULL, #name);                                                         \
    found;                                                                                                             \
  })

static inline const char *error_text(int number) { return LATE(strerror)(number); }

// `EEXIST` for EEXIST, in a C library that knows (glibc 2.32), which declares it for _GNU_SOURCE only.
extern const char *strerrorname_np(int number);
static inline const char *error_name(int number) {
  return LATE(strerrorname_np) ? LATE(strerrorname_np)(number) : NULL;
}

// getenv(3).
static inline const char *variable_value(const char *name) { return LATE(getenv)(name); }

// fnmatch(3), without flags.
static inline int matches_pattern(const char *pattern, const char *text) {
  return LATE(fnmatch)(pattern, text, 0) == 0;
}

// gethostbyaddr(3); nothing where the resolver has no name.
static inline const char *host_name(const void *address, socklen_t size, int family) {
  struct hostent *host = LATE(gethostbyaddr)(address, size, family);
  return host ? host->h_name : NULL;
}

// inet_ntop(3) and inet_pton(3).
static inline int write_ipv6(const void *address, char *text, socklen_t size) {
  return LATE(inet_ntop)(AF_INET6, address, text, size) != NULL;
}
static inline int read_ipv6(const char *text, void *address) { return LATE(inet_pton)(AF_INET6, text, address) == 1; }

// The time of day where the user lives, as strftime(3) writes it. Returns the microseconds beyond it.
static inline unsigned write_local_time(char *text, size_t size, const char *format) {
  struct timespec now;
  struct tm parts;
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  LATE(strftime)(text, size, format, LATE(localtime_r)(&now.tv_sec, &parts));
  return (unsigned)(now.tv_nsec / 1000);
}
