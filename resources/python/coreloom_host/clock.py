"""The clock of every stamp: the one that Node's process.hrtime reads, on the same machine."""
import sys
import time

# On Windows Node reads the performance counter, which time.monotonic does only from Python 3.13 on.
now_ns = time.perf_counter_ns if sys.platform == "win32" else time.monotonic_ns


def now_ms():
    """Milliseconds with a resolution of about 1 µs."""
    return now_ns() / 1e6
