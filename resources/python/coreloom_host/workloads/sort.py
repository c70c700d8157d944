"""Sorts random numbers with `list.sort`: one call in C, which holds the interpreter lock throughout."""
import sys
import zlib
from array import array

from ..generator import mix32, random_at


def run(size, seed, context):
    numbers = context.state.get("sort")
    # Made once for each worker and size: it takes as long as sorting does.
    if numbers is None or len(numbers) != 2 * size:
        numbers = context.state["sort"] = [random_at(0, i) for i in range(2 * size)]
    first = mix32(seed) % size
    part = numbers[first : first + size]
    part.sort()
    return zlib.crc32(bytes_of(part), seed)


def bytes_of(numbers):
    """Four bytes each, lowest first."""
    words = array("I", numbers)
    if sys.byteorder == "big":
        words.byteswap()
    return words
