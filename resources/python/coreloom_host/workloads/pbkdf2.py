"""Derives a key with PBKDF2-HMAC-SHA-256. OpenSSL does it in one call, which releases the interpreter lock."""
import hashlib

from ..block import BLOCK, seed_bytes

SALT = BLOCK[:16]


def run(size, seed, context):
    key = hashlib.pbkdf2_hmac("sha256", seed_bytes(seed), SALT, size, 32)
    return int.from_bytes(key[:4], "big")
