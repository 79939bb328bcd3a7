// Sixteen floats (or eight doubles) at a time: what Swift's SIMD types do lane by lane, said to the compiler in one word.
#ifndef CVECTOR_H
#define CVECTOR_H

#include <stdint.h>

typedef float vector16 __attribute__((ext_vector_type(16)));     // imports as SIMD16<Float>
typedef float vector8f __attribute__((ext_vector_type(8)));      // imports as SIMD8<Float>
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

/// Asks for the cache line of an address that will be read soon; it need not be a valid one.
CVECTOR_INLINE void prefetch_line(const void *address) { __builtin_prefetch(address, 0, 3); }

// Bits of floats. Swift's integer operators on SIMD types are loops over lanes, which LLVM does not always find its way out of.

/// a * 2^n in two halves, so that the result may be denormal, zero or infinite; n in -252...254.
CVECTOR_INLINE vector16 scale16(vector16 a, integers16 n) {
    integers16 half = n >> 1;
    return a * (vector16)((half + 127) << 23) * (vector16)((n - half + 127) << 23);
}
/// a * 2^n for n in -126...127.
CVECTOR_INLINE vector16 scale_within16(vector16 a, integers16 n) { return a * (vector16)((n + 127) << 23); }
CVECTOR_INLINE integers16 difference16(integers16 a, integers16 b) { return a - b; }

/// m and k of a = m * 2^k with m in [sqrt(1/2), sqrt(2)), for positive normal numbers.
CVECTOR_INLINE vector16 mantissa16(vector16 a) {
    const int32_t root = 0x3f3504f3;
    return (vector16)((((integers16)a - root) & 0x7fffff) + root);
}
CVECTOR_INLINE vector16 exponent16(vector16 a) { return __builtin_convertvector(((integers16)a - 0x3f3504f3) >> 23, vector16); }

CVECTOR_INLINE vector16 magnitude16(vector16 a) { return __builtin_elementwise_abs(a); }
/// a, which is not negative, with the sign of b.
CVECTOR_INLINE vector16 signed16(vector16 a, vector16 b) { return (vector16)((integers16)a | ((integers16)b & INT32_MIN)); }

/// The sine n quarter turns ahead of an angle, of its sine and cosine; n stands in the low bits of `turns`.
CVECTOR_INLINE vector16 turn16(vector16 sine, vector16 cosine, vector16 turns, int ahead) {
    integers16 n = (integers16)turns + ahead;
    integers16 odd = -(n & 1);
    return (vector16)((((integers16)cosine & odd) | ((integers16)sine & ~odd)) ^ ((n & 2) << 30));
}
CVECTOR_INLINE vector8 turn8(vector8 sine, vector8 cosine, vector8 turns, int ahead) {
    typedef uint64_t words8 __attribute__((ext_vector_type(8)));
    words8 n = (words8)turns + (uint64_t)ahead;
    words8 odd = -(n & 1);
    return (vector8)((((words8)cosine & odd) | ((words8)sine & ~odd)) ^ ((n & 2) << 62));
}

// Bit i of the result is set where the comparison holds in lane i.
typedef _Bool truths8 __attribute__((ext_vector_type(8)));
#define CVECTOR_BITS(comparison)                                                                                           \
    union { truths8 lanes; uint8_t bits; } set = {__builtin_convertvector(comparison, truths8)};                           \
    return set.bits
CVECTOR_INLINE uint32_t bits_of8(vector8 a) { CVECTOR_BITS(a != 0); }
CVECTOR_INLINE uint32_t nan_bits8(vector8 a) { CVECTOR_BITS(a != a); }
CVECTOR_INLINE uint32_t outside_bits8(vector8 a, double low, double high) { CVECTOR_BITS((a < low) | (a > high)); }
CVECTOR_INLINE uint32_t at_least_bits8(vector8 a, double b) { CVECTOR_BITS(a >= b); }
#undef CVECTOR_BITS
CVECTOR_INLINE vector8f floats_of8(vector8 a) { return __builtin_convertvector(a, vector8f); }
CVECTOR_INLINE vector8 doubles_of8(vector8f a) { return __builtin_convertvector(a, vector8); }

typedef float loose8f __attribute__((ext_vector_type(8), aligned(4)));
typedef float loose16f __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t loose8i __attribute__((ext_vector_type(8), aligned(4)));

CVECTOR_INLINE vector8 doubles_of_integers8(const int32_t *p) { return __builtin_convertvector(*(const loose8i *)p, vector8); }
CVECTOR_INLINE void store8(float *p, vector8f v) { *(loose8f *)p = v; }
/// p[0], p[step], ... of `count` rows, then zeros.
CVECTOR_INLINE vector8f column_of8(const float *p, int step, int count) {
    vector8f v = 0;
    if (step == 1) return *(const loose8f *)p;
    for (int i = 0; i < 8; i++) v[i] = i < count ? p[i * step] : 0;
    return v;
}

/// p[i] <- bits [i * size, (i + 1) * size) of `word`, for i in 0 ..< count.
CVECTOR_INLINE void store_pieces(int32_t *p, uint64_t word, int size, int count) {
    for (int i = 0; i < count; i++) p[i] = (int32_t)(word >> (i * size) & ((1u << size) - 1));
}
/// p[i] <- bit i of `word`, for i in 0 ..< 64.
CVECTOR_INLINE void store_bits64(int32_t *p, uint64_t word) {
    typedef int32_t loose16i __attribute__((ext_vector_type(16), aligned(4)));
    const integers16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int i = 0; i < 4; i++) *(loose16i *)(p + 16 * i) = ((integers16)(int32_t)(word >> (16 * i) & 0xffff) >> lane) & 1;
}

// Rows of eight lanes, in single precision, of their columns in double.

CVECTOR_INLINE void store_rows8x2(float *p, vector8 a, vector8 b) {
    *(loose16f *)p = __builtin_shufflevector(floats_of8(a), floats_of8(b), 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
}
CVECTOR_INLINE void store_rows8x4(float *p, vector8 a, vector8 b, vector8 c, vector8 d) {
    vector16 ab = __builtin_shufflevector(floats_of8(a), floats_of8(b), 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    vector16 cd = __builtin_shufflevector(floats_of8(c), floats_of8(d), 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    *(loose16f *)p = __builtin_shufflevector(ab, cd, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
    *(loose16f *)(p + 16) = __builtin_shufflevector(ab, cd, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}
CVECTOR_INLINE void store_rows8x3(float *p, vector8 a, vector8 b, vector8 c) {
    vector8f x = floats_of8(a), y = floats_of8(b), z = floats_of8(c);
    for (int i = 0; i < 8; i++) p[3 * i] = x[i], p[3 * i + 1] = y[i], p[3 * i + 2] = z[i];
}
CVECTOR_INLINE void store_rows8x6(float *p, vector8 a, vector8 b, vector8 c, vector8 d, vector8 e, vector8 f) {
    vector8f u = floats_of8(a), v = floats_of8(b), w = floats_of8(c), x = floats_of8(d), y = floats_of8(e), z = floats_of8(f);
    for (int i = 0; i < 8; i++) {
        float *row = p + 6 * i;
        row[0] = u[i], row[1] = v[i], row[2] = w[i], row[3] = x[i], row[4] = y[i], row[5] = z[i];
    }
}

/// p[0 ..< n] <- v[0 ..< n] for n in 0...16; touches nothing else.
CVECTOR_INLINE void store_first16(float *p, vector16 v, int n) {
#ifdef __AVX512F__
    __builtin_ia32_storeups512_mask(p, v, (unsigned short)((1u << n) - 1));
#else
    for (int i = 0; i < n; i++) p[i] = v[i];
#endif
}

/// v[0 ..< n], then `rest`.
CVECTOR_INLINE vector16 keep_first16(vector16 v, int n, float rest) {
    const integers16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return lane < (integers16)n ? v : (vector16)rest;
}
/// The largest lane; NaN lanes may or may not be seen.
CVECTOR_INLINE float largest_of16(vector16 v) {
    typedef float vector4f __attribute__((ext_vector_type(4)));
    vector8f a = __builtin_elementwise_max(v.lo, v.hi);
    vector4f b = __builtin_elementwise_max(a.lo, a.hi);
    float even = b[0] > b[2] ? b[0] : b[2], odd = b[1] > b[3] ? b[1] : b[3];
    return even > odd ? even : odd;
}
/// The sum of the lanes, halves onto halves: always in the same order.
CVECTOR_INLINE float sum_of16(vector16 v) {
    typedef float vector4f __attribute__((ext_vector_type(4)));
    vector8f a = v.lo + v.hi;
    vector4f b = a.lo + a.hi;
    return (b[0] + b[2]) + (b[1] + b[3]);
}

/// The eight sums of sixteen lanes, each added in the order of `sum_of16`.
CVECTOR_INLINE vector8f sums_of16x8(vector16 s0, vector16 s1, vector16 s2, vector16 s3, vector16 s4, vector16 s5, vector16 s6, vector16 s7) {
#define CVECTOR_EIGHTS(a, b)                                                                                               \
    (__builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +                               \
     __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
#define CVECTOR_FOURS(a, b)                                                                                                \
    (__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +                             \
     __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31))
    vector16 even = CVECTOR_FOURS(CVECTOR_EIGHTS(s0, s2), CVECTOR_EIGHTS(s4, s6));
    vector16 odd = CVECTOR_FOURS(CVECTOR_EIGHTS(s1, s3), CVECTOR_EIGHTS(s5, s7));
#undef CVECTOR_EIGHTS
#undef CVECTOR_FOURS
    vector16 twos = __builtin_shufflevector(even, odd, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
                    __builtin_shufflevector(even, odd, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    return twos.even + twos.odd;
}

/// The numbers at even places of a and b, and those at odd places.
CVECTOR_INLINE vector16 evens_of16(vector16 a, vector16 b) {
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
CVECTOR_INLINE vector16 odds_of16(vector16 a, vector16 b) {
    return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
/// a and b in turn: the first sixteen numbers, and the last.
CVECTOR_INLINE vector16 woven_low16(vector16 a, vector16 b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
CVECTOR_INLINE vector16 woven_high16(vector16 a, vector16 b) {
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/// columns[c * 16 + r] <- rows[r * width + c] for the first `count` of 16 rows; the other lanes keep theirs.
CVECTOR_INLINE void gather_columns16(float *columns, const float *rows, int width, int count) {
    for (int r = 0; r < count; r++)
        for (int c = 0; c < width; c++) columns[c * 16 + r] = rows[r * width + c];
}
/// rows[r * width + c] <- columns[c * 16 + r]: the inverse of `gather_columns16`.
CVECTOR_INLINE void scatter_columns16(float *rows, const float *columns, int width, int count) {
    for (int r = 0; r < count; r++)
        for (int c = 0; c < width; c++) rows[r * width + c] = columns[c * 16 + r];
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
