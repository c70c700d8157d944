"""Writes a file, syncs it, reads it back and removes it. Every call to the system releases the interpreter lock."""
import errno
import os
import zlib

from ..block import BLOCK_BYTES, parts_of, seed_bytes


def run(size, seed, context):
    written = context.state["files"] = context.state.get("files", 0) + 1
    folder = context.folder()
    path = os.path.join(folder, "%d.bin" % written)
    try:
        return written_and_read(path, size, seed)
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise OSError(error.errno, "The disk of %s is full: the workload files needs space there for one file per worker" % folder) from error
        raise
    finally:
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass


def written_and_read(path, size, seed):
    # Unbuffered: every part is one call, as in Node.
    with open(path, "xb+", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        write_all(file, seed_bytes(seed))
        for part in parts_of(size):
            write_all(file, part)
        os.fsync(file.fileno())
        file.seek(0)
        return checksum_of(file, size + 4)


def write_all(file, data):
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def checksum_of(file, expected):
    checksum = read = 0
    while True:
        part = file.read(BLOCK_BYTES)
        if not part:
            break
        checksum = zlib.crc32(part, checksum)
        read += len(part)
    if read != expected:
        raise OSError("A file of %d bytes was read back with %d bytes." % (expected, read))
    return checksum
