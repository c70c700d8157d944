"""No orphan: whatever runs here ends when the process that it works for is gone, also in the middle of a task."""
import multiprocessing
import os
import select
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1
# What a task's os._exit does besides is none of this.
exit_at_once = os._exit


def end_all():
    """Ends this process at once, and with it every process of its group: workers, and what their tasks started."""
    if leads_group():
        os.killpg(0, signal.SIGKILL)
    exit_at_once(1)


def end_all_but_tracker():
    """
    Ends all of this group but multiprocessing's own tracker, which hears no SIGTERM: it then removes the semaphores and
    the memory that have names, and ends. For groups in which nobody else hears none either.
    """
    if leads_group():
        # Who is suspended continues, and ends.
        os.killpg(0, signal.SIGCONT)
        os.killpg(0, signal.SIGTERM)
    exit_at_once(1)


def leads_group():
    """Node makes its Python the leader of a group of its own, where the system has groups."""
    return hasattr(os, "getpgrp") and os.getpgrp() == os.getpid()


def die_with_parent(by=getattr(signal, "SIGKILL", None)):
    """Linux: the kernel kills this process, or sends it another signal, when the one that started it ends."""
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass  # A Python built without it: the watching thread is left.


def end_with(connection):
    """Ends this process, by a thread that waits without taking part, when Node closes this connection."""
    if hasattr(select, "poll"):
        poll = select.poll()
        # Nothing to read for: a hang-up is told unasked.
        poll.register(connection, getattr(select, "POLLRDHUP", 0))
        wait = poll.poll
    else:
        sentinel = multiprocessing.parent_process().sentinel

        def wait():
            from multiprocessing.connection import wait as wait_for

            wait_for([sentinel])

    def watch():
        wait()
        exit_at_once(0)

    threading.Thread(target=watch, name="coreloom-watch", daemon=True).start()
