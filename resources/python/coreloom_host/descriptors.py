"""The descriptors that are Coreloom's own, in a process where tasks may close what they like."""
import contextlib
import functools
import os
import socket
import sys

# Linux: a number that the kernel gives to each socket once, whatever its descriptor is.
SO_COOKIE, COOKIE_BYTES = 57, 8
# Here and above are ours: seldom reached by recipes that close everything "from 3 to 256", and no file of a task's gets such a number.
HIGH = 768

_own = {}
# Those of before the user's module was loaded, which may replace them.
_getpid, _Socket = os.getpid, socket.socket


def keep(descriptor, what):
    """Refuses tasks the closing of this descriptor. What it is, such as "the socket", is told with it."""
    _own[descriptor] = what


def forget(descriptor):
    """It is closed, by ourselves."""
    _own.pop(descriptor, None)


def keep_high(descriptor, what):
    """
    A copy of it with a high number, kept as it is; None where the system gives none. The low one stays open as a trip
    wire: who closes it closes what is not its own.
    """
    try:
        import fcntl

        high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
    except (ImportError, OSError):
        return None
    keep(descriptor, what)
    keep(high, what)
    return high


class KeptSocket:
    """A connected socket: used by its high copy, watched at its low number."""

    def __init__(self, connected):
        self._low = connected
        high = keep_high(connected.fileno(), "its connection with Node")
        self.socket = connected if high is None else _Socket(connected.family, connected.type, connected.proto, fileno=high)
        # Whatever default a task set for its own sockets.
        self.socket.setblocking(True)
        self._identity = identity(self._low)

    def intact(self, whole=False):
        """
        Whether the low number, and for the `whole` the high one too, is still this socket; does not give the interpreter
        lock away.
        """
        return identity(self._low) == self._identity and (not whole or identity(self.socket) == self._identity)

    def close(self):
        for one in {self._low, self.socket}:
            forget(one.fileno())
            one.close()


def identity(connected):
    """What tells a socket from another one, or from what has its number now."""
    try:
        if sys.platform.startswith("linux"):
            return connected.getsockopt(socket.SOL_SOCKET, SO_COOKIE, COOKIE_BYTES)
        return connected.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
    except OSError as error:
        return error.errno


@contextlib.contextmanager
def refused_to_tasks():
    """Meanwhile os.close, os.closerange and os.dup2 raise PermissionError for what is Coreloom's own, and leave it open."""
    real, pid = {name: getattr(os, name) for name in TOUCHED}, _getpid()
    for name, touched in TOUCHED.items():
        setattr(os, name, refusing(real[name], touched, pid))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def refusing(function, touched, pid):
    @functools.wraps(function)
    def refuses(*given, **named):
        # A child that a task forked closes what it likes.
        hit = touched(*given, **named) if _getpid() == pid else []
        if hit:
            what = "descriptor %d belongs to Coreloom (%s): close only descriptors that the task opened" % (hit[0], _own[hit[0]])
            raise PermissionError(1, what)
        return function(*given, **named)

    return refuses


def _one(fd, *_, **__):
    return [fd] if fd in _own else []


def _between(fd_low=0, fd_high=0, *_):
    return sorted(fd for fd in list(_own) if fd_low <= fd < fd_high)


def _second(fd, fd2=-1, *_, **__):
    return _one(fd2)


# What each of them would close, of ours.
TOUCHED = {"close": _one, "closerange": _between, "dup2": _second}
