// Counts every allocation, by standing in front of the C library's malloc.
#ifndef MALLOC_COUNT_H
#define MALLOC_COUNT_H
/// Calls of malloc, calloc, realloc, aligned_alloc, memalign and posix_memalign by this thread since it began.
long malloc_count(void);
#endif
