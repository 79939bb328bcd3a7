# Prints NumPy's own draws: the golden values of Tests/BasicsTests/RandomSourceTests.swift and SeedSequenceTests.swift.
#
# Needs numpy. Usage: python3 numpy_random.py
import numpy as np
from numpy.random import PCG64, Generator, SeedSequence


def stream(seed, key=()):
    return Generator(PCG64(SeedSequence(seed, spawn_key=key)))


print("numpy", np.__version__)
print("state words")
for seed, key in [(0, ()), (42, ()), (2**32 - 1, ()), (2**32, ()), (2**64 - 1, ()), (7, (0,)), (7, (0, 3)), (2**40 + 5, (1, 2, 3))]:
    words = SeedSequence(seed, spawn_key=key).generate_state(5, np.uint64)
    print(f"    {seed} {list(key)}:", ", ".join(f"0x{int(word):016x}" for word in words))

print("raw words of seed 2**63 + 9:", ", ".join(f"0x{int(w):016x}" for w in PCG64(2**63 + 9).random_raw(4)))
print("first doubles")
for seed, key in [(2**64 - 1, ()), (7, (0, 3))]:
    print(f"    {seed} {list(key)}:", [repr(float(x)) for x in stream(seed, key).random(4)])
print("uniform(-0.6, -0.4), seed 9:", [repr(float(x)) for x in stream(9).uniform(-0.6, -0.4, 3)])

print("integers")
for bound in [1, 2, 7, 1000, 3 * 2**30, 2**32 - 1, 2**32, 2**32 + 1, 3 * 2**61, 2**63 - 1]:
    random = stream(5)
    print(f"    below {bound}:", [int(random.integers(0, bound)) for _ in range(8)])

random = stream(11)
mixed = [int(random.integers(0, 10)), random.random(), int(random.integers(0, 10)), int(random.integers(0, 2**40))]
print("10, double, 10, 2**40 (seed 11):", mixed)

random = stream(3)
print("choice(4, p=[.1, .2, .3, .4]), seed 3:", [int(random.choice(4, p=[0.1, 0.2, 0.3, 0.4])) for _ in range(20)])
print("permutation(20), seed 8:", stream(8).permutation(20).tolist())
random = stream(8)
values = list(range(5))
print("shuffles of 0…4, seed 8:", [(random.shuffle(values), list(values))[1] for _ in range(3)])
