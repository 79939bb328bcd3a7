// CPU features, read at run time by code that was built without any CPU flags.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

/// The features of `cvector_feature_*` that this CPU has.
uint32_t ckernels_cpu_features(void);
/// The features this build needs and this CPU lacks; 0 where the program may run.
uint32_t ckernels_missing_features(void);
/// The names of `features`, separated by spaces; static storage, not thread-safe.
const char *ckernels_feature_names(uint32_t features);

#endif
