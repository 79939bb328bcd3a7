// Counts every allocation of this process, by standing in front of the C library's malloc.
#ifndef MALLOC_COUNT_H
#define MALLOC_COUNT_H
/// Calls of malloc, calloc, realloc, aligned_alloc and posix_memalign since the process began.
long malloc_count(void);
#endif
