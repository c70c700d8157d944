"""An independent implementation of the workloads, written from the comments in their files.

The checksums in workloads.test.ts come from it:  python3 tests/engine/workload/reference.py
"""
import hashlib
import struct
import zlib

MASK = 0xFFFFFFFF


def mix32(x):
    x &= MASK
    x ^= x >> 16
    x = x * 0x21F0AAAD & MASK
    x ^= x >> 15
    x = x * 0x735A2D97 & MASK
    return x ^ x >> 15


def random_at(seed, i):
    return mix32(seed + (i + 1) * 0x9E3779B9)


def fold(checksum, value):
    return (checksum * 31 + value) & MASK


BLOCK = b"".join(struct.pack("<I", random_at(0, i)) for i in range(16384))


def data(size, seed):
    return struct.pack("<I", seed) + (BLOCK * (size // len(BLOCK) + 1))[:size]


def sha256(size, seed):
    return struct.unpack(">I", hashlib.sha256(data(size, seed)).digest()[:4])[0]


def files(size, seed):
    return zlib.crc32(data(size, seed))


def primes(size, seed):
    start = 1000001 + 2 * (mix32(seed) % 16384)
    checksum = seed
    for number in range(start, start + 2 * size, 2):
        if all(number % d for d in range(3, int(number**0.5) + 1, 2)):
            checksum = fold(checksum, number)
    return checksum


def matmul(size, seed):
    n = size
    a = [random_at(seed, i) % 256 for i in range(n * n)]
    b = [random_at(seed, n * n + i) % 256 for i in range(n * n)]
    checksum = seed
    for row in range(n):
        for column in range(n):
            checksum = fold(checksum, sum(a[row * n + k] * b[k * n + column] for k in range(n)))
    return checksum


def sleep(size, seed):
    return mix32(seed)


def count(size, seed):
    checksum = seed
    for number in range(1, 6):
        checksum = fold(checksum, number)
    return checksum


if __name__ == "__main__":
    for workload, sizes in ((sha256, (64, 65536, 200001)), (primes, (1, 2000)), (matmul, (4, 33)), (sleep, (1,)), (files, (1, 65536, 200001)), (count, (1,))):
        for size in sizes:
            print("  ['%s', %d, [%s]]," % (workload.__name__, size, ", ".join(str(workload(size, seed)) for seed in (0, 1, 123456789, MASK))))
    print("seeds", [random_at(2026, i) for i in (0, 1, 63)])
