"""What is printed goes on up to an allowance, as in Node: what comes faster is left out, counted, and told."""
from .clock import now_ns

# Of one worker: at once, and each second from then on.
AT_ONCE_BYTES = 12 * 2**20
BYTES_PER_S = 3 * 2**20
# What a line costs beside its text: its way through processes and into the lists of clients.
LINE_COST = 256
# What is left out is told at least so often while it goes on.
TOLD_NS = 1_000_000_000


class Printed:
    """Hands lines on to `send(text, lost)`; `lost` is how many lines it stands for that were left out."""

    def __init__(self, send):
        self._send = send
        self._left_bytes = AT_ONCE_BYTES
        self._at_ns = now_ns()
        self._over = False
        self._lost_lines = self._lost_bytes = 0
        self._since_ns = 0

    def add(self, text):
        size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
        if self._allows(size + LINE_COST):
            self.tell()
            self._send(text, 0)
            return
        if self._lost_lines == 0:
            self._since_ns = now_ns()
        self._lost_lines += 1
        self._lost_bytes += size
        if now_ns() - self._since_ns >= TOLD_NS:
            self.tell()

    def tell(self):
        """Tells what was left out since it was told last, if anything was."""
        if self._lost_lines == 0:
            return
        lines, size = self._lost_lines, self._lost_bytes
        self._lost_lines = self._lost_bytes = 0
        words = "1 line (%s) was printed too fast and dropped" if lines == 1 else "{:,} lines (%s) were printed too fast and dropped".format(lines)
        self._send("… " + words % size_words(size), lines)

    def _allows(self, size):
        now = now_ns()
        self._left_bytes = min(AT_ONCE_BYTES, self._left_bytes + (now - self._at_ns) * BYTES_PER_S / 1e9)
        self._at_ns = now
        # Once over, until there is room for a second of them again.
        self._over = self._left_bytes < (max(BYTES_PER_S, size) if self._over else size)
        if not self._over:
            self._left_bytes -= size
        return not self._over


def size_words(size):
    return "%.2f MiB" % (size / 2**20) if size >= 2**20 else "%.1f KiB" % (size / 2**10)
