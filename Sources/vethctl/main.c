// Swift has no CommandLine without its full runtime, so C hands over what it was called with. The address travels
// as a number: pointers stay out of the command line's Swift, and become words on the floor that may touch them.
#include <stdint.h>

int vethctl_main(int count, uintptr_t arguments);

int main(int count, char **arguments) { return vethctl_main(count, (uintptr_t)arguments); }
