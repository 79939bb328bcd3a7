# Prints the polynomial coefficients of Sources/Kernels/Maths: minimax fits by Remez's exchange in 60 digits.
#
# Needs mpmath. Usage: python3 minimax.py
import mpmath as mp

mp.mp.dps = 60


def grid(low, high, count):
    """Chebyshev points of [low, high], dense near both ends."""
    return [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)][::-1]


def remez(target, weight, low, high, degree, rounds=12):
    """The polynomial p of `degree` on [low, high] with the smallest maximum of |weight · (p - target)|."""
    low, high = mp.mpf(low), mp.mpf(high)
    points = grid(low, high, degree + 2)
    dense = [low, *grid(low, high, 60 * (degree + 2)), high]
    values = [(x, target(x), weight(x)) for x in dense]
    for _ in range(rounds):
        matrix = mp.matrix(degree + 2, degree + 2)
        right = mp.matrix(degree + 2, 1)
        for row, x in enumerate(points):
            for power in range(degree + 1):
                matrix[row, power] = x**power
            matrix[row, degree + 1] = (-1) ** row / weight(x)
            right[row] = target(x)
        solution = mp.lu_solve(matrix, right)
        coefficients = [solution[i] for i in range(degree + 1)]
        errors = [(w * (mp.polyval(coefficients[::-1], x) - f), x) for x, f, w in values]
        extrema, best = [], errors[0]
        for error in errors[1:]:
            if (error[0] > 0) == (best[0] > 0):
                best = max(best, error, key=lambda e: abs(e[0]))
            else:
                extrema.append(best)
                best = error
        extrema.append(best)
        while len(extrema) > degree + 2:
            extrema.pop(0 if abs(extrema[0][0]) < abs(extrema[-1][0]) else -1)
        if len(extrema) < degree + 2:
            raise SystemExit("the exchange lost an extremum: raise the working precision")
        points = [x for _, x in extrema]
    return coefficients, max(abs(e[0]) for e in errors)


def show(name, fit, digits):
    coefficients, error = fit
    print(f"{name}: relative error 2^{float(mp.log(error, 2)):.1f}")
    for power, c in enumerate(coefficients):
        print(f"    [{power}] {mp.nstr(c, digits)}")


def split(name, value, *bits):
    """Prints `value` as a sum of numbers of so many significant bits each."""
    print(name)
    for count in bits:
        shift = count - 1 - int(mp.floor(mp.log(abs(value), 2)))
        part = mp.ldexp(mp.nint(mp.ldexp(value, shift)), -shift)
        print(f"    {count} bits: {float(part).hex()}")
        value -= part


def sine_tail(z):  # (sin r - r) / r³ of z = r²
    return -mp.mpf(1) / 6 + z / 120 if z < mp.mpf(10) ** -20 else (mp.sin(mp.sqrt(z)) - mp.sqrt(z)) / mp.sqrt(z) ** 3


def cosine_tail(z):  # (cos r - 1 + r²/2) / r⁴
    return mp.mpf(1) / 24 if z < mp.mpf(10) ** -12 else (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2


def exponential_tail(r):  # (eʳ - 1 - r) / r²
    return mp.mpf(1) / 2 + r / 6 if abs(r) < mp.mpf(10) ** -20 else (mp.exp(r) - 1 - r) / r**2


def logarithm_tail(f):  # (log(1 + f) - f + f²/2) / f³
    return mp.mpf(1) / 3 - f / 4 if abs(f) < mp.mpf(10) ** -15 else (mp.log1p(f) - f + f**2 / 2) / f**3


def tangent_tail(z):  # (tanh x - x) / x³ of z = x²
    return -mp.mpf(1) / 3 + 2 * z / 15 if z < mp.mpf(10) ** -20 else (mp.tanh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z


quarter = mp.mpf("0.79") ** 2  # π/4 and a little: rounding of the quadrant may overshoot
small = mp.mpf(10) ** -8


def square(x):  # the weight of a tail in r² or f², kept away from zero, where nothing could be divided by it
    return max(x**2, small**2)


if __name__ == "__main__":
    show("sine, Float: S", remez(sine_tail, lambda z: z, small, quarter, 2), 12)
    show("cosine, Float: C", remez(cosine_tail, lambda z: z**2, small, quarter, 2), 12)
    show("sine, Double: S", remez(sine_tail, lambda z: z, small, quarter, 5), 20)
    show("cosine, Double: C", remez(cosine_tail, lambda z: z**2, small, quarter, 5), 20)
    reach = mp.log(2) / 2 * mp.mpf("1.001")
    show("exponential, Float: E", remez(exponential_tail, square, -reach, reach, 4), 12)
    show("logarithm, Float: L", remez(logarithm_tail, square, mp.sqrt(0.5) - 1, mp.sqrt(2) - 1, 7), 12)
    split("log 2, Float", mp.log(2), 14, 24)
    split("π/2, Float", mp.pi / 2, 24, 24, 24)
    split("π/2, Double", mp.pi / 2, 36, 36, 53)
    show("tanh, Float: T", remez(tangent_tail, lambda z: z, small, mp.mpf("0.55") ** 2, 4), 12)
