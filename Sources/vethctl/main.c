// Swift has no CommandLine without its full runtime, so C hands over what it was called with. The address travels
// as a number: pointers stay out of the command line's Swift, and become words on the floor that may touch them.
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int vethctl_main(int count, uintptr_t arguments);

// Nothing of the C library's is open that exit(3) would have to end, for which it looks through all libraries.
int main(int count, char **arguments) { return (int)syscall(SYS_exit_group, vethctl_main(count, (uintptr_t)arguments)); }

// Swift's objects ask for memory here, and none for more than malloc(3) gives by itself, which takes half the time.
__attribute__((visibility("hidden"))) int posix_memalign(void **memory, size_t alignment, size_t size) {
  if (alignment > _Alignof(max_align_t)) return EINVAL;
  return (*memory = malloc(size)) ? 0 : ENOMEM;
}
