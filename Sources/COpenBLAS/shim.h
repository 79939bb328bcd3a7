// Debian's OpenBLAS, as it is.
#include <cblas.h>
