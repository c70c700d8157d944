"""What tasks print: each line goes to Node with its worker, and never into the protocol."""
import io
import sys
import threading

LONGEST = 8192

# The function that sends a line, of each thread that is a worker.
_current = threading.local()


def this_thread_prints(send_line):
    """Lines that this thread prints go there."""
    _current.send_line = send_line


class Lines(io.TextIOBase):
    """Stands in place of sys.stdout and sys.stderr. Threads that a task started print as the host."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, send_line):
        super().__init__()
        self._send_line = send_line
        self._rests = {}

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() takes text, not %s" % type(text).__name__)
        ident = threading.get_ident()
        *lines, rest = (self._rests.pop(ident, "") + text).split("\n")
        send = getattr(_current, "send_line", self._send_line)
        for line in lines:
            for start in range(0, max(len(line), 1), LONGEST):
                send(line[start : start + LONGEST])
        while len(rest) > LONGEST:
            send(rest[:LONGEST])
            rest = rest[LONGEST:]
        if rest:
            self._rests[ident] = rest
        return len(text)

    def flush(self):
        """A line that is not complete waits for its end: Node shows lines."""

    def finish(self):
        """Sends what this thread began and did not end."""
        if threading.get_ident() in self._rests:
            self.write("\n")

    def writable(self):
        return True

    def isatty(self):
        return False

    def close(self):
        """A task that closes its streams closes nothing: others print here too."""


_writers = []


def replace(send_line):
    """Puts line writers in place of this interpreter's streams."""
    _writers[:] = [Lines(send_line), Lines(send_line)]
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = _writers


def restore_after_task():
    """Ends the lines that this thread began, and undoes what the task did to the streams."""
    sys.stdout, sys.stderr = _writers
    for writer in _writers:
        writer.finish()
