// The entry point is in C, as Embedded Swift has no CommandLine. The address of `argv` is passed as a number, so that the
// Swift module CLI needs no pointers; the module SystemCalls reads the words.
#include <stdint.h>

int vethctl_main(int count, uintptr_t arguments);

int main(int count, char **arguments) { return vethctl_main(count, (uintptr_t)arguments); }
