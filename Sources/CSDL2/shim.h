// Debian's SDL2: types and constants. Its functions are looked up when a window is opened, so that a program which opens none starts
// without the sixty libraries behind a window.
#include <SDL2/SDL.h>
