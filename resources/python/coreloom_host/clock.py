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


# Functions of our own, which hold those of before the user's module was loaded: code that fakes time replaces `time.…`, and
# every name in every module that stands for one of its functions.
def now_ns(_read=same_as_node(sys.platform)):
    return _read()


def now_ms(_read=same_as_node(sys.platform)):
    """Milliseconds with a resolution of about 1 µs."""
    return _read() / 1e6


def thread_cpu_ns(_read=time.thread_time_ns):
    """CPU time of this thread."""
    return _read()


def process_cpu_ns(_read=time.process_time_ns):
    """CPU time of this process."""
    return _read()


def pause(seconds, _sleep=time.sleep):
    _sleep(seconds)
