// Sixteen floats (or eight doubles) at a time: what Swift's SIMD types do lane by lane, said to the compiler in one word.
#ifndef CVECTOR_H
#define CVECTOR_H

#include <stdint.h>

typedef float vector16 __attribute__((ext_vector_type(16)));     // imports as SIMD16<Float>
typedef int32_t integers16 __attribute__((ext_vector_type(16))); // imports as SIMD16<Int32>
typedef double vector8 __attribute__((ext_vector_type(8)));      // imports as SIMD8<Double>

#define CVECTOR_INLINE static inline __attribute__((always_inline))

#if defined(__FMA__) || defined(__AVX512F__)
#define CVECTOR_FUSED 1
CVECTOR_INLINE vector16 fma16(vector16 a, vector16 b, vector16 c) { return __builtin_elementwise_fma(a, b, c); }
#else
// Without the instruction a fused multiply-add is a library call per lane: multiply and add instead, with other last bits.
#define CVECTOR_FUSED 0
CVECTOR_INLINE vector16 fma16(vector16 a, vector16 b, vector16 c) { return a * b + c; }
#endif

CVECTOR_INLINE vector16 max16(vector16 a, vector16 b) { return __builtin_elementwise_max(a, b); }
CVECTOR_INLINE vector16 min16(vector16 a, vector16 b) { return __builtin_elementwise_min(a, b); }
CVECTOR_INLINE vector16 sqrt16(vector16 a) { return __builtin_elementwise_sqrt(a); }
CVECTOR_INLINE vector16 round16(vector16 a) { return __builtin_elementwise_roundeven(a); }
CVECTOR_INLINE vector8 round8(vector8 a) { return __builtin_elementwise_roundeven(a); }

/// Truncates toward zero; every lane must fit in 32 bits.
CVECTOR_INLINE integers16 integers_of16(vector16 a) { return __builtin_convertvector(a, integers16); }
CVECTOR_INLINE vector16 floats_of16(integers16 a) { return __builtin_convertvector(a, vector16); }
CVECTOR_INLINE integers16 bits_of16(vector16 a) { return (integers16)a; }
CVECTOR_INLINE vector16 floats_from_bits16(integers16 a) { return (vector16)a; }

/// p[0 ..< n] <- v[0 ..< n] for n in 0...16; touches nothing else.
CVECTOR_INLINE void store_first16(float *p, vector16 v, int n) {
#ifdef __AVX512F__
    __builtin_ia32_storeups512_mask(p, v, (unsigned short)((1u << n) - 1));
#else
    for (int i = 0; i < n; i++) p[i] = v[i];
#endif
}

// The widest register file the tiles may count on: 32 vectors of 16 floats, or 16 of 8.
#ifdef __AVX512F__
#define CVECTOR_WIDE_REGISTERS 1
#else
#define CVECTOR_WIDE_REGISTERS 0
#endif
static const int cvector_wide_registers = CVECTOR_WIDE_REGISTERS;
static const int cvector_fused = CVECTOR_FUSED;

/// Bits of the CPU features this build may use; data only, so that it can be read on any CPU (see CKernels).
extern const uint32_t cvector_built_features;
enum { cvector_feature_avx = 1, cvector_feature_avx2 = 2, cvector_feature_fma = 4, cvector_feature_bmi2 = 8,
       cvector_feature_avx512f = 16, cvector_feature_avx512bw = 32, cvector_feature_avx512vl = 64, cvector_feature_avx512dq = 128 };

#endif
