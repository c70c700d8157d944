"""Requests to a server on loopback. Every call to the system releases the interpreter lock, waiting above all."""
import zlib

from ..generator import random_at
from ..http_client import fetch_parts


def run(size, seed, context):
    settings = context.argument["settings"]
    checksum = seed
    for request in range(size):
        for part in fetch_parts(context, settings["delayMs"], settings["bodyBytes"], random_at(seed, request)):
            checksum = zlib.crc32(part, checksum)
    return checksum
