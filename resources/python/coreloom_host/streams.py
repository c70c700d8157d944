"""What tasks print: each line goes to Node with its worker, and never into the protocol."""
import codecs
import io
import sys
import threading

# A line longer than this is cut into several; more of one line than the other is left out.
LONGEST = 8192
MOST_OF_A_LINE = 64 * 1024

# The function that sends a line, of each thread that is a worker.
_current, _ident = threading.local(), threading.get_ident


def this_thread_prints(send_line):
    """Lines that this thread prints go there."""
    _current.send_line = send_line


class Line:
    """The line that a thread has begun: what of it is not sent, how much is, and how much is left out."""

    def __init__(self):
        self.decoder = None
        self._rest = ""
        self._passed = self._left_out = 0

    @property
    def begun(self):
        return self._rest != "" or self._left_out > 0

    def take(self, part, send):
        if self._passed >= MOST_OF_A_LINE:
            self._left_out += len(part)
            return
        rest = self._rest + part
        start = 0
        while len(rest) - start > LONGEST and self._passed < MOST_OF_A_LINE:
            send(rest[start : start + LONGEST])
            start += LONGEST
            self._passed += LONGEST
        self._rest = rest[start:]
        if self._passed >= MOST_OF_A_LINE:
            self._left_out += len(self._rest)
            self._rest = ""

    def end(self, send):
        if self._left_out > 0:
            send("… {:,} more characters of this line were dropped".format(self._left_out))
        else:
            send(self._rest[:-1] if self._rest.endswith("\r") else self._rest)
        self._rest = ""
        self._passed = self._left_out = 0


class Lines(io.TextIOBase):
    """Stands in place of sys.stdout and sys.stderr. Threads that a task started print as the host."""

    encoding = "utf-8"
    errors = "replace"
    mode = "w"
    line_buffering = True
    write_through = False

    def __init__(self, send_line, name, descriptor):
        super().__init__()
        self._send_line = send_line
        self._descriptor = descriptor
        self._lines = {}
        self.name = name
        self.buffer = Bytes(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() takes text, not %s" % type(text).__name__)
        line = self._line()
        send = getattr(_current, "send_line", self._send_line)
        *parts, rest = text.split("\n")
        for part in parts:
            line.take(part, send)
            line.end(send)
        line.take(rest, send)
        return len(text)

    def write_bytes(self, data):
        """What is no UTF-8 is seen as U+FFFD; a character may come in several pieces."""
        line = self._line()
        if line.decoder is None:
            line.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.write(line.decoder.decode(data))

    def flush(self):
        """A line that is not complete waits for its end: Node shows lines."""

    def finish(self):
        """Sends what this thread began and did not end."""
        line = self._lines.pop(_ident(), None)
        if line is not None:
            self._finish(line, getattr(_current, "send_line", self._send_line))

    def finish_all(self):
        """Sends what any thread began and did not end: none of them prints any more."""
        for ident in list(self._lines):
            line = self._lines.pop(ident, None)
            if line is not None:
                self._finish(line, self._send_line)

    def fileno(self):
        """The descriptor of the process itself: what is written there is shown without a worker."""
        return self._descriptor

    def detach(self):
        return self.buffer

    def reconfigure(self, **_):
        """Lines are sent as they end, in one encoding."""

    def writable(self):
        return True

    def isatty(self):
        return False

    def close(self):
        """A task that closes its streams closes nothing: others print here too."""

    def _line(self):
        return self._lines.setdefault(_ident(), Line())

    def _finish(self, line, send):
        if line.decoder is not None:
            line.take(line.decoder.decode(b"", final=True), send)
        if line.begun:
            line.end(send)


class Bytes(io.BufferedIOBase):
    """The `buffer` of one of them: bytes that are written come as lines too."""

    mode = "wb"

    def __init__(self, lines):
        super().__init__()
        self._lines = lines
        self.raw = self

    @property
    def name(self):
        return self._lines.name

    def write(self, data):
        with memoryview(data) as view:
            self._lines.write_bytes(view.tobytes())
            return view.nbytes

    def fileno(self):
        return self._lines.fileno()

    def writable(self):
        return True

    def isatty(self):
        return False

    def close(self):
        """See `Lines.close`."""


_writers = []


def replace(send_line):
    """Puts line writers in place of this interpreter's streams."""
    _writers[:] = [Lines(send_line, "<stdout>", 1), Lines(send_line, "<stderr>", 2)]
    put_back()


def put_back():
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = _writers


def restore_after_task():
    """Ends the lines that this thread began, and undoes what the task did to the streams."""
    put_back()
    for writer in _writers:
        writer.finish()


def finish():
    """Sends all that was begun: nobody prints here any more."""
    for writer in _writers:
        writer.finish_all()
