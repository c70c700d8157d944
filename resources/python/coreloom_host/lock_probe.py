"""What the interpreter lock costs, seen from inside: a thread that asks for it at random moments and times the answer."""
import random
import sys
import threading

from .channel import Closed
from .clock import now_ns, pause, process_cpu_ns, thread_cpu_ns
from .thread_states import ThreadStates

# Of before the user's module was loaded, which may replace it.
_native_id = threading.get_native_id

# Mean time between two looks; random, so that they cannot fall into step with the tasks.
MEAN_S = 0.02
# Looking at a worker's state takes about 20 µs: with many workers there are fewer looks, so that it stays at 1 %.
WORKER_S = 0.002
REPORT_NS = 200_000_000
# A timer alone wakes a thread up to this late.
TIMER_NS = 250_000


def lock_is_on():
    """Whether the lock is on now: a module that is loaded may switch it on in a build that can be without."""
    return sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True


class LockProbe:
    """
    Counts, since it began: looks, looks that found the lock held, how long they waited for it, how many of them found
    each worker waiting for it, and what looking costs.
    """

    def __init__(self, control, shared):
        self._control = control
        self._shared = shared
        self._looks = shared and lock_is_on()
        self._started = False
        self._probes = self._held = 0
        self._wait_ms = 0.0
        self._workers = {}
        self._seen = {}
        self._states = None
        # Its own: that of the module is the tasks', whose numbers repeat where they seed it.
        self._random = random.Random()

    def start(self):
        """Begins with the first worker. Idempotent."""
        if self._started:
            return
        self._started = True
        try:
            threading.Thread(target=self._run, name="coreloom-probe", daemon=True).start()
        except RuntimeError:
            pass  # The system has no room for one more thread: then the lock is not looked at.

    def joined(self, worker, tid):
        """A worker's thread to look at."""
        self._seen[worker] = [0, 0.0]
        self._workers[worker] = tid

    def left(self, worker):
        tid = self._workers.pop(worker, None)
        self._seen.pop(worker, None)
        if tid is not None and self._states is not None:
            self._states.forget(tid)

    def _run(self):
        # The first report comes at once: it says which thread this is.
        reported_ns = 0
        while True:
            # The module is loaded by now, or will be: it may have switched the lock.
            self._looks = self._shared and lock_is_on()
            if self._looks and self._states is None:
                self._states = ThreadStates()
            if self._looks:
                self._look()
            else:
                pause(REPORT_NS / 1e9)
            if now_ns() - reported_ns >= REPORT_NS:
                reported_ns = now_ns()
                try:
                    self._report()
                except Closed:
                    return

    def _look(self):
        states = self._states
        pause_s = self._random.uniform(0.5, 1.5) * max(MEAN_S, len(self._workers) * WORKER_S)
        queued_ns = states.queued_ns()
        due_ns = now_ns() + int(pause_s * 1e9)
        # Sleeping gives the lock away, and on waking it is asked for.
        pause(pause_s)
        late_ns = now_ns() - due_ns
        if late_ns > TIMER_NS:
            # Waiting for a core is not waiting for the lock.
            late_ns -= states.queued_ns() - queued_ns
        self._probes += 1
        if late_ns > TIMER_NS:
            self._held += 1
            self._wait_ms += late_ns / 1e6
        self._see_workers(late_ns > TIMER_NS)

    def _see_workers(self, held):
        """
        Where the lock was free nobody waited for it.
        The thread that held the lock before this thread took it away is most often still seen running. Where nobody is, it is
        among those that wait, though only because it was looked at: of k that wait, k - 1 did so before.
        """
        states = {worker: self._states.state(tid) if held else "" for worker, tid in list(self._workers.items())}
        waiting = [worker for worker, state in states.items() if state == "waiting"]
        share = 1.0 if "running" in states.values() or not waiting else (len(waiting) - 1) / len(waiting)
        for worker, state in states.items():
            seen = self._seen.get(worker)
            if seen is not None:
                seen[0] += 1
                seen[1] += share if state == "waiting" else 0.0

    def _report(self):
        sees = self._looks and self._states.sees
        self._control.write(
            {
                "type": "lock",
                "atMs": now_ns() / 1e6,
                "cpuMs": process_cpu_ns() / 1e6,
                "probeCpuMs": thread_cpu_ns() / 1e6,
                "probeTid": _native_id(),
                "lockOn": lock_is_on(),
                "probes": self._probes if self._looks else None,
                "held": self._held,
                "waitMs": self._wait_ms,
                "waits": [[worker] + seen for worker, seen in list(self._seen.items())] if sees else None,
            }
        )
