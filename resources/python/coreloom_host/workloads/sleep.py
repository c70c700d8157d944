"""Waits at least `size` ms. time.sleep releases the interpreter lock while it waits."""
import time

from ..generator import mix32


def run(size, seed, context):
    time.sleep(size / 1000)
    return mix32(seed)
