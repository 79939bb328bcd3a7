// The CPU features that the flags of this build allow: a constant, compiled with the same flags as the Swift rooms.
#include "vector.h"

const uint32_t cvector_built_features = 0
#ifdef __AVX__
    | cvector_feature_avx
#endif
#ifdef __AVX2__
    | cvector_feature_avx2
#endif
#ifdef __FMA__
    | cvector_feature_fma
#endif
#ifdef __BMI2__
    | cvector_feature_bmi2
#endif
#ifdef __AVX512F__
    | cvector_feature_avx512f
#endif
#ifdef __AVX512BW__
    | cvector_feature_avx512bw
#endif
#ifdef __AVX512VL__
    | cvector_feature_avx512vl
#endif
#ifdef __AVX512DQ__
    | cvector_feature_avx512dq
#endif
    ;
