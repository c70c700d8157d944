"""A file that the host's workers share with Node: which task each of them started last, and who ended them all."""
import mmap
import struct

PLACE = struct.Struct("=dddd")
CULPRIT = struct.Struct("=d")
CANCELLED = struct.Struct("=d")


class Marks:
    """Place 0 is the host's, one place of 32 bytes for each worker follows. Written in memory, read by Node when it looks."""

    def __init__(self, path):
        with open(path, "r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)

    def started(self, place, seq, at_ms, cpu_ms):
        """`cpu_ms`: what this thread had used of a core until then."""
        # Zeros mean "never": numbers are shifted by one.
        PLACE.pack_into(self._memory, place * PLACE.size, seq + 1, at_ms, cpu_ms, 0)

    def blame(self, worker):
        """This worker's task is what ends the process that it shares with others."""
        CULPRIT.pack_into(self._memory, 0, worker)

    def cancelled(self):
        """Node wants what runs here to end."""
        return CANCELLED.unpack_from(self._memory, CULPRIT.size)[0] != 0
