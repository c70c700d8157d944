"""The shared block of src/engine/workload/block.ts."""
import struct

from .generator import random_at

BLOCK_BYTES = 65536

# Made with the first import of this module, once in each process: tasks that generated their own data would measure that.
BLOCK = b"".join(struct.pack("<I", random_at(0, i)) for i in range(BLOCK_BYTES // 4))


def seed_bytes(seed):
    """A seed as four bytes, lowest first."""
    return struct.pack("<I", seed)


def parts_of(size, blocks=1):
    """The parts of `size` bytes of data: the block again and again, `blocks` of them at a time, the last part cut."""
    part = memoryview(BLOCK * blocks)
    whole = len(part)
    while size >= whole:
        yield part
        size -= whole
    if size > 0:
        yield part[:size]
