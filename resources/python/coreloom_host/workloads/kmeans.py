"""Five iterations of k-means: bytecode and floats only, so the interpreter lock is held throughout."""
import struct

from ..generator import fold, random_at

CLUSTERS = 8
DIMENSIONS = 4
ITERATIONS = 5


def run(size, seed, context):
    points = [tuple(random_at(seed, DIMENSIONS * p + d) / 2**32 for d in range(DIMENSIONS)) for p in range(size)]
    centres = points[:CLUSTERS]
    for _ in range(ITERATIONS):
        sums = [[0.0] * DIMENSIONS for _ in range(CLUSTERS)]
        members = [0] * CLUSTERS
        for point in points:
            cluster = nearest(point, centres)
            members[cluster] += 1
            total = sums[cluster]
            for d in range(DIMENSIONS):
                total[d] += point[d]
        centres = [
            tuple(value / count for value in total) if count else centre for total, count, centre in zip(sums, members, centres)
        ]
    return checksum_of(seed, centres, members)


def nearest(point, centres):
    best = 0
    best_distance = float("inf")
    x, y, z, w = point
    for cluster, (cx, cy, cz, cw) in enumerate(centres):
        dx, dy, dz, dw = x - cx, y - cy, z - cz, w - cw
        distance = dx * dx + dy * dy + dz * dz + dw * dw
        if distance < best_distance:
            best = cluster
            best_distance = distance
    return best


def checksum_of(seed, centres, members):
    checksum = seed
    for centre in centres:
        for coordinate in centre:
            high, low = struct.unpack(">II", struct.pack(">d", coordinate))
            checksum = fold(fold(checksum, high), low)
    for count in members:
        checksum = fold(checksum, count)
    return checksum
