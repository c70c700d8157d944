"""A line of JSON is a message: how the host and each worker speak with Node, on a socket of their own."""
import json
import select
import socket
import threading

from .descriptors import KeptSocket

# Those of before the user's module was loaded, which may replace them.
_Socket, _Lock = socket.socket, threading.Lock
# A message longer than this is not from Node.
LONGEST = 256 * 1024 * 1024


class Closed(Exception):
    """Node has gone, or has closed this channel."""


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
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
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
            messages = [json.loads(line) for line in lines]
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


if hasattr(select, "poll"):

    def select_one(connection):
        # Not select(): it takes no descriptor from 1024 on.
        poll = select.poll()
        poll.register(connection, select.POLLIN)
        return bool(poll.poll(0))

else:

    def select_one(connection):
        return bool(select.select([connection], [], [], 0)[0])
