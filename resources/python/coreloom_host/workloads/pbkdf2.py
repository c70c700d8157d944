"""Derives a key with PBKDF2-HMAC-SHA-256. OpenSSL does it in one call, which releases the interpreter lock."""
import hashlib

from ..block import BLOCK, seed_bytes

SALT = BLOCK[:16]
# Nothing can end a thread in the middle of one call.
ITERATIONS_A_CALL = 65_536


def run(size, seed, context):
    key = seed_bytes(seed)
    for left in range(size, 0, -ITERATIONS_A_CALL):
        key = hashlib.pbkdf2_hmac("sha256", key, SALT, min(left, ITERATIONS_A_CALL), 32)
    return int.from_bytes(key[:4], "big")
