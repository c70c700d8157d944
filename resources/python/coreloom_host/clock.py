"""The clock of every stamp: the one that Node's process.hrtime reads, on the same machine."""
import sys
import time


def same_as_node(platform):
    if platform == "win32":
        # The performance counter, which time.monotonic reads only from Python 3.13 on.
        return time.perf_counter_ns
    if platform == "darwin" and hasattr(time, "CLOCK_MONOTONIC_RAW"):
        # mach_continuous_time, as libuv does: time.monotonic stands still while a Mac sleeps.
        return lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic_ns


now_ns = same_as_node(sys.platform)


def now_ms():
    """Milliseconds with a resolution of about 1 µs."""
    return now_ns() / 1e6
