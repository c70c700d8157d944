"""Requests to a server on loopback. Every call to the system releases the interpreter lock, waiting above all."""
import zlib

from ..generator import random_at
from ..http_client import fetch_body


def run(size, seed, context):
    settings = context.argument["settings"]
    checksum = seed
    for request in range(size):
        asked = (settings["delayMs"], settings["bodyBytes"], random_at(seed, request))
        begun = checksum
        checksum = fetch_body(context, asked, lambda: begun, zlib.crc32)
    return checksum
