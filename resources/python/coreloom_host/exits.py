"""What ends a process without a word: what is left behind, in the words of a crash, is whose task it was and where."""
import contextlib
import functools
import os
import signal
import sys
import threading

from .descriptors import keep_high

_getpid, _getsignal, _ident = os.getpid, signal.getsignal, threading.get_ident
# Signals that end or stop nothing where nobody handles them.
HARMLESS = {0} | {int(getattr(signal, name)) for name in ("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH") if hasattr(signal, name)}


class LastWords:
    """Leaves in the file at `path` why a process ended, and calls `blame` where that is given."""

    def __init__(self, path, blame=None):
        self._path = path
        self._blame = blame

    def say(self, reason, frame, blamed=True, called=None):
        """`blamed` is False if another thread's task may have done it; `called` is the function that was called to end it."""
        if blamed and self._blame is not None:
            self._blame()
        lines = ["Fatal Python error: %s\n" % reason]
        lines += [] if called is None else ["Called: %s" % called]
        lines += ["Current thread 0x%x (most recent call first):" % _ident()] if blamed else []
        while frame is not None:
            lines.append('  File "%s", line %d in %s' % (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        try:
            # By its path: a task may have closed what was open.
            with open(self._path, "a") as file:
                file.write("\n".join(lines) + "\n")
        except OSError:
            pass  # The process ends without them.

    def take_back(self):
        """It did not end."""
        try:
            with open(self._path, "w"):
                pass
        except OSError:
            pass


_crashes = []


def leave_crashes(path):
    """What crashes the interpreter names its thread in this file, and Node reads it."""
    crash = open(path, "a")
    # Only the first interpreter of a process has it.
    import faulthandler

    # Kept open, and high: a task that closes everything would have a crash written into a file of its own.
    _crashes[:] = [crash, keep_high(crash.fileno(), "its crash log")]
    faulthandler.enable(crash if _crashes[1] is None else _crashes[1], all_threads=False)


@contextlib.contextmanager
def told_exits(words):
    """Meanwhile os._exit, os.exec… and os.kill of this process itself say their last words before they end it."""
    real, pid = {name: getattr(os, name) for name in ENDS if hasattr(os, name)}, _getpid()
    for name, function in real.items():
        setattr(os, name, telling(name, function, words, pid))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def telling(name, function, words, pid):
    @functools.wraps(function)
    def tells(*given, **named):
        # A child that a task forked ends as it likes.
        if _getpid() != pid or not ENDS[name](*given):
            return function(*given, **named)
        words.say("os.%s was called" % name, sys._getframe(1), called="os.%s" % name)
        try:
            return function(*given, **named)
        finally:
            words.take_back()

    return tells


def _always(*_):
    return True


def _this_process(pid=None, number=0, *_):
    return pid in (0, _getpid()) and _fatal(number)


def _this_group(group=None, number=0, *_):
    return group in (0, os.getpgrp()) and _fatal(number)


def _fatal(number):
    try:
        return number not in HARMLESS and _getsignal(number) == signal.SIG_DFL
    except (TypeError, ValueError):
        return False


# What would end this process, by its arguments.
ENDS = {"_exit": _always, "execv": _always, "execve": _always, "kill": _this_process, "killpg": _this_group}
