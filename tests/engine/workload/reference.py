"""An independent implementation of the workloads, written from the comments in their files.

The checksums in workloads.test.ts come from it:  python3 tests/engine/workload/reference.py
"""
import functools
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


def pbkdf2(size, seed):
    key = struct.pack("<I", seed)
    while size > 0:
        key = hashlib.pbkdf2_hmac("sha256", key, BLOCK[:16], min(size, 65536), 32)
        size -= 65536
    return struct.unpack(">I", key[:4])[0]


def sort(size, seed):
    first = mix32(seed) % size
    numbers = sorted(random_at(0, first + i) for i in range(size))
    return zlib.crc32(b"".join(struct.pack("<I", number) for number in numbers), seed)


def mandelbrot(size, seed):
    dx, dy = (random_at(seed, i) / 2**32 for i in (0, 1))
    checksum = fold(fold(seed, random_at(seed, 0)), random_at(seed, 1))
    for r in range(size):
        for c in range(size):
            x, y = -2 + 3 * ((c + dx) / size), -1.25 + 2.5 * ((r + dy) / size)
            zx, zy, steps = 0.0, 0.0, 0
            while zx**2 + zy**2 <= 4 and steps < 255:
                zx, zy, steps = zx * zx - zy * zy + x, 2 * zx * zy + y, steps + 1
            checksum = fold(checksum, steps)
    return checksum


def kmeans(size, seed):
    points = [[random_at(seed, 4 * p + d) / 2**32 for d in range(4)] for p in range(size)]
    centres = [list(point) for point in points[:8]]
    for _ in range(5):
        distances = [[functools.reduce(lambda sum, d: sum + (point[d] - centre[d]) ** 2, range(4), 0.0) for centre in centres] for point in points]
        belongs = [row.index(min(row)) for row in distances]
        for c in range(8):
            own = [point for point, cluster in zip(points, belongs) if cluster == c]
            # Not sum(): since Python 3.12 it corrects the rounding.
            if own:
                centres[c] = [functools.reduce(float.__add__, (point[d] for point in own)) / len(own) for d in range(4)]
    bits = [struct.unpack(">II", struct.pack(">d", value)) for centre in centres for value in centre]
    values = [word for pair in bits for word in pair] + [belongs.count(c) for c in range(8)]
    return functools.reduce(fold, values, seed)


def group(size, seed):
    first = mix32(seed) % 1024
    rows = []
    for r in ((first + i) % 1024 for i in range(size)):
        s, q, c = (random_at(0, 3 * r + i) for i in range(3))
        rows.append(("shop-%d" % (s % 100), q % 9 + 1, c % 10000))
    checksum = seed
    for name in sorted({row[0] for row in rows}):
        own = [row for row in rows if row[0] == name]
        cents = [row[2] for row in own]
        for value in (int(name[5:]), len(own), sum(row[1] for row in own), sum(row[1] * row[2] for row in own), min(cents), max(cents)):
            checksum = fold(checksum, value)
    return checksum


# Settings and what was prepared have no part in a checksum but for these: bodies of 1000 bytes, an array of 1 MiB.
BODY_BYTES = 1000


def http(size, seed):
    bodies = b"".join(data(BODY_BYTES, random_at(seed, request)) for request in range(size))
    return zlib.crc32(bodies, seed)


def sql(size, seed):
    amounts = {}
    for i in range(size):
        amounts.setdefault(random_at(seed, i), random_at(seed, size + i))
    codes = (random_at(seed, random_at(seed, 2 * size + i) % size) for i in range(size))
    return functools.reduce(fold, (amounts[code] for code in codes), seed)


ARRAY = [random_at(0, i) for i in range(2**18)]


def scan(size, seed):
    first = mix32(seed) % len(ARRAY)
    return fold(seed, sum(ARRAY[(first + i) % len(ARRAY)] for i in range(size)))


def fetch_and_hash(size, seed):
    return struct.unpack(">I", hashlib.sha256(data(size, seed) * 8).digest()[:4])[0]


CASES = (
    (sha256, (64, 65536, 200001)),
    (primes, (1, 2000)),
    (matmul, (4, 33)),
    (sleep, (1,)),
    (files, (1, 65536, 200001)),
    (count, (1,)),
    (pbkdf2, (1, 3000, 65536, 150000)),
    (sort, (1, 2, 5000)),
    (mandelbrot, (8, 50)),
    (kmeans, (8, 9, 1500)),
    (group, (1, 1023, 5000)),
    (sql, (1, 150)),
    (http, (1, 5)),
    (scan, (1, 1000, 300000)),
    (fetch_and_hash, (64, 65536, 200001)),
)

if __name__ == "__main__":
    for workload, sizes in CASES:
        for size in sizes:
            print("  ['%s', %d, [%s]]," % (workload.__name__.replace("_", "-"), size, ", ".join(str(workload(size, seed)) for seed in (0, 1, 123456789, MASK))))
    print("seeds", [random_at(2026, i) for i in (0, 1, 63)])
