// Debian's libpng; its simplified interface needs no setjmp.
#include <png.h>
