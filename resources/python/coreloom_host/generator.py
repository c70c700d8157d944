"""The generator and the checksum of src/engine/workload/random.ts."""

MASK = 0xFFFFFFFF


def mix32(x):
    """A pseudo-random unsigned 32-bit number for each number modulo 2**32, one to one (splitmix32's mixer)."""
    x &= MASK
    x ^= x >> 16
    x = x * 0x21F0AAAD & MASK
    x ^= x >> 15
    x = x * 0x735A2D97 & MASK
    return x ^ x >> 15


def random_at(seed, i):
    """The i-th number (from 0) of the generator that starts at `seed`."""
    return mix32(seed + (i + 1) * 0x9E3779B9)


def fold(checksum, value):
    """One step of a checksum; `value` is a whole number."""
    return (checksum * 31 + value) & MASK
