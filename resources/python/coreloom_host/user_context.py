"""What the user's own task is given beside its input."""
import time

# How often a task that waits for the end of the run looks.
LOOK_S = 0.01


class Signal:
    """Set once the run is being ended: a task that heeds it ends in order."""

    def __init__(self, marks):
        self._marks = marks

    def is_set(self):
        return self._marks.cancelled()

    @property
    def cancelled(self):
        return self._marks.cancelled()

    def wait(self, timeout=None):
        """Waits for it, at most `timeout` seconds; answers whether it is set, as threading.Event does."""
        end = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = LOOK_S if end is None else min(LOOK_S, end - time.monotonic())
            if left <= 0:
                return False
            time.sleep(left)
        return True


class UserContext:
    """The same object for every task of a worker."""

    def __init__(self, executor, worker, marks, send_line):
        # Number of the worker within its executor, from 1.
        self.worker = worker
        self.executor = executor
        self.signal = Signal(marks)
        # What `setup` of this worker returned.
        self.state = None
        self._send_line = send_line

    def log(self, *values):
        """Prints a line that is shown as it comes, with the worker that printed it."""
        for line in " ".join(str(value) for value in values).split("\n"):
            self._send_line(line)
