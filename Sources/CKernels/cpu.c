// Runs before anything else in the process: a CPU that lacks what this binary was built for gets a sentence, not SIGILL.
#include "ckernels.h"
#include "vector.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct { uint32_t bit; const char *name; } features[] = {
    {cvector_feature_avx, "avx"}, {cvector_feature_avx2, "avx2"}, {cvector_feature_fma, "fma"}, {cvector_feature_bmi2, "bmi2"},
    {cvector_feature_avx512f, "avx512f"}, {cvector_feature_avx512bw, "avx512bw"},
    {cvector_feature_avx512vl, "avx512vl"}, {cvector_feature_avx512dq, "avx512dq"},
};

uint32_t ckernels_cpu_features(void) {
    __builtin_cpu_init();
    uint32_t found = 0;
    if (__builtin_cpu_supports("avx")) found |= cvector_feature_avx;
    if (__builtin_cpu_supports("avx2")) found |= cvector_feature_avx2;
    if (__builtin_cpu_supports("fma")) found |= cvector_feature_fma;
    if (__builtin_cpu_supports("bmi2")) found |= cvector_feature_bmi2;
    if (__builtin_cpu_supports("avx512f")) found |= cvector_feature_avx512f;
    if (__builtin_cpu_supports("avx512bw")) found |= cvector_feature_avx512bw;
    if (__builtin_cpu_supports("avx512vl")) found |= cvector_feature_avx512vl;
    if (__builtin_cpu_supports("avx512dq")) found |= cvector_feature_avx512dq;
    return found;
}

uint32_t ckernels_missing_features(void) { return cvector_built_features & ~ckernels_cpu_features(); }

const char *ckernels_feature_names(uint32_t wanted) {
    static char text[128];
    text[0] = 0;
    for (unsigned i = 0; i < sizeof features / sizeof *features; i++) {
        if (!(wanted & features[i].bit)) continue;
        if (text[0]) strcat(text, " ");
        strcat(text, features[i].name);
    }
    return text;
}

__attribute__((constructor)) static void check(void) {
    uint32_t missing = ckernels_missing_features();
    if (!missing) return;
    char line[320];
    int length = snprintf(
        line, sizeof line,
        "rl: this CPU lacks %s, which this binary was built for; build it here, or with RL_CPU=x86-64-v3 or RL_CPU=baseline\n",
        ckernels_feature_names(missing));
    ssize_t written = write(2, line, (size_t)length);
    (void)written;
    _exit(1);
}
