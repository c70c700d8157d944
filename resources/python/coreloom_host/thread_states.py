"""What the kernel tells of this process's threads, read without giving the interpreter lock away (Linux)."""
import os
import platform
import sys

from .descriptors import forget, keep

# The system call in which a thread waits for a condition, and so for the interpreter lock.
FUTEX = {"x86_64": b"202", "aarch64": b"98", "riscv64": b"98", "i686": b"240", "armv7l": b"240", "ppc64le": b"221", "s390x": b"238"}
BYTES = 96


class ThreadStates:
    """`sees` is False where a thread's state cannot be had; waiting is then unknown, and nobody is said to wait."""

    def __init__(self):
        """Made by the thread whose own time in the run queue it tells."""
        self.sees = False
        self._files = {}
        self._queue = None
        self._futex = FUTEX.get(platform.machine())
        if not sys.platform.startswith("linux"):
            return
        try:
            import ctypes

            # PyDLL keeps the lock during the call: with os.pread everybody would move on between two looks.
            self._pread = ctypes.PyDLL(None).pread
            self._pread.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long]
            self._pread.restype = ctypes.c_ssize_t
            self._buffer = ctypes.create_string_buffer(BYTES)
            self._queue = opened("/proc/thread-self/schedstat")
        except (ImportError, OSError, AttributeError):
            return
        self.sees = self._futex is not None and os.access("/proc/thread-self/syscall", os.R_OK)

    def queued_ns(self):
        """How long the thread that made this was ready to run and had no core, in all; 0 where unknown."""
        if self._queue is None:
            return 0
        words = self._read(self._queue).split()
        return int(words[1]) if len(words) == 3 else 0

    def state(self, tid):
        """Whether the thread is "running", "waiting" for a condition, or elsewhere ("blocked")."""
        if not self.sees:
            return "blocked"
        file = self._files.get(tid)
        if file is None:
            try:
                file = self._files[tid] = opened("/proc/self/task/%d/syscall" % tid)
            except OSError:
                return "blocked"
        call = self._read(file).split(None, 1)[:1]
        if call == [b"running"]:
            return "running"
        return "waiting" if call == [self._futex] else "blocked"

    def forget(self, tid):
        file = self._files.pop(tid, None)
        if file is not None:
            forget(file)
            os.close(file)

    def _read(self, file):
        count = self._pread(file, self._buffer, BYTES, 0)
        return self._buffer.raw[:count] if count > 0 else b""


def opened(path):
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    keep(file, "its view of the threads")
    return file
