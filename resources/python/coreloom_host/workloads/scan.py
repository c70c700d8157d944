"""Adds up numbers of an array that all tasks read. `sum` is one call in C, which holds the interpreter lock throughout.

The array is the run's file, mapped into memory: its pages are shared by all threads and processes, nothing is copied.
"""
import mmap

from ..generator import fold, mix32


def run(size, seed, context):
    numbers = array_of(context)
    start = mix32(seed) % len(numbers)
    total = 0
    left = size
    while left > 0:
        part = numbers[start : start + left]
        total += sum(part)
        left -= len(part)
        start = 0
    return fold(seed, total)


def array_of(context):
    path = context.argument["prepared"]["path"]
    found = context.state.get("scan")
    if found is None or found[0] != path:
        with open(path, "rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        found = context.state["scan"] = (path, memoryview(mapped).cast("I"))
    return found[1]
