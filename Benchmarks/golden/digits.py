"""Writes Examples/digits/digits.csv: scikit-learn's copy of the UCI hand-written digits, 64 grey values of 0 to 16 and the label.

Needs scikit-learn. Usage: python3 digits.py DIRECTORY
"""

import sys

from sklearn.datasets import load_digits

digits = load_digits()
with open(f"{sys.argv[1]}/digits.csv", "w") as file:
    for pixels, label in zip(digits.data.astype(int), digits.target):
        file.write(",".join(map(str, [*pixels, label])) + "\n")
