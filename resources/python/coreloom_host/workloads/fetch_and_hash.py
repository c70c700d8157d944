"""Fetches data, then hashes it. Waiting releases the interpreter lock, and so does hashing of parts above 2047 bytes."""
import hashlib

from ..http_client import fetch_body

ROUNDS = 8
LONGEST_DELAY_MS = 60000


def run(size, seed, context):
    delay_ms = min(LONGEST_DELAY_MS, context.argument["prepared"]["delayMsPerMiB"] * size / 2**20)
    body = b"".join(fetch_body(context, (delay_ms, size, seed), list, lambda part, parts: parts.append(part) or parts))
    digest = hashlib.sha256()
    for _ in range(ROUNDS):
        digest.update(body)
    return int.from_bytes(digest.digest()[:4], "big")
