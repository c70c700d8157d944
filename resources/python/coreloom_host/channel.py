"""A line of JSON is a message: how the host and each worker speak with Node, on a socket of their own."""
import select
import socket
import threading
from json.decoder import JSONDecoder
from json.encoder import JSONEncoder, c_make_encoder, encode_basestring_ascii

from .descriptors import KeptSocket

# Those of before the user's module was loaded, which may replace them.
_Socket, _Lock = socket.socket, threading.Lock
_poll, _select, _POLLIN = getattr(select, "poll", None), select.select, getattr(select, "POLLIN", 0)
_read_value = JSONDecoder().scan_once
# A message longer than this is not from Node.
LONGEST = 256 * 1024 * 1024


class Closed(Exception):
    """Node has gone, or has closed this channel."""


def encoder():
    """
    What makes JSON of plain data. Made once, and in C where Python has that: what a task does to the module `json`, or to
    the builtins that it calls, changes nothing then.
    """
    if c_make_encoder is None:
        return JSONEncoder(separators=(",", ":"), allow_nan=False).encode
    chunks = c_make_encoder(None, refuse, encode_basestring_ascii, None, ":", ",", False, False, False)
    return lambda value: "".join(chunks(value, 0))


def refuse(value):
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


to_json = encoder()


def from_json(line):
    return _read_value(line.decode(), 0)[0]


class Channel:
    def __init__(self, address, token, worker):
        """Connects and says who is there; worker 0 is the host itself."""
        connected = _Socket(socket.AF_UNIX if "path" in address else socket.AF_INET)
        # Whatever default a task set for its own sockets.
        connected.setblocking(True)
        connected.connect(address["path"] if "path" in address else ("127.0.0.1", address["port"]))
        if "port" in address:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._kept = KeptSocket(connected)
        self.socket = self._kept.socket
        self._rest = b""
        self._lock = _Lock()
        self.write({"type": "hello", "token": token, "worker": worker})

    def write(self, message):
        """Sends a message. Raises ValueError or TypeError where it is not plain data; then nothing was sent."""
        line = to_json(message).encode() + b"\n"
        try:
            with self._lock:
                self.socket.sendall(line)
        except OSError as error:
            raise Closed from error

    def read(self, wait=True):
        """The messages that have come; waits for at least one unless told not to."""
        messages = []
        while not messages:
            data = self._receive(wait)
            if data is None:
                return messages
            if len(self._rest) + len(data) > LONGEST:
                raise Closed
            *lines, self._rest = (self._rest + data).split(b"\n")
            messages = [from_json(line) for line in lines]
            wait = wait or len(self._rest) > 0
        return messages

    def intact(self, whole=False):
        """False once somebody else closed what this speaks through."""
        return self._kept.intact(whole)

    def close(self):
        self._kept.close()

    def _receive(self, wait):
        try:
            if not wait and not select_one(self.socket):
                return None
            data = self.socket.recv(65536)
        except OSError as error:
            raise Closed from error
        if not data:
            raise Closed
        return data


if _poll is not None:

    def select_one(connection):
        # Not select(): it takes no descriptor from 1024 on.
        poll = _poll()
        poll.register(connection, _POLLIN)
        return bool(poll.poll(0))

else:

    def select_one(connection):
        return bool(_select([connection], [], [], 0)[0])
