"""Multiplies two square matrices of whole numbers in lists: bytecode only, the interpreter lock is held throughout."""
from ..generator import fold, random_at


def run(size, seed, context):
    entries = size * size
    a = [random_at(seed, i) & 255 for i in range(entries)]
    b = [random_at(seed, entries + i) & 255 for i in range(entries)]
    columns = [b[column::size] for column in range(size)]
    checksum = seed
    for start in range(0, entries, size):
        row = a[start : start + size]
        for column in columns:
            total = 0
            for left, right in zip(row, column):
                total += left * right
            checksum = fold(checksum, total)
    return checksum
