"""Hashes generated data with SHA-256. hashlib releases the interpreter lock for parts of more than 2047 bytes."""
import hashlib

from ..block import parts_of, seed_bytes

# Large parts, so that the lock is taken seldom: how the data is cut makes no difference to the digest.
BLOCKS = 16


def run(size, seed, context):
    digest = hashlib.sha256(seed_bytes(seed))
    for part in parts_of(size, BLOCKS):
        digest.update(part)
    return int.from_bytes(digest.digest()[:4], "big")
